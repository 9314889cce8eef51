import type { Reason } from '../domain/failure.ts'
import type { MetricName } from '../domain/metric.ts'
import type { Gas, Seconds } from '../domain/quantity.ts'
import type { Sample } from '../domain/sample.ts'
import type { Exit, UnreadLine } from '../domain/trial.ts'
import type { BlockNumber, Mode, Network, Resource, Workload, ZkVm } from '../domain/workload.ts'
import type { Line } from './line.ts'

export const PROVERS = ['ethrex-replay', 'rsp'] as const
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
interface HostCommand {
  readonly args: readonly string[]
  /** To be added to a clean environment. What is not named here must not be set. */
  readonly env: Readonly<Record<string, string>>
}

/** One trial. Paths are absolute, or relative to the working directory, which is empty when it starts. */
export interface TrialCommand extends HostCommand {
  /** Files that it leaves and that a reader needs. */
  readonly keepFiles: readonly KeepFile[]
  /** Directories that a host has compiled in and does not make itself: there before it starts. */
  readonly directories: readonly string[]
  /** What an earlier trial may have left outside the working directory, and must not be read as this one's. */
  readonly removeFirst: readonly string[]
  /** Run in order once the host has exited with 0; what fails of them costs a figure, not the trial. */
  readonly after: readonly AfterCommand[]
}

export interface KeepFile {
  readonly name: KeptName
  /** The first that is there counts. */
  readonly paths: readonly string[]
}

/** A tool that tells what the host kept to itself, such as `ziskemu`. Its stdout is the kept file. */
export interface AfterCommand extends HostCommand {
  readonly program: string
  readonly keeps: KeptName
  /** Not run unless all of these are there. */
  readonly needs: readonly string[]
}

/** The making of a guest's input. */
export interface InputCommand extends HostCommand {
  /** Where the host looks for the block's cache file, and writes it, relative to the working directory. */
  readonly cacheFile: string
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
  /** Absolute: the checkout of ethrex that the host was built in; both sides have the same. */
  readonly checkout: string
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
  /** Null: native, without a zkVM, where there are no cycles. */
  readonly zkvm: ZkVm | null
  readonly mode: Mode
  /** Gas used, from the block's header; null: not checked. */
  readonly gasOfWitness: Gas | null
  /** Seconds that the host reports for each second it takes; 1 for a real prover. */
  readonly timeScale: number
  /** True for trials of ours; false reads saved output, where the file may be gone. */
  readonly benchRequired: boolean
}

/**
 * Files besides the two streams: `bench` of ethrex-replay, `result` of cargo-zisk, `emulator` what ziskemu printed,
 * `csv` of rsp.
 */
export const KEPT_NAMES = ['bench', 'result', 'emulator', 'csv'] as const
export type KeptName = (typeof KEPT_NAMES)[number]

/** Null: no such file. */
export type KeptFiles = Readonly<Record<KeptName, KeptFile | null>>

export interface KeptFile {
  readonly text: string
  /** Written after the process began. */
  readonly fresh: boolean
}

export const NO_FILES: KeptFiles = { bench: null, result: null, emulator: null, csv: null }

export type Stream = 'stdout' | 'stderr'

/** What was made of one line of the log. */
export interface Note {
  readonly stream: Stream
  readonly line: number
  readonly kind: 'read' | 'ignored' | 'unread'
  /** Ours; quotes are printable. */
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
  readonly inputCommand: (options: InputOptions) => InputCommand
  trialCommand(options: TrialOptions): TrialCommand
  createReader(context: ReaderContext): Reader
}
