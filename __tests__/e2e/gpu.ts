import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaboratory, processesWith, type Laboratory } from '../support/laboratory.ts'
import { installNvidiaSmi } from '../support/nvidia-smi.ts'
import { journalLines, runCli, type Ended } from '../support/terminal.ts'

let laboratory: Laboratory
/** Somebody else's process, for as long as these tests run. */
let stranger: ChildProcess

beforeAll(async () => {
  stranger = spawn('sleep', ['600'])
  // Head executes the same, so that only what the GPU goes through tells the sides apart.
  laboratory = await openLaboratory({ secondsPerGigagas: 0.5 })
})

afterAll(() => {
  stranger.kill('SIGKILL')
  laboratory.remove()
})

interface Gpu {
  readonly samples: number
  readonly throttled: readonly string[]
  readonly foreign: readonly string[]
}

interface Trial {
  readonly id: string
  readonly phase: string
  readonly side: string
  readonly cause: string
  readonly gpu: Gpu | null
}

interface Leg {
  readonly time: {
    readonly pairs: readonly { readonly round: number }[]
    readonly retaken: readonly Record<string, unknown>[]
    readonly dropped: readonly Record<string, unknown>[]
  }
}

interface Report {
  readonly verdict: string
  readonly machine: {
    readonly gpu: string | null
    readonly driver: string | null
    readonly clocks: string | null
  }
  readonly legs: readonly [Leg]
  readonly trials: readonly Trial[]
  readonly failures: readonly {
    readonly reason: string
    readonly side: string | null
    readonly message: string
  }[]
  readonly notes: readonly string[]
}

interface Ran extends Ended {
  readonly report: Report
  readonly comment: string
  readonly journal: readonly string[]
  readonly trial: (id: string) => Trial | undefined
  readonly timed: readonly Trial[]
}

/** A clock on which a minute is over in a second: the least that a user can set to wait is a minute. */
const FAST_CLOCK =
  '--import=data:text/javascript,const{performance:p}=globalThis,now=p.now.bind(p);p.now=()=>60*now()'

/** A run of one block that proves on a GPU; null: without nvidia-smi. */
const runOnGpu = async (
  name: string,
  scenario: string | null,
  more: Readonly<Record<string, string>> = {}
): Promise<Ran> => {
  const reportDir = join(laboratory.directory, name)
  const bin = join(laboratory.directory, `${name}-bin`)
  const logs = join(reportDir, 'logs')
  // `$trial` is the latest one that began, and `$pid` somebody else.
  const newest = `ls -t '${logs}' 2>/dev/null | grep '^timed' | head -n 1 | cut -d. -f1`
  if (scenario !== null) installNvidiaSmi(bin, `pid=${stranger.pid ?? 0}\ntrial=$(${newest})\n${scenario}`)
  const flags = laboratory.flags('100', reportDir).map((flag) => (flag === 'cpu' ? 'gpu' : flag))
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...more }
  const args = ['run', ...flags, '--effort', 'quick']
  args.push('--trial-timeout-minutes', '1')
  const ended = await runCli(args, { cwd: laboratory.directory, env })
  const report = JSON.parse(readFileSync(join(reportDir, 'report.json'), 'utf8')) as Report
  expect(processesWith(laboratory.directory)).toEqual([])
  return {
    ...ended,
    report,
    comment: readFileSync(join(reportDir, 'comment.md'), 'utf8'),
    journal: journalLines(reportDir),
    trial: (id) => report.trials.find((trial) => trial.id === id),
    timed: report.trials.filter(({ phase }) => phase === 'timed')
  }
}

/** What is seen of the GPU once in each trial whose name fits, and at no other time. */
const during = (pattern: string, what: 'gpu' | 'apps', then: string): string => `
  case "$what $query $trial." in
    "${what === 'gpu' ? 'gpu temperature' : 'apps pid'}"*" "${pattern}.) ! once "${what}-$trial" || ${then} ;;
  esac`

describe('a GPU that others use and that gets too hot', () => {
  let ran: Ran

  beforeAll(async () => {
    ran = await runOnGpu(
      'eventful',
      [
        '[ $samples -gt 2 ] || apps="$pid, python3"',
        during('timed-r1-*-head*', 'gpu', '{ utilization_gpu=97 clocks_throttle_reasons_active=0x44; }'),
        during('timed-r2-*-head', 'apps', 'apps="$pid, python3"'),
        during('timed-r3-*-head*', 'apps', 'apps="$pid, python3"')
      ].join('\n')
    )
  })

  test('is waited for, and it is said for whom', () => {
    expect(ran.code).toBe(0)
    const waits = ran.stderr.split('\n').filter((line) => line.includes('waiting for the GPU'))
    expect(waits).toEqual([expect.stringContaining(`which is used by ${stranger.pid ?? 0} python3`)])
  })

  test('is described', () => {
    expect(ran.report.machine).toMatchObject({ gpu: 'NVIDIA H100 80GB HBM3', driver: '590.48.01' })
    expect(ran.comment).not.toContain('GPU state unknown')
  })

  test('is seen first and last in every timed trial, and in no other', () => {
    for (const { id, phase, gpu } of ran.report.trials) {
      const looks = gpu?.samples ?? 0
      expect([id, phase === 'cycles' ? gpu === null : looks >= 2]).toEqual([id, true])
    }
  })

  test('throttling on head is seen on head, repeated once with base, and listed though it throttled again', () => {
    const throttled = ['sw-power-cap', 'hw-thermal-slowdown']
    const hot = ran.report.trials.filter(({ gpu }) => (gpu?.throttled ?? []).length > 0)
    expect(hot.map(({ id }) => id)).toEqual(['timed-r1-100-sp1-head', 'timed-r1-100-sp1-head-2'])
    expect(hot.map(({ gpu }) => gpu?.throttled)).toEqual([throttled, throttled])
    const again = ran.timed.filter(({ id }) => id.startsWith('timed-r1-') && id.endsWith('-2'))
    expect(again.map(({ side, cause }) => [side, cause]).toSorted()).toEqual([
      ['base', 'polluted'],
      ['head', 'polluted']
    ])
    expect(ran.report.legs[0].time.retaken).toContainEqual(
      expect.objectContaining({ round: 1, side: 'head', cause: 'polluted', pollution: 'throttled' })
    )
    expect(ran.report.legs[0].time.pairs.map(({ round }) => round)).toContain(1)
  })

  test('a foreign process is named; the pair is repeated, and counts where it was gone', () => {
    const foreign = [`${stranger.pid ?? 0} python3`]
    expect(ran.trial('timed-r2-100-sp1-head')?.gpu?.foreign).toEqual(foreign)
    expect(ran.trial('timed-r2-100-sp1-head-2')?.gpu?.foreign).toEqual([])
    expect(ran.report.legs[0].time.retaken).toContainEqual(
      expect.objectContaining({ round: 2, side: 'head', cause: 'polluted', pollution: 'foreign-process' })
    )
    expect(ran.report.legs[0].time.pairs.map(({ round }) => round)).toContain(2)
  })

  test('a foreign process in the repeat, too, makes the pair worthless', () => {
    expect(ran.timed.filter(({ id }) => id.startsWith('timed-r3-'))).toHaveLength(4)
    expect(ran.report.legs[0].time.dropped).toEqual([
      expect.objectContaining({ block: 100, round: 3, sides: ['head'], why: 'foreign-process' })
    ])
    expect(ran.report.legs[0].time.pairs.map(({ round }) => round)).not.toContain(3)
  })
})

test('a GPU that never gets free ends the run, naming who uses it, with what was finished', async () => {
  // Before the second timed trial: the first was whole.
  const scenario = 'case "$trial" in timed-r1-*) apps="$pid, /opt/other/prover" ;; esac'
  const { code, report, comment, stderr } = await runOnGpu('busy', scenario, { NODE_OPTIONS: FAST_CLOCK })
  const user = `${stranger.pid ?? 0} /opt/other/prover`
  expect(code).toBe(3)
  expect(report.verdict).toBe('infrastructure')
  expect(report.failures).toEqual([
    expect.objectContaining({
      reason: 'gpu-busy',
      side: null,
      message: `the GPU did not get free within 1 min: it is used by ${user}`
    })
  ])
  expect(stderr).toContain(`waiting for the GPU, which is used by ${user}`)
  expect(report.trials.map(({ phase }) => phase).slice(-2)).toEqual(['warm-up', 'timed'])
  expect(comment).toContain('gpu-busy')
})

test('a GPU that is lost ends the run, with what was finished', async () => {
  const { code, report, comment, journal, timed, stdout } = await runOnGpu(
    'lost',
    '[ $samples -lt 9 ] || lost'
  )
  expect(code).toBe(3)
  expect(report.verdict).toBe('infrastructure')
  expect(report.failures).toEqual([expect.objectContaining({ reason: 'gpu-lost', side: null })])
  expect(report.failures[0]?.message).toContain('GPU is lost. Reboot the system')
  expect(stdout).toContain('gpu-lost')
  // Three looks a trial: warm-up and one timed trial were whole before it happened.
  expect(timed).toHaveLength(1)
  expect(comment).toContain('| 100')
  expect(journal.filter((line) => line.includes('"trial"'))).toHaveLength(report.trials.length)
})

test('without nvidia-smi it is said once that nothing is known, and all is measured', async () => {
  const { code, report, comment, timed } = await runOnGpu('missing', null)
  expect(code).toBe(0)
  const notes = report.notes.filter((note) => note.includes('GPU state unknown'))
  expect(notes).toEqual([expect.stringContaining('GPU state unknown: there is no nvidia-smi that runs')])
  expect(comment).toContain('GPU state unknown')
  expect(report.machine).toMatchObject({ gpu: null, driver: null, clocks: null })
  expect(timed.length).toBeGreaterThanOrEqual(10)
  expect(timed.every(({ gpu }) => gpu === null)).toBe(true)
})

test('an nvidia-smi that hangs, and then talks garbage, does not hold up the run', async () => {
  const { code, report, timed } = await runOnGpu(
    'ill',
    'case "$query" in temperature*) [ $samples -gt 1 ] && garbage || hang ;; esac'
  )
  expect(code).toBe(0)
  const notes = report.notes.filter((note) => note.includes('GPU state unknown'))
  expect(notes).toEqual([
    expect.stringContaining('nvidia-smi did not answer within 5 s (warm-up-100-sp1-base)'),
    expect.stringContaining('nvidia-smi answered what cannot be read')
  ])
  expect(report.machine.gpu).toBe('NVIDIA H100 80GB HBM3')
  expect(timed.length).toBeGreaterThanOrEqual(10)
  expect(timed.every(({ gpu }) => gpu === null)).toBe(true)
})
