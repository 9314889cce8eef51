import type { Resource } from '../../domain/workload.ts'
import { CHAIN_ID } from '../../domain/workload.ts'
import type {
  BuildDescription,
  BuildOptions,
  BuildPaths,
  InputCommand,
  InputOptions,
  TrialCommand,
  TrialOptions
} from '../prover.ts'

/** Written into the working directory (`--report-path`, whose default it is). */
export const CSV_FILE = 'report.csv'

/**
 * With SP1 5 (rsp 2c57180) the GPU is always built in and the feature is empty; with SP1 6 (d1d8123) it is not, and
 * only rsp's service for ethproofs asks for it. So it is asked for by name; docs/notes/rsp.md says why.
 */
const RESOURCE_FEATURES: Readonly<Record<Resource, readonly string[]>> = { cpu: [], gpu: ['sp1-sdk/cuda'] }

/** SP1's own name of what proves, read by its `EnvProver`. */
const SP1_PROVER: Readonly<Record<Resource, string>> = { cpu: 'cpu', gpu: 'cuda' }

/** Cargo features for a resource; rsp has SP1 and nothing else. */
export const buildFeatures = ({ resource }: BuildOptions): readonly string[] => RESOURCE_FEATURES[resource]

/** `cargo build` of rsp's own package at the top of its workspace. */
export const buildCommand = (
  options: BuildOptions,
  { patchFile, targetDir }: BuildPaths
): BuildDescription => {
  const features = buildFeatures(options)
  return {
    program: 'cargo',
    args: [
      ...['build', '--release', '--package', 'rsp', '--bin', 'rsp'],
      ...(features.length === 0 ? [] : ['--features', features.join(',')]),
      ...(patchFile === null ? [] : ['--config', patchFile]),
      ...['--target-dir', targetDir]
    ],
    env: {
      CARGO_TERM_COLOR: 'never',
      CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
      CARGO_NET_RETRY: '10',
      NO_COLOR: '1'
    },
    binary: 'release/rsp'
  }
}

/**
 * One block from its input in `--cache-dir`. With the chain's id and without an endpoint rsp is offline, as long as
 * `RPC_<chain id>` is not set, which it also reads from a `.env` in the working directory or any above it. Cycles
 * are counted on the CPU, whatever proves.
 */
export const trialCommand = ({ workload, mode, witnessDir }: TrialOptions): TrialCommand => ({
  args: [
    '--block-number',
    String(workload.block),
    '--chain-id',
    String(CHAIN_ID[workload.network]),
    '--cache-dir',
    witnessDir,
    ...(mode === 'prove' ? ['--prove'] : []),
    '--report-path',
    CSV_FILE
  ],
  env: { NO_COLOR: '1', SP1_PROVER: SP1_PROVER[mode === 'prove' ? workload.resource : 'cpu'] },
  keepFiles: [{ name: 'csv', paths: [CSV_FILE] }],
  directories: [],
  removeFirst: [],
  after: []
})

/** Executes a block on the host by way of an endpoint, and leaves the guest's input below the working directory. */
export const inputCommand = ({ block, network, rpcUrl }: InputOptions): InputCommand => ({
  args: [
    '--block-number',
    String(block),
    '--chain-id',
    String(CHAIN_ID[network]),
    '--rpc-url',
    rpcUrl,
    '--cache-dir',
    '.',
    '--report-path',
    CSV_FILE
  ],
  env: { NO_COLOR: '1', SP1_PROVER: SP1_PROVER.cpu },
  cacheFile: inputPath(block, network)
})

/** Of a block's input below `--cache-dir` (`crates/executor/host/src/full_executor.rs`). */
const inputPath = (block: InputOptions['block'], network: InputOptions['network']): string =>
  `input/${CHAIN_ID[network]}/${block}.bin`
