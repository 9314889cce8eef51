import type { Minutes, Seconds } from './quantity.ts'
import type { RunReport } from './report.ts'
import type { Sha, Side } from './revision.ts'
import type { Trial } from './trial.ts'
import type { ZkVm } from './workload.ts'

/** How far a run has come, in trials. */
export interface Progress {
  readonly done: number
  /** Until the next look at proving time, those made counted: measuring may end there. */
  readonly planned: number
  /** Until the last look. */
  readonly most: number
  /** The look that is worked for, from 1, of how many; null where nothing is timed. */
  readonly look: { readonly index: number; readonly of: number } | null
}

/** Where a run stands, for those who wait for it. */
export type Standing =
  /** Before the machine is ours; `waitingFor` says which run has it, null where nobody is known to. */
  | { readonly kind: 'queued'; readonly waitingFor: string | null }
  | { readonly kind: 'preparing'; readonly what: 'fetch' | 'sources' | 'witnesses' | 'inputs' }
  /** `variant` stands in head's place; `zkvm` is null where the run has one. */
  | {
      readonly kind: 'building'
      readonly side: Side
      readonly variant: string | null
      readonly zkvm: ZkVm | null
    }
  | {
      readonly kind: 'measuring'
      readonly trial: Trial
      readonly progress: Progress
      /** Until the next look, which may be the last one. Null where nothing is known to tell it from. */
      readonly left: Seconds | null
      readonly gpuMinutes: Minutes
      /** What was found out so far, once all cycles of all legs are known; its cycle verdict is final. */
      readonly cycles: RunReport | null
    }

/** What is compared, as far as it is known while the run goes on. */
export interface Sides {
  readonly head: Sha
  /** Null until it is resolved. */
  readonly base: Sha | null
}
