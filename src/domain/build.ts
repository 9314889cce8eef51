import type { Sha } from './revision.ts'

/** A host compiled against one revision of ethrex. */
export interface Build {
  /** Absolute path of the stored binary. */
  readonly binary: string
  /** Of the binary, 64 hex digits. */
  readonly sha256: string
  readonly ethrex: Sha
  readonly host: Sha
  readonly features: readonly string[]
  /** First line of `rustc --version` in the host's directory. */
  readonly toolchain: string
  /** True where an earlier run's binary was taken. */
  readonly reused: boolean
  /** Packages whose locked version cargo changed from the host's pristine lock, `name 1.0.0 -> 1.1.0`. */
  readonly lockChanges: readonly string[]
}
