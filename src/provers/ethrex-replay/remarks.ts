import type { KeptFiles } from '../prover.ts'
import { KEPT_NAMES } from '../prover.ts'
import type { State } from './state.ts'

/** What a reader of the figures should know of the log that they are from. */
export const remarksOf = (state: State, files: KeptFiles): readonly string[] => [
  ...ofRepeats(state),
  ...ofFiles(state, files),
  ...ofBatch(state),
  ...ofFallback(state),
  ...ofOtherPhase(state)
]

const ofRepeats = ({ reported, context }: State): readonly string[] =>
  reported > 1 ? [`Block ${context.block} was reported ${reported} times: the last counts.`] : []

const ofFiles = ({ lastBlock, wanted, context }: State, files: KeptFiles): readonly string[] =>
  wanted !== null && lastBlock !== context.block && KEPT_NAMES.some((name) => files[name] !== null)
    ? [
        `The files that were left are of block ${lastBlock ?? '?'}, which was reported last: they are not used.`
      ]
    : []

const ofBatch = ({ batch }: State): readonly string[] =>
  batch > 1 ? [`The times are of a batch of ${batch} blocks, gas and transactions of its first alone.`] : []

/** It holds more, so the guest does more (ethrex-replay `src/fetcher.rs:148`). */
const ofFallback = ({ wanted }: State): readonly string[] =>
  wanted?.facts.isFallback === true
    ? [
        'The witness was made with eth_getProof: it is larger, so cycles compare only with those of the same file.'
      ]
    : []

/** Of a failure, the verbose form tells how long the phase took that went well. */
const ofOtherPhase = ({ wanted }: State): readonly string[] => {
  if (wanted?.report.kind !== 'error') return []
  const { execution, proving } = wanted.report.times
  return [
    ...(execution === null ? [] : [`The execution went well and took ${execution.seconds} s.`]),
    ...(proving === null ? [] : [`The proof went well and took ${proving.seconds} s.`])
  ]
}
