import type { Failure } from '../domain/failure.ts'
import type { GpuTrace } from '../domain/gpu.ts'
import { milliseconds, type Minutes } from '../domain/quantity.ts'
import { unreachable } from '../domain/problem.ts'
import type { Trial } from '../domain/trial.ts'
import type { Gpu, GpuWatch } from '../io/ports.ts'

/** Why a trial cannot start, or does not count: the machine's doing. */
interface Closed extends Pick<Failure, 'message'> {
  readonly kind: 'closed'
  readonly reason: 'gpu-busy' | 'gpu-lost'
}

type Settled =
  { readonly kind: 'open'; readonly remarks: readonly string[] } | { readonly kind: 'cancelled' } | Closed

/** How the GPU fared during a trial. */
export type GpuEnd =
  { readonly kind: 'seen'; readonly trace: GpuTrace | null; readonly remarks: readonly string[] } | Closed

/** Minutes to wait for others, unless a trial is given less. */
const LONGEST_WAIT = 15

/** The GPU that the trial's time depends on; null for one that nothing is timed on. */
export const gpuOf = (trial: Trial, { gpu }: { readonly gpu: Gpu | null }): Gpu | null =>
  trial.phase === 'cycles' ? null : gpu

/** Waits until the GPU is free for a trial. One of which nothing is known is measured on all the same. */
export const settleGpu = async (gpu: Gpu | null, trialTimeout: Minutes): Promise<Settled> => {
  if (gpu === null) return { kind: 'open', remarks: [] }
  const patience = Math.min(LONGEST_WAIT, trialTimeout)
  const state = await gpu.settle(milliseconds(patience * 60_000))
  switch (state.kind) {
    case 'idle':
      return { kind: 'open', remarks: [] }
    case 'unknown':
      return { kind: 'open', remarks: [unknownState(state.why)] }
    case 'cancelled':
      return state
    case 'busy': {
      const message = `the GPU did not get free within ${patience} min: it is used by ${state.by}`
      return { kind: 'closed', reason: 'gpu-busy', message }
    }
    case 'lost':
      return lost(state.why)
    default:
      return unreachable(state)
  }
}

export const endWatch = async (watch: GpuWatch | null): Promise<GpuEnd> => {
  if (watch === null) return { kind: 'seen', trace: null, remarks: [] }
  const fate = await watch.end()
  if (fate.kind === 'lost') return lost(fate.why)
  return { kind: 'seen', trace: fate.trace, remarks: fate.gap === null ? [] : [unknownState(fate.gap)] }
}

const lost = (why: string): Closed => ({
  kind: 'closed',
  reason: 'gpu-lost',
  message: `a GPU is lost: ${why}`
})

/** The same words for the same cause: a report says it once for all trials. */
const unknownState = (why: string): string => `GPU state unknown: ${why}`
