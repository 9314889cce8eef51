import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The package's root. */
export const ROOT = resolve(import.meta.dirname, '../..')
const CLI = join(ROOT, 'dist/cli.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export interface StartOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

let apart: readonly string[] = []

/**
 * From now on what is started here has a network of its own, with nothing in it but a loopback, where the machine lets
 * us: the lock of the machine is a name in the network, so that runs in another test file need not wait for these.
 */
export const startApart = (): void => {
  const script = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
  if (spawnSync('unshare', ['--net', '--', ...script, 'true']).status === 0)
    apart = ['unshare', '--net', '--', ...script]
}

/** Starts the bundled terminal with an environment like a user's. */
export const start = (args: readonly string[], { cwd, env = {} }: StartOptions): Started => {
  const [program = '', ...rest] = [...apart, process.execPath, CLI, ...args]
  const child = spawn(program, rest, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const texts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text))
  const ended = new Promise<Ended>((settle, reject) => {
    child.on('error', reject)
    child.on('close', (code) => settle({ code, ...texts }))
  })
  return { child, ended }
}

export const runCli = (args: readonly string[], options: StartOptions): Promise<Ended> =>
  start(args, options).ended

/** Waits for a condition about the outside world, at most a minute. */
export const until = async (condition: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + 60_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((settle) => setTimeout(settle, 10))
  }
}

/** Whole lines of a journal; none where there is no file. */
export const journalLines = (reportDir: string): readonly string[] => {
  const path = join(reportDir, 'journal.jsonl')
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
}
