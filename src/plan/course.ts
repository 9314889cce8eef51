import type { Timing } from '../domain/timing.ts'
import type { Trial } from '../domain/trial.ts'

/** What to do next. A run that resumes asks the same question with a longer journal. */
export type Step =
  | { readonly kind: 'trial'; readonly trial: Trial }
  | { readonly kind: 'done'; readonly ending: 'complete' | 'budget-spent' }

/** Where plan and records have led to. */
export interface Course {
  /** Null where nothing is timed. */
  readonly timing: Timing | null
  readonly next: Step
}
