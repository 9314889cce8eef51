import type { Bytes, Celsius, Megahertz } from './quantity.ts'

/**
 * Why a GPU ran slower than it could, in NVIDIA's words (`nvidia-smi --help-query-gpu`, `clocks_event_reasons.active`).
 * What an idle GPU or a locked clock reports is none of these.
 */
export const THROTTLE_REASONS = [
  'sw-power-cap',
  'hw-slowdown',
  'sync-boost',
  'sw-thermal-slowdown',
  'hw-thermal-slowdown',
  'hw-power-brake-slowdown'
] as const
export type ThrottleReason = (typeof THROTTLE_REASONS)[number]

/** What was seen of the GPU while a trial ran. */
export interface GpuTrace {
  /** How often it was looked at. */
  readonly samples: number
  /** The highest. */
  readonly temperature: Celsius | null
  /** Of the streaming multiprocessors, the lowest and the highest under load. */
  readonly smClock: { readonly lo: Megahertz; readonly hi: Megahertz } | null
  readonly throttled: readonly ThrottleReason[]
  /** Of the whole GPU. */
  readonly peakMemory: Bytes | null
  /** Processes on it that are not of the trial, each as a printable `pid name`. */
  readonly foreign: readonly string[]
}

/** What makes a timed trial worthless to compare. */
export const POLLUTIONS = ['foreign-process', 'throttled'] as const
export type Pollution = (typeof POLLUTIONS)[number]

/** A card under load meets its power limit all the time, and says so: that is how it works, not a disturbance. */
const HARMLESS: ReadonlySet<ThrottleReason> = new Set<ThrottleReason>(['sw-power-cap', 'sync-boost'])

export const pollutionOf = (gpu: GpuTrace | null): Pollution | null => {
  if (gpu === null) return null
  if (gpu.foreign.length > 0) return 'foreign-process'
  return gpu.throttled.some((reason) => !HARMLESS.has(reason)) ? 'throttled' : null
}
