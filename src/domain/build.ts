import type { Sha } from './revision.ts'

/** A guest as its build left it. Paths end up in it, so that only two that were built in one place compare. */
export interface Guest {
  /** Of the ELF file, 64 hex digits. */
  readonly elf: string
  /** Of the verifying key or image id; null where the zkVM has none in a file. */
  readonly key: string | null
}

/** A host compiled against one revision of ethrex. */
export interface Build {
  /** The program inside the zkVM; null where it could not be found. */
  readonly guest: Guest | null
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
  /** Packages whose locked version or source cargo changed from the host's pristine lock, `name 1.0.0 -> 1.1.0`. */
  readonly lockChanges: readonly string[]
}
