import { count, minutes, seconds, type Count } from '../../src/domain/quantity.ts'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { ReferenceBlock, ReferenceReport, Report } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import type { Cost } from '../../src/domain/sample.ts'
import type { Outcome } from '../../src/domain/trial.ts'
import { block, sha } from '../support/plans.ts'
import { aBuild, aRun, planFor, type BlockFigures } from '../support/runs.ts'

/** A leg of the variant: its revision stands as head's. */
export const variantLeg = (
  name: string,
  figures: readonly BlockFigures[],
  { digit = 'e', ...changes }: Partial<Plan> & { readonly digit?: string } = {}
): Measurements => {
  const plan = planFor(figures, { variant: name, ...changes })
  return aRun(figures, {
    plan: {
      ...plan,
      revisions: { ...plan.revisions, head: { repository: 'lambdaclass/ethrex', ref: name, sha: sha(digit) } }
    },
    builds: { base: aBuild('a'), head: aBuild(digit) }
  })
}

/** What the leg of a variant with the same figures says: comparing hundreds of blocks again is slow. */
export const asVariant = (name: string, report: Report): Report => ({
  ...report,
  plan: { ...report.plan, variant: name },
  notes: []
})

/** What ZisK counts in place of cycles, with the split of its cost; OpenVM's executions say nothing, its proofs all. */
export const countedAs = (unit: 'steps' | 'instructions', run: Measurements): Measurements => ({
  ...run,
  records: run.records.map((record) => ({
    ...record,
    outcome: counted(unit, record.outcome, unit === 'instructions' && record.trial.mode === 'execute')
  }))
})

const counted = (unit: 'steps' | 'instructions', outcome: Outcome, isSilent: boolean): Outcome => {
  if (outcome.kind === 'failed') return outcome
  const { cycles, 'prover-gas': _, ...rest } = outcome.sample.metrics
  const value = BigInt(cycles!.value)
  const figure = { value: count(value), unit, exactness: 'exact' } as const
  const metrics = isSilent ? rest : { ...rest, cycles: figure, [unit]: figure }
  const costs = unit === 'steps' ? costsOf(value) : []
  return { ...outcome, sample: { ...outcome.sample, metrics, spans: [], costs } }
}

/** In the proportions of a sample that ziskemu printed for 40,007,528 steps. */
const costsOf = (steps: bigint): readonly Cost[] => {
  const cost = (name: string, perThousand: bigint): Cost => ({
    name,
    cost: count((steps * perThousand) / 1000n)
  })
  const parts = [cost('BASE', 7339n), cost('MAIN', 68_000n), cost('OPCODES', 12_064n)]
  const more = [cost('PRECOMPILES', 23_434n), cost('MEMORY', 12_395n), cost('TOTAL', 123_232n)]
  return [...parts, ...more]
}

/** The run as a tool that cuts durations to whole seconds tells it, one pair of each block. */
export const inWholeSeconds = (run: Measurements): Measurements => ({
  ...run,
  ending: 'budget-spent',
  records: run.records
    .filter(({ trial }) => trial.round === null || trial.round === 1)
    .map((record) => ({ ...record, outcome: whole(record.outcome) }))
})

const whole = (outcome: Outcome): Outcome => {
  if (outcome.kind === 'failed') return outcome
  const { metrics } = outcome.sample
  const time = metrics['proving-time']
  if (time === undefined) return outcome
  const cut = { value: Math.floor(Number(time.value)), unit: 's', exactness: 'rounded-seconds' } as const
  return { ...outcome, sample: { ...outcome.sample, metrics: { ...metrics, 'proving-time': cut } } }
}

/** What the reference did on a block: seconds, or null where it failed as rsp does on blocks it counts otherwise. */
export interface ReferenceFigures {
  readonly block: number
  readonly seconds: number | null
  readonly cycles?: Count
  readonly exactness?: Exactness
  readonly kept?: boolean
}

const MISMATCH = 'block gas used mismatch: got 59980552, expected 59993052'

export const aReference = (
  blocks: readonly ReferenceFigures[],
  changes: Partial<ReferenceReport> = {}
): ReferenceReport => ({
  prover: 'rsp',
  revision: { repository: 'succinctlabs/rsp', ref: 'main', sha: sha('d') },
  blocks: blocks.map(referenceBlock),
  failures: [],
  notes: [],
  gpuMinutes: minutes(42),
  ...changes
})

const referenceBlock = ({
  block: number,
  seconds: time,
  cycles,
  exactness,
  kept
}: ReferenceFigures): ReferenceBlock => ({
  block: block(number),
  seconds: time === null ? null : seconds(time),
  exactness: time === null ? null : (exactness ?? 'rounded-seconds'),
  cycles: cycles ?? null,
  failure:
    time === null && cycles === undefined
      ? {
          reason: 'execution-failed',
          message: `rsp does not execute block ${number}: ${MISMATCH}.`,
          tail: `Error: Failed to validate post execution state\n\nCaused by:\n    ${MISMATCH}`
        }
      : null,
  kept: kept ?? false,
  measuredAt: '2026-01-01T12:00:00.000Z'
})
