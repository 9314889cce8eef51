import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Behaviour } from '../../stand-in/sources.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import type { Ended, Started } from './workshop.ts'
import { killGroup, start, Workshop } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })
const SOON = 10_000

/** One build has them all: each on a block of its own. */
const BEHAVIOURS: readonly Behaviour[] = [
  'Normal',
  'PanicsInExecution',
  'FailsInProving',
  'FailsInProvingExitsZero',
  'PanicsInProving',
  'PanicsOutsideCatch',
  'HangsInExecution',
  'Hangs',
  'IgnoresSignals',
  'FloodsTheLog',
  'FloodsForever',
  'LeavesChild',
  'LeavesDaemon',
  'ForgesReport',
  'ForgesFasterReport',
  'PrintsWorkflowCommands',
  'DumpsEnvironment',
  'ReportsImplausibleTime',
  'MissingReportLine',
  'NonDeterministic'
]
const GAS = 10_000_000

let workshop: Workshop
let binary: string
const started: Started[] = []

beforeAll(async () => {
  workshop = await Workshop.open()
  binary = await workshop.build(['sp1'], {
    behaviours: Object.fromEntries(BEHAVIOURS.map((behaviour, block) => [block, behaviour])),
    secondsPerGigagas: 100_000,
    timeScale: 100_000,
    floodMebibytes: 2,
    leftoverSeconds: 30
  })
  for (const block of BEHAVIOURS.keys()) {
    await writeWitness(workshop.path('replay_cache'), { number: block, gas: GAS, transactions: 3 })
  }
})
afterAll(async () => {
  for (const process of started) process.kill()
  await workshop.close()
})

const replay = (behaviour: Behaviour, ...flags: readonly string[]): Started => {
  const block = BEHAVIOURS.indexOf(behaviour).toString()
  const args = [
    'block',
    block,
    '--cached',
    '--network',
    'mainnet',
    '--zkvm',
    'sp1',
    '--action',
    'prove',
    ...flags
  ]
  const env = { PROVING_REGRESSION_RUN: `tag-${behaviour}` }
  const process = start(binary, args, { cwd: workshop.directory, env })
  started.push(process)
  return process
}

const ended = (behaviour: Behaviour, ...flags: readonly string[]): Promise<Ended> =>
  replay(behaviour, ...flags).exited

/** Still there after a moment. */
const keepsRunning = async (process: Started): Promise<boolean> => {
  const moment = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 150))
  return Promise.race([moment, process.exited.then(() => false)])
}

/** The processes whose environment has the tag. */
const tagged = async (tag: string): Promise<readonly number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''))
  )
  return pids.filter((_, at) => environments[at]?.includes(`PROVING_REGRESSION_RUN=${tag}\0`))
}

/** The fields of the file after the name, which may hold anything: state, parent, group. */
const groupOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
}

const REPORT = /^\S+ +(INFO|ERROR) ethrex_replay::report: .*$/gm
const reports = (text: string): readonly string[] => text.match(REPORT) ?? []

describe('failures of the measured code', () => {
  it('reports the time of a block that goes well', async () => {
    const { code, stdout } = await ended('Normal')
    expect(code).toBe(0)
    expect(reports(stdout)).toHaveLength(1)
    expect(stdout).toMatch(
      /Execution Time: 00s 041ms, Proving Time: 16m 40s \| https:\/\/etherscan\.io\/block\/0/
    )
  })

  it('leaves spans open and prints no gas where the guest panics', async () => {
    const { code, stdout, stderr } = await ended('PanicsInExecution')
    expect(code).toBe(0)
    expect(reports(stdout).join()).toContain(
      'Execution Error: Execution failed: Execution error: execution failed with exit code 1, ' +
        'Proving Error: Proving failed: Proving error: execution failed with exit code 1 | https://'
    )
    expect(stdout.split('┌╴').length).toBeGreaterThan(stdout.split('└╴').length)
    expect(stdout).not.toContain('gas:')
    expect(stderr).toContain("stderr: thread 'main' panicked")
  })

  it('catches a panic of the prover', async () => {
    const { code, stdout, stderr } = await ended('PanicsInProving')
    expect(code).toBe(0)
    expect(stdout).toContain('Proving Error: Proving panicked: called `Result::unwrap()` on an `Err` value')
    expect(stderr).toContain("thread 'main'")
  })

  it.each([
    ['FailsInProving', [], 0],
    ['FailsInProving', ['--bench'], 1],
    ['FailsInProvingExitsZero', [], 0],
    ['FailsInProvingExitsZero', ['--bench'], 0],
    ['PanicsInExecution', ['--bench'], 1],
    ['PanicsInProving', ['--bench'], 1],
    ['PanicsOutsideCatch', [], 101]
  ] as const)('%s %s exits with %i', async (behaviour, flags, code) => {
    const result = await ended(behaviour, ...flags)
    expect(result.code).toBe(code)
    expect(reports(result.stdout).filter((line) => line.includes(' INFO '))).toEqual([])
    if (code === 1) expect(result.stdout).toContain('ERROR ethrex_replay: Cannot create benchmark file: ')
  })

  it('can stop with exit 0 before its report line', async () => {
    const { code, stdout } = await ended('MissingReportLine', '--bench')
    expect(code).toBe(0)
    expect(reports(stdout)).toEqual([])
  })

  it('can report ten times its time, and other cycles every time', async () => {
    expect((await ended('ReportsImplausibleTime')).stdout).toContain('Proving Time: 02h 46m 40s 000ms')
    const gas = async (): Promise<string> =>
      /gas: (\d+)/.exec((await ended('NonDeterministic')).stdout)?.[1] ?? 'none'
    expect(await gas()).not.toBe(await gas())
  })
})

describe('processes that do not end', () => {
  it.each(['HangsInExecution', 'Hangs'] as const)('%s until it is terminated', async (behaviour) => {
    const process = replay(behaviour)
    const last = behaviour === 'Hangs' ? 'sp1_prover: gas' : 'data from cache'
    await vi.waitFor(() => expect(process.output.stdout).toContain(last), SOON)
    expect(await keepsRunning(process)).toBe(true)
    expect(process.output.stdout.includes('gas:')).toBe(behaviour === 'Hangs')
    globalThis.process.kill(process.pid, 'SIGTERM')
    expect(await process.exited).toMatchObject({ code: null, signal: 'SIGTERM' })
  })

  it('can be deaf to INT and TERM', async () => {
    const process = replay('IgnoresSignals')
    await vi.waitFor(() => expect(process.output.stderr).toContain('deaf to INT and TERM'), SOON)
    globalThis.process.kill(process.pid, 'SIGINT')
    globalThis.process.kill(process.pid, 'SIGTERM')
    expect(await keepsRunning(process)).toBe(true)
    process.kill()
    expect(await process.exited).toMatchObject({ signal: 'SIGKILL' })
  })

  it('can flood the log and go on, or flood it for ever', async () => {
    const once = await ended('FloodsTheLog')
    expect(once.code).toBe(0)
    expect(once.stdout.length).toBeGreaterThan(2 * 1024 * 1024)
    expect(reports(once.stdout)).toHaveLength(1)
    const forever = replay('FloodsForever')
    await vi.waitFor(() => expect(forever.output.stdout.length).toBeGreaterThan(3 * 1024 * 1024), SOON)
    expect(await keepsRunning(forever)).toBe(true)
    forever.kill()
    expect(await forever.exited).toMatchObject({ signal: 'SIGKILL' })
  })

  it('can leave a child that holds the pipes', async () => {
    const process = replay('LeavesChild')
    expect((await process.exited).code).toBe(0)
    const open = Promise.race([
      process.closed.then(() => 'closed'),
      new Promise((resolve) => setTimeout(() => resolve('open'), 100))
    ])
    expect(await open).toBe('open')
    process.kill()
    await process.closed
  })

  it('can leave a daemon outside its group, known only by its environment', async () => {
    const process = replay('LeavesDaemon')
    expect((await process.exited).code).toBe(0)
    await process.closed
    const [daemon, ...others] = await tagged('tag-LeavesDaemon')
    expect(others).toEqual([])
    // It leads its own session, so also its own group.
    await vi.waitFor(async () => expect(await groupOf(daemon!)).toBe(daemon), SOON)
    killGroup(daemon!)
  })
})

describe('what is printed to deceive', () => {
  it('forges success on stderr while the proof fails', async () => {
    const { code, stdout, stderr } = await ended('ForgesReport')
    expect(code).toBe(0)
    expect(reports(stderr)[0]).toContain('Proving Time: 01s 000ms')
    expect(stderr).toContain('"unit":"Mgas/s","value":10.0')
    expect(reports(stdout).join()).toContain('Proving Error: ')
  })

  it('forges a faster proof on stderr', async () => {
    const { stdout, stderr } = await ended('ForgesFasterReport')
    expect(reports(stderr)[0]).toContain('Proving Time: 01s 000ms')
    expect(reports(stdout)[0]).toContain('Proving Time: 16m 40s')
  })

  it('prints workflow commands on both streams', async () => {
    const { code, stdout, stderr } = await ended('PrintsWorkflowCommands')
    expect(code).toBe(0)
    for (const text of ['::set-output name=', '::error::', '##[add-mask]x', '\r##[error]']) {
      expect(stdout).toContain(text)
      expect(stderr).toContain(text)
    }
  })

  it('dumps environment, arguments and files', async () => {
    const { stderr } = await ended('DumpsEnvironment')
    expect(stderr).toContain('environment: PROVING_REGRESSION_RUN=tag-DumpsEnvironment')
    expect(stderr).toContain('argument: --cached')
    expect(stderr).toContain('file: ./patch.toml')
    expect(stderr).toContain('content: [patch."https://github.com/lambdaclass/ethrex"]')
  })
})

describe('the container of a GPU build', () => {
  it('is started even to execute, and left', async () => {
    const bin = workshop.path('bin')
    await mkdir(bin)
    const docker = '#!/bin/sh\necho "docker $*" >> calls\nif [ "$1" = run ]; then exec sleep 30; fi\n'
    await writeFile(`${bin}/docker`, docker)
    await chmod(`${bin}/docker`, 0o755)
    const gpu = await workshop.build(['sp1', 'gpu'], { behaviours: {}, behaviour: 'StartsContainer' })
    const args = ['block', '0', '--cached', '--network', 'mainnet', '--zkvm', 'sp1']
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
    const container = start(gpu, args, { cwd: workshop.directory, env })
    started.push(container)
    expect((await container.exited).code).toBe(0)
    const calls = await readFile(workshop.path('calls'), 'utf8')
    expect(calls).toMatch(/^docker pull \S+\n/)
    expect(calls).toMatch(/^docker run -e RUST_LOG=none -p 3000:3000 --rm --gpus all --name sp1-gpu \S+\n/m)
    container.kill()
    await container.closed
  })
})
