import type { Bytes } from './quantity.ts'

/** Facts of the machine that figures depend on. Null is "unknown", said as such. */
export interface Machine {
  readonly cpu: string | null
  readonly cores: number
  readonly memory: Bytes
  readonly os: string
  readonly gpu: string | null
  readonly driver: string | null
  /** Whether the clocks of the GPU are held at one frequency, without which times wander. */
  readonly clocks: 'locked' | 'not-locked' | null
  readonly rustc: string | null
  readonly node: string
}
