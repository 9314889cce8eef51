import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { StandIn } from '../../stand-in/repositories.ts'
import { createStandIn } from '../../stand-in/repositories.ts'
import type { EthrexSources, HostDialect } from '../../stand-in/sources.ts'
import { writeDialect, writeSources } from '../../stand-in/sources.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly pid: number
  /** What was printed so far. */
  readonly output: { stdout: string; stderr: string }
  readonly exited: Promise<Ended>
  /** Both pipes are at their end: nobody holds them any more. */
  readonly closed: Promise<unknown>
  /** Ends the whole process group, however deaf. */
  kill(): void
}

export interface StartOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export const ROOT = join(import.meta.dirname, '..', '..')

/** The crates that the host names, and where the workspace has them. */
export const CRATES: Readonly<Record<string, string>> = {
  'ethrex-common': 'crates/common',
  'ethrex-vm': 'crates/vm',
  'ethrex-rpc': 'crates/networking/rpc',
  'ethrex-l2': 'crates/l2',
  'ethrex-prover': 'crates/prover',
  'ethrex-guest-program': 'crates/guest-program'
}

/** A directory with the stand-in in it, where variants are built one after the other. */
export class Workshop {
  readonly directory: string
  readonly standIn: StandIn

  private constructor(directory: string, standIn: StandIn) {
    this.directory = directory
    this.standIn = standIn
  }

  static async open(base: EthrexSources = {}): Promise<Workshop> {
    const directory = await mkdtemp(join(tmpdir(), 'stand-in-'))
    return new Workshop(directory, await createStandIn({ root: ROOT, directory, base }))
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true })
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names)
  }

  /** The binary of a variant, moved to where the next variant does not overwrite it. */
  async build(features: readonly string[], sources: EthrexSources = {}): Promise<string> {
    await writeSources(this.standIn.ethrex, sources)
    const ended = await this.cargoBuild(features)
    if (ended.code !== 0) throw new Error(ended.stderr)
    const binary = this.path(`ethrex-replay-${features.join('-')}`)
    await copyFile(this.path('target', 'release', 'ethrex-replay'), binary)
    return binary
  }

  /** The same of another host, which is left behind for the builds to come. */
  async buildAs(dialect: HostDialect, features: readonly string[]): Promise<string> {
    await writeDialect(this.standIn.host, dialect)
    const binary = this.path(`${dialect}-${features.join('-')}`)
    await copyFile(await this.build(features), binary)
    return binary
  }

  /** A call of the stand-in's ziskemu. */
  async ziskemu(args: readonly string[]): Promise<Ended> {
    return start(join(ROOT, 'stand-in', 'ziskemu.sh'), args).exited
  }

  async cargoBuild(features: readonly string[], patched = Object.keys(CRATES)): Promise<Ended> {
    const patch = await this.writePatch(patched)
    const args = ['build', '--release', '--offline', '--config', patch, '--features', features.join(',')]
    return this.cargo([...args, '--target-dir', this.path('target')])
  }

  async cargoFetch(): Promise<Ended> {
    return this.cargo(['fetch', '--config', await this.writePatch(Object.keys(CRATES))])
  }

  private async cargo(args: readonly string[]): Promise<Ended> {
    const env = Object.entries(process.env).filter(([name]) => !name.startsWith('CARGO_BUILD'))
    const cargo = start('cargo', args, {
      cwd: this.standIn.host,
      env: { ...(Object.fromEntries(env) as Record<string, string>), CARGO_TERM_COLOR: 'never' }
    })
    return cargo.exited
  }

  private async writePatch(crates: readonly string[]): Promise<string> {
    const entries = crates.map((name) => {
      return `${name} = { path = ${JSON.stringify(join(this.standIn.ethrex, CRATES[name]!))} }`
    })
    const table = ['[patch."https://github.com/lambdaclass/ethrex"]', ...entries, '']
    await writeFile(this.path('patch.toml'), table.join('\n'))
    return this.path('patch.toml')
  }
}

/** Starts a program in a group of its own, with no environment but the path and what is given. */
export const start = (program: string, args: readonly string[], options: StartOptions = {}): Started => {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const closed = once(child, 'close')
  const exited = once(child, 'exit').then(async ([code, signal]: (number | NodeJS.Signals | null)[]) => {
    // What is still in the pipes is read, unless a child that was left behind holds them.
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000))])
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...output }
  })
  const pid = child.pid ?? 0
  return { pid, output, exited, closed, kill: () => killGroup(pid) }
}

export const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error
  }
}
