import { bytes, MEBIBYTE, type Bytes } from '../domain/quantity.ts'
import type { Failure } from '../domain/failure.ts'
import type { Machine } from '../domain/machine.ts'
import type { Purpose } from '../domain/plan.ts'
import type { Result } from '../domain/problem.ts'
import type { Sides, Standing } from '../domain/standing.ts'
import type { Network } from '../domain/workload.ts'
import type { Clock, Files, Gpu, Log, OpenJournal, Processes, ProverServer } from '../io/ports.ts'
import type { Prover } from '../provers/prover.ts'
import type { CommentContext } from '../render/view.ts'
import type { BaseStore } from './base-results.ts'
import type { BuildStore, Trees } from './build.ts'
import type { ReferenceStore } from './reference-request.ts'
import type { Repositories } from './repositories.ts'
import type { Branches } from './resolve.ts'
import type { Stop } from './run-state.ts'
import type { SourceTrees } from './sources.ts'
import type { Forwarder, WitnessStore } from './witnesses.ts'

/** The world, as a run sees it. */
export interface RunPorts {
  readonly prover: Prover
  /** Of what is measured beside ethrex. */
  readonly referenceProver: Prover
  readonly referenceStore: ReferenceStore
  readonly processes: Processes
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  readonly server: ProverServer
  /** Null where nothing is proven on one. */
  readonly gpu: Gpu | null
  readonly repositories: Repositories & Trees & SourceTrees
  readonly buildStore: BuildStore
  /** Of base's second builds. */
  readonly rebuildStore: BuildStore
  readonly witnessStore: WitnessStore
  readonly baseStore: BaseStore
  /** Of this project: what reads logs may read them otherwise in the next. */
  readonly version: string
  readonly openJournal: OpenJournal
  /** What children may see of our environment, by what they are started for. */
  readonly environments: { readonly trial: Environment; readonly build: Environment }
  /** An endpoint on this machine that stands for the user's; the error is a sentence without its URL. */
  readonly startForwarder: () => Promise<Result<Forwarder, string>>
  /** An endpoint of this machine with nothing behind it. */
  readonly startOfflineEndpoint: (network: Network) => Promise<Forwarder>
  /** Waits until no other run has the machine; null where the run was cancelled meanwhile. */
  readonly lockMachine: (what: string) => Promise<{ release(): Promise<void> } | null>
  /** Waits until no other run writes to a report directory; null where the run was cancelled meanwhile. */
  readonly lockReportDirectory: (path: string) => Promise<{ release(): Promise<void> } | null>
  /** Ends processes and containers of runs that are no more; says what they were. */
  readonly endOrphans: () => Promise<readonly string[]>
  readonly readMachine: (rustc: string | null) => Promise<Machine>
  /** What may still be written to the file system of a path that exists. */
  readonly freeSpace: (path: string) => Promise<Bytes>
  /** Keeps some disk space back for the report. */
  readonly reserveSpace: (directory: string) => Promise<{ free(): Promise<void> }>
  /** Removes what was not used for longest, never what is named; says what went. */
  readonly limitCache: (inUse: readonly string[]) => Promise<readonly string[]>
  /** Turns what is thrown (a full disk, a mistake of ours) into the end of a run. */
  readonly guard: (work: () => Promise<Stop>) => Promise<Stop>
  readonly isCancelled: () => boolean
  /** Tells those who wait where the run stands. Returns at once; called often, with the sides as soon as they are known. */
  readonly tell: (standing: Standing, sides: Sides | null) => void
  /** Asked when the machine is ours and nothing of head was checked out: why head may not be run any more, or null. */
  readonly whyWithdrawn: () => Promise<Withdrawal | null>
  readonly redact: (text: string) => string
}

type Environment = Readonly<Record<string, string>>

/** Why a run ends before anything of head is checked out. */
export type Withdrawal =
  /** Head may not be run any more; `why` is whole sentences. */
  | { readonly kind: 'withdrawn'; readonly why: string }
  | { readonly kind: 'unreachable'; readonly failure: Failure }

export interface RunOptions {
  readonly hasRpcUrl: boolean
  readonly purpose: Purpose
  /** False where head is a stranger's: then nothing is kept for later runs. */
  readonly isOwnCode: boolean
  /** See `Plan.timeScale`. */
  readonly timeScale: number
  /** Sentences for the report, known before the run. */
  readonly notes: readonly string[]
  /** Asked when the report is rendered: what is known of the pull request then. */
  readonly describeComment: () => Promise<CommentContext>
  readonly branches: Branches
}

/** Kept back for the report. */
export const RESERVED = bytes(16 * MEBIBYTE)
