import type { Side } from './revision.ts'
import type { BlockNumber } from './workload.ts'

export const STAGES = ['resolve', 'fetch', 'build', 'execute', 'prove', 'publish'] as const
export type Stage = (typeof STAGES)[number]

/** Why something failed. These are values of `failures[].reason`, never verdicts. */
export const REASONS = [
  'ref-not-found',
  'repository-unreachable',
  'fetch-failed',
  'build-failed',
  'host-does-not-build',
  'ethrex-not-patched',
  'execution-failed',
  'proving-failed',
  'usage-error',
  'data-error',
  'timeout',
  'log-limit',
  'killed',
  'not-started',
  'report-line-missing',
  'bench-file-missing',
  'unreadable-output',
  'implausible-time',
  'bad-input',
  'witness-changed',
  'stale-container',
  'port-taken',
  'gpu-busy',
  'gpu-lost',
  'prover-not-ready',
  'disk-full',
  'tampered',
  'internal'
] as const
export type Reason = (typeof REASONS)[number]

export interface Failure {
  /** Null where the failure belongs to the machine or to us, not to one side. */
  readonly side: Side | null
  readonly stage: Stage
  readonly block: BlockNumber | null
  readonly reason: Reason
  /** One sentence for the reader, ours. */
  readonly message: string
  /** The last lines of the log: a stranger's text. Control characters are gone, nothing else is. */
  readonly tail: string
}
