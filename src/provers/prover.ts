import type { Reason } from '../domain/failure.ts'
import type { MetricName } from '../domain/metric.ts'
import type { Gas, Seconds } from '../domain/quantity.ts'
import type { Sample } from '../domain/sample.ts'
import type { Exit } from '../domain/trial.ts'
import type { BlockNumber, Mode, Network, Resource, Workload, ZkVm } from '../domain/workload.ts'
import type { Line } from './line.ts'

export const PROVERS = ['ethrex-replay'] as const
export type ProverName = (typeof PROVERS)[number]

/** What a prover can do today; anything else is refused as "not supported yet". */
export interface Abilities {
  readonly zkvms: readonly ZkVm[]
  readonly modes: readonly Mode[]
  readonly resources: readonly Resource[]
  readonly metrics: readonly MetricName[]
}

/** Cargo, as data. */
export interface BuildDescription {
  readonly program: 'cargo'
  readonly args: readonly string[]
  /** To be added to a clean environment. */
  readonly env: Readonly<Record<string, string>>
  /** The binary, relative to the target directory. */
  readonly binary: string
}

/** A start of a built host, as data; the program is the build's binary. */
export interface CommandDescription {
  readonly args: readonly string[]
  /** To be added to a clean environment. What is not named here must not be set. */
  readonly env: Readonly<Record<string, string>>
  /** Files that it leaves and that a reader needs, relative to the working directory. */
  readonly keepFiles: readonly string[]
}

export interface BuildOptions {
  readonly zkvm: ZkVm
  readonly resource: Resource
}

export interface BuildPaths {
  readonly targetDir: string
  /** Cargo configuration with the patches that pin ethrex; null builds the host as it is. */
  readonly patchFile: string | null
}

/** Where a build may have left the guest, relative to the top of the checkout of ethrex. */
export interface GuestArtefacts {
  readonly elf: string
  /** Verifying key or image id; null where the zkVM leaves none. */
  readonly key: string | null
}

export interface TrialOptions {
  readonly workload: Workload
  readonly mode: Mode
  /** Where the cache files of the blocks are. */
  readonly witnessDir: string
}

export interface InputOptions {
  readonly block: BlockNumber
  readonly network: Network
  readonly rpcUrl: string
  readonly outputDir: string
}

/** What a reader must know before the first line. */
export interface ReaderContext {
  readonly block: BlockNumber
  /** Null: whatever the report line says. */
  readonly network: Network | null
  readonly zkvm: ZkVm
  readonly mode: Mode
  /** Gas used, from the block's header; null: not checked. */
  readonly gasOfWitness: Gas | null
  /** Seconds that the host reports for each second it takes; 1 for a real prover. */
  readonly timeScale: number
  /** True for trials of ours; false reads saved output, where the file may be gone. */
  readonly benchRequired: boolean
}

/** Kept files, as text. */
export interface KeptFiles {
  /** `fresh`: written after the process began. Null: no such file. */
  readonly bench: { readonly text: string; readonly fresh: boolean } | null
}

export type Stream = 'stdout' | 'stderr'

/** What was made of one line of the log. */
export interface Note {
  readonly stream: Stream
  readonly line: number
  readonly kind: 'read' | 'ignored' | 'unread'
  /** Ours; quotes are printable. */
  readonly text: string
}

/** A line that looked like one of ours and could not be read. */
export interface UnreadLine {
  readonly stream: Stream
  readonly line: number
  /** Printable, at most 300 characters. */
  readonly text: string
}

export type ReadOutcome =
  | { readonly kind: 'measured'; readonly sample: Sample }
  | {
      readonly kind: 'failed'
      readonly reason: Reason
      /** One sentence of at most 300 characters, which may quote the tool; no control characters. */
      readonly message: string
    }

/** What a log came to. */
export interface Reading {
  readonly outcome: ReadOutcome
  /** From the report line, also of a failure; null where there was none. */
  readonly gas: Gas | null
  readonly transactions: number | null
  /** Sentences for the reader of a report that do not change the outcome. */
  readonly remarks: readonly string[]
  /** The first of them. */
  readonly unread: readonly UnreadLine[]
  readonly unreadCount: number
  /** Line by line; the first NOTE_LIMIT of them. */
  readonly notes: readonly Note[]
}

/**
 * A fold over the lines of one trial's log: the same lines give the same reading, and memory does not grow with
 * them. The lines of one stream come in order; the two streams may come one after the other or mixed.
 */
export interface Reader {
  line(stream: Stream, line: Line): void
  /**
   * `exit` null: not known, not checked. `wall` (spawn to exit) null: times are not held against it.
   */
  end(exit: Exit | null, files: KeptFiles, wall: Seconds | null): Reading
}

/** A host tool: describes what to start and reads what came of it. Starts nothing, reads no file. */
export interface Prover {
  readonly name: ProverName
  readonly abilities: Abilities
  /** Cargo features, in the order in which they are shown. */
  buildFeatures(options: BuildOptions): readonly string[]
  buildCommand(options: BuildOptions, paths: BuildPaths): BuildDescription
  /** The first whose ELF is there is the guest that the host runs. */
  guestArtefacts(zkvm: ZkVm): readonly GuestArtefacts[]
  /** Writes the guest's input for a block, and the block's cache file. */
  readonly inputCommand: (options: InputOptions) => CommandDescription
  trialCommand(options: TrialOptions): CommandDescription
  createReader(context: ReaderContext): Reader
}
