import type { Reason } from '../domain/failure.ts'
import { minutes, type Minutes } from '../domain/quantity.ts'
import type { ReferenceBlock, ReferenceReport } from '../domain/report.ts'
import type { ReferenceMeasurements, ReferenceRecord } from '../domain/run.ts'
import { durationOf, type Sample } from '../domain/sample.ts'
import type { Outcome } from '../domain/trial.ts'
import { countOf } from './measured.ts'

/** What is said of a reference: each block as it did on it. Nothing is compared, and nothing judged. */
export const referenceReport = ({
  plan,
  records,
  failures,
  notes
}: ReferenceMeasurements): ReferenceReport => ({
  ...plan,
  blocks: records.map(blockOf),
  failures,
  notes,
  gpuMinutes: gpuMinutesOf(records)
})

const blockOf = ({ block, outcome, startedAt, kept }: ReferenceRecord): ReferenceBlock => {
  const own = { block, kept, measuredAt: startedAt }
  if (outcome.kind === 'failed') {
    const { reason, message, tail } = outcome
    return { ...own, seconds: null, exactness: null, cycles: null, failure: { reason, message, tail } }
  }
  const { sample } = outcome
  const seconds = durationOf(sample, 'proving-time')
  return {
    ...own,
    seconds,
    exactness: seconds === null ? null : (sample.metrics['proving-time']?.exactness ?? null),
    cycles: countOf(sample.metrics.cycles),
    failure: null
  }
}

/** Of a block that failed so no proof was begun. */
const BEFORE_PROVING: ReadonlySet<Reason> = new Set<Reason>([
  'bad-input',
  'data-error',
  'execution-failed',
  'not-started',
  'usage-error'
])

/** A run that only executes has no proof, and so no minutes: one record with figures tells which it is. */
const gpuMinutesOf = (records: readonly ReferenceRecord[]): Minutes => {
  const onlyExecutes = records.some(({ outcome }) => outcome.kind === 'measured' && !hasTime(outcome.sample))
  const proofs = onlyExecutes ? [] : records.filter(({ kept, outcome }) => !kept && mayHaveProved(outcome))
  return minutes(proofs.reduce((sum, { wall }) => sum + wall, 0) / 60)
}

const hasTime = ({ metrics }: Sample): boolean => metrics['proving-time'] !== undefined

const mayHaveProved = (outcome: Outcome): boolean =>
  outcome.kind === 'measured' || !BEFORE_PROVING.has(outcome.reason)
