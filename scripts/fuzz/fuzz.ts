import fc from 'fast-check'
import type { Damage } from './damage.ts'
import { damages, filesOf, isHarmless, scratches, stdoutOf } from './damage.ts'
import { ethrexReplay } from './ethrex-replay.ts'
import { faultsOf, readingOf, unpointed } from './oracle.ts'
import { rsp } from './rsp.ts'
import type { Transcript } from './transcript.ts'

/** One start of any host. */
export const transcripts: fc.Arbitrary<Transcript> = fc.oneof(
  { weight: 4, arbitrary: ethrexReplay },
  { weight: 1, arbitrary: rsp }
)

/** What became of generated transcripts. */
export interface Fuzzed {
  readonly runs: number
  /** Null, or the smallest case that a reader got wrong, and what it got wrong. */
  readonly fault: string | null
  /** Of those that were damaged, how many gave figures all the same: without them nothing was tried. */
  readonly measured: number
}

/** Reads so many transcripts, damaged in every way that can be told, and holds each figure against what was put there. */
export const fuzz = (runs: number, seed: number): Fuzzed => {
  let measured = 0
  const property = fc.property(transcripts, damages, (transcript, damage) => {
    const reading = readingOf(transcript, damage)
    if (reading.outcome.kind === 'measured' && !isHarmless(transcript, damage)) measured += 1
    const faults = faultsOf(reading, transcript, damage)
    if (faults.length > 0) throw new Error(faults.join('\n'))
  })
  const { counterexample, errorInstance, numRuns } = fc.check(property, { numRuns: runs, seed })
  const fault = counterexample === null ? null : faultText(counterexample, errorInstance)
  return { runs: numRuns, fault, measured }
}

const faultText = ([transcript, damage]: readonly [Transcript, Damage], error: unknown): string =>
  [
    `${transcript.what}: ${String(error)}`,
    JSON.stringify(damage),
    JSON.stringify(Buffer.from(stdoutOf(transcript, damage)).toString('utf8')).replaceAll('\\n', '\n'),
    JSON.stringify(filesOf(transcript, damage))
  ].join('\n')

/** Of so many transcripts with one damaged byte, in which of them what changed is not explained by its line. */
export const unexplained = (runs: number, seed: number): readonly string[] => {
  const found: string[] = []
  const property = fc.property(transcripts, scratches, (transcript, scratch) => {
    const why = unpointed(transcript, scratch)
    if (why !== null) found.push(`${transcript.what}: ${why}`)
  })
  fc.assert(property, { numRuns: runs, seed })
  return found
}
