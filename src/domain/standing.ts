import type { Minutes, Seconds } from './quantity.ts'
import type { Report } from './report.ts'
import type { Sha, Side } from './revision.ts'
import type { Trial } from './trial.ts'

/** Where a run stands, for those who wait for it. */
export type Standing =
  /** Before the machine is ours; `waitingFor` says which run has it, null where nobody is known to. */
  | { readonly kind: 'queued'; readonly waitingFor: string | null }
  | { readonly kind: 'preparing'; readonly what: 'fetch' | 'witnesses' }
  | { readonly kind: 'building'; readonly side: Side }
  | {
      readonly kind: 'measuring'
      readonly trial: Trial
      readonly progress: { readonly done: number; readonly planned: number }
      /** Null where nothing is known to tell it from. */
      readonly left: Seconds | null
      readonly gpuMinutes: Minutes
      /** What was found out so far, once all cycles are known; its cycle verdict is final. */
      readonly cycles: Report | null
    }

/** What is compared, as far as it is known while the run goes on. */
export interface Sides {
  readonly head: Sha
  /** Null until it is resolved. */
  readonly base: Sha | null
}
