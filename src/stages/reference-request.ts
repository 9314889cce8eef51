import { join } from 'node:path'
import type { Failure } from '../domain/failure.ts'
import type { Machine } from '../domain/machine.ts'
import type { Plan, ReferencePlan } from '../domain/plan.ts'
import type { Result } from '../domain/problem.ts'
import type { Minutes } from '../domain/quantity.ts'
import type { Sha } from '../domain/revision.ts'
import type { ReferenceRecord } from '../domain/run.ts'
import type { Witness } from '../domain/witness.ts'
import type { BlockNumber, Network } from '../domain/workload.ts'
import type { Log } from '../io/ports.ts'
import type { Prover } from '../provers/prover.ts'
import type { BaseStore } from './base-results.ts'
import type { BuildStore, Trees } from './build.ts'
import type { Mirror } from './repositories.ts'
import type { TrialPorts } from './trial.ts'
import type { Forwarder } from './witnesses.ts'

/** What a reference is measured on, and with what. */
export interface ReferenceRequest {
  readonly plan: ReferencePlan
  /** Where its commit is from. */
  readonly mirror: Mirror
  /** Any leg of the run: mode, network, resource, timeout and the like are the same in all. */
  readonly leg: Plan
  /** Ascending, with what their headers say. */
  readonly blocks: readonly Pick<Witness, 'block' | 'gas'>[]
  readonly machine: Machine
  /** What ethrex has left of the budget; null: no limit. */
  readonly gpuMinutesLeft: Minutes | null
  readonly hasRpcUrl: boolean
  /** Whether the run was one of the repository's own code, and nothing in it makes figures doubtful. */
  readonly mayKeep: boolean
  /** Digest of the variables that the user lets through to trials; empty where there are none. */
  readonly passed: string
  /** The same of builds. */
  readonly passedToBuild: string
  readonly cacheDir: string
  readonly reportDir: string
}

export interface ReferencePorts extends TrialPorts {
  readonly referenceProver: Prover
  readonly referenceStore: ReferenceStore
  readonly repositories: Pick<Trees, 'checkout'>
  readonly buildStore: BuildStore
  readonly log: Log
  /** See `RunPorts`. */
  readonly startForwarder: () => Promise<Result<Forwarder, string>>
  readonly environments: {
    readonly trial: Readonly<Record<string, string>>
    readonly build: Readonly<Record<string, string>>
  }
  /** Of this project. */
  readonly version: string
  readonly isCancelled: () => boolean
}

/** What earlier runs kept of a reference. */
export interface ReferenceStore {
  readonly results: BaseStore
  readonly inputs: {
    /** What an earlier run made, unchanged since; else null. */
    kept(subject: InputSubject): Promise<ReferenceInput | null>
    /** Copied from what the reference left. The error reads on from the file's name. */
    take(subject: InputSubject, file: string): Promise<Result<ReferenceInput, string>>
    /** Whether it is still what it was. */
    isIntact(input: ReferenceInput): Promise<boolean>
  }
}

interface InputSubject {
  readonly sha: Sha
  readonly network: Network
  readonly block: BlockNumber
  /** Relative to the directory that the reference is given. */
  readonly path: string
}

/** A block's input in the store. */
export interface ReferenceInput {
  readonly block: BlockNumber
  /** Absolute; given to the reference. */
  readonly directory: string
  readonly path: string
  readonly sha256: string
}

/** What is known of a reference so far; grows while it is measured. */
export interface FoundOfReference {
  readonly records: ReferenceRecord[]
  readonly failures: Failure[]
  readonly notes: string[]
}

/** Cache directory of the reference alone: its build has the rules of ethrex's, and none of its paths. */
export const referenceCacheDir = (cacheDir: string): string => join(cacheDir, 'reference')

/** Where its processes run, one directory further in. */
export const referenceWorkDir = (cacheDir: string): string => join(cacheDir, 'work', 'reference')
