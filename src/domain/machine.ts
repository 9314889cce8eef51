import type { Bytes } from './quantity.ts'

/** Facts of the machine that figures depend on. Null is "unknown", said as such. */
export interface Machine {
  readonly cpu: string | null
  readonly cores: number
  readonly memory: Bytes
  readonly os: string
  readonly gpu: string | null
  readonly driver: string | null
  readonly rustc: string | null
  readonly node: string
}
