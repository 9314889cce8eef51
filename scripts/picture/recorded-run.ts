import { createHash } from 'node:crypto'
import { demoSources } from '../../stand-in/demo.ts'
import type { EthrexSources, SpanCycles } from '../../stand-in/sources.ts'
import type { Build } from '../../src/domain/build.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { bytes, count, gas, minutes, seconds } from '../../src/domain/quantity.ts'
import { parseSha } from '../../src/domain/revision.ts'
import type { BySide, Revision, Sha, Side } from '../../src/domain/revision.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { NOT_COMPARED } from '../../src/domain/sameness.ts'
import type { Sample } from '../../src/domain/sample.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { nextStep, progressOf } from '../../src/plan/schedule.ts'

/** Megagas as ethrex's table of prover optimisations has them. */
const GAS: Readonly<Record<number, bigint>> = {
  23_426_993: 35_700_000n,
  23_426_994: 20_700_000n,
  23_426_995: 16_600_000n,
  23_426_996: 22_500_000n
}

const SOURCES: BySide<EthrexSources> = { base: demoSources('base'), head: demoSources('head') }
const TOOLCHAIN = 'rustc 1.90.0 (1159e78c4 2025-09-14)'
/** As in the demo. */
const EXECUTED_CYCLES_PER_SECOND = 40_000_000

/** A column of ethrex's table of prover optimisations: seconds by block. */
export interface Column {
  readonly name: string
  readonly seconds: Readonly<Record<number, number>>
}

/**
 * What the demo measures, on the machine where its proving times were recorded; with another column in head's place where
 * one is given, its cycles invented in proportion to its times.
 */
export function recordedRun(column: Column | null = null, budget = 240): Measurements {
  const plan = { ...recordedPlan(column), gpuMinutes: minutes(budget) }
  const head = column === null ? SOURCES.head : sourcesOf(column)
  const records: TrialRecord[] = []
  for (let step = nextStep(plan, records); step.kind === 'trial'; step = nextStep(plan, records)) {
    const isBase = step.trial.side === 'base'
    const record = recordOf(step.trial, records.length, isBase ? SOURCES.base : head)
    // Base is proved once for all columns, in the leg of head.
    records.push({ ...record, kept: isBase && column !== null })
  }
  return {
    plan,
    machine: {
      cpu: 'AMD EPYC 7713 64-Core Processor',
      cores: 64,
      memory: bytes(128 * 1024 ** 3),
      os: 'Linux',
      gpu: 'NVIDIA GeForce RTX 4090',
      driver: null,
      clocks: null,
      rustc: TOOLCHAIN,
      node: '24'
    },
    builds: { base: buildOf(plan, 'base'), head: buildOf(plan, 'head') },
    sameness: NOT_COMPARED,
    records,
    failures: [],
    notes: [],
    caveats: [],
    ending: 'complete',
    planned: progressOf(plan, []).most
  }
}

function sourcesOf({ seconds: taken }: Column): EthrexSources {
  const scaled = Object.entries(SOURCES.base.cycles ?? {}).map(([block, spans]) => {
    const ratio = (taken[Number(block)] ?? 0) / (SOURCES.base.seconds?.[Number(block)] ?? 1)
    const own = Object.entries(spans).map(([path, cycles]) => [path, Math.round(cycles * ratio)] as const)
    return [block, Object.fromEntries(own)] as const
  })
  return { ...SOURCES.base, seconds: taken, cycles: Object.fromEntries(scaled) }
}

function recordedPlan(column: Column | null): Plan {
  const blocks = Object.entries(GAS).map(([number, used]) => {
    const block = parseBlockNumber(number)
    if (block === null) throw new Error(`not a block: ${number}`)
    return { block, witnessSha256: digest('sha256', number), gas: gas(used), hasEqualCycles: false }
  })
  return {
    mode: 'prove',
    effort: 'default',
    purpose: 'compare',
    variant: column?.name ?? null,
    revisions: { base: revision('ethrex', 'main'), head: revision('ethrex', column?.name ?? 'all-opts') },
    host: revision('ethrex-replay', 'main'),
    network: 'mainnet',
    zkvm: 'sp1',
    resource: 'gpu',
    proofType: 'compressed',
    blocks,
    timing: planTiming({ effort: 'default', timeMargin: null }, blocks),
    cycleThreshold: { text: '0.1%', numerator: 1n, denominator: 10n },
    gpuMinutes: minutes(240),
    trialTimeout: minutes(60),
    timeScale: SOURCES.base.timeScale ?? 1
  }
}

export function revision(name: string, ref: string, owner = 'lambdaclass'): Revision {
  return { repository: `${owner}/${name}`, ref, sha: shaOf(`${name} ${ref}`) }
}

/** Nobody's commit: the table names none in full. */
function shaOf(text: string): Sha {
  const sha = parseSha(digest('sha1', text))
  if (sha === null) throw new Error(`not a commit: ${text}`)
  return sha
}

function digest(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex')
}

function buildOf({ revisions, host }: Plan, side: Side): Build {
  return {
    guest: { elf: digest('sha256', `guest of ${side}`), key: null },
    binary: `/cache/${side}/ethrex-replay`,
    sha256: digest('sha256', side),
    ethrex: revisions[side].sha,
    host: host.sha,
    features: ['sp1', 'gpu'],
    toolchain: TOOLCHAIN,
    reused: false,
    lockChanges: []
  }
}

function recordOf(trial: Trial, index: number, sources: EthrexSources): TrialRecord {
  const sample = sampleOf(trial, sources)
  const time = (name: 'execution-time' | 'proving-time'): number => Number(sample.metrics[name]?.value ?? 0)
  return {
    trial,
    outcome: { kind: 'measured', sample },
    wall: seconds(time('execution-time') + time('proving-time')),
    startedAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    remarks: [],
    unread: [],
    gpu: null,
    kept: false
  }
}

function sampleOf({ block, mode }: Trial, sources: EthrexSources): Sample {
  const spans: SpanCycles = sources.cycles?.[block] ?? {}
  const outermost = Object.entries(spans).filter(([path]) => !path.includes('/'))
  const cycles = outermost.reduce((sum, [, own]) => sum + own, 0)
  const proving = sources.seconds?.[block] ?? 0
  return {
    gas: gas(GAS[block] ?? 0n),
    transactions: 1,
    metrics: {
      cycles: { value: count(BigInt(cycles)), unit: 'cycles', exactness: 'tracked-spans' },
      'execution-time': { value: cycles / EXECUTED_CYCLES_PER_SECOND, unit: 's', exactness: 'derived' },
      ...(mode === 'prove' ? { 'proving-time': { value: proving, unit: 's', exactness: 'derived' } } : {})
    },
    spans: Object.entries(spans).map(([path, own]) => ({
      path: path.split('/'),
      cycles: count(BigInt(own)),
      calls: 1
    })),
    costs: []
  }
}
