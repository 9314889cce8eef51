import type { GpuTrace, ThrottleReason } from '../../domain/gpu.ts'
import { THROTTLE_REASONS } from '../../domain/gpu.ts'
import { bytes, celsius, megahertz } from '../../domain/quantity.ts'
import type { Reading } from './nvidia-smi-answers.ts'

/** The bits of `nvmlClocksEventReason*` (nvml.h). */
const BITS: Readonly<Record<ThrottleReason, bigint>> = {
  'sw-power-cap': 0x4n,
  'hw-slowdown': 0x8n,
  'sync-boost': 0x10n,
  'sw-thermal-slowdown': 0x20n,
  'hw-thermal-slowdown': 0x40n,
  'hw-power-brake-slowdown': 0x80n
}

/** Percent from which a GPU is in use at all: below, somebody looks at a desktop. */
export const IN_USE = 10
/** Percent from which its clock says how fast it can go. */
const UNDER_LOAD = 50

/**
 * What several looks at all GPUs saw: the hottest, the slowest and fastest under load, all reasons, all memory. A GPU
 * that is not in use slows nothing down, and reports `hw-slowdown` when it changes its clock: its reasons are not taken.
 */
export const traceOf = (samples: readonly (readonly Reading[])[], foreign: readonly string[]): GpuTrace => {
  const readings = samples.flat()
  const temperature = highest(readings.map((reading) => reading.temperature))
  const underLoad = readings.filter(({ utilization }) => utilization !== null && utilization >= UNDER_LOAD)
  const clocks = known(underLoad.map(({ smClock }) => smClock))
  const memory = highest(samples.map(sumOfMemory))
  const reasons = readings
    .filter(({ utilization }) => utilization === null || utilization >= IN_USE)
    .reduce((mask, reading) => mask | (reading.reasons ?? 0n), 0n)
  return {
    samples: samples.length,
    temperature: temperature === null ? null : celsius(temperature),
    smClock:
      clocks.length === 0 ? null : { lo: megahertz(Math.min(...clocks)), hi: megahertz(Math.max(...clocks)) },
    throttled: THROTTLE_REASONS.filter((reason) => (reasons & BITS[reason]) !== 0n),
    peakMemory: memory === null ? null : bytes(memory),
    foreign
  }
}

const known = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value) => value !== null)

const highest = (values: readonly (number | null)[]): number | null => {
  const numbers = known(values)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

/** Null where one of them does not tell: a part is not the whole. */
const sumOfMemory = (readings: readonly Reading[]): number | null => {
  const amounts = known(readings.map(({ memory }) => memory))
  return amounts.length < readings.length ? null : amounts.reduce((sum, amount) => sum + amount, 0)
}
