import type { Resource, ZkVm } from '../../domain/workload.ts'
import type {
  BuildDescription,
  BuildOptions,
  BuildPaths,
  InputCommand,
  InputOptions,
  TrialCommand,
  TrialOptions
} from '../prover.ts'

/** Written into the working directory by `--bench` (ethrex-replay `src/cli.rs`, since 2693e01). */
export const BENCH_FILE = 'bench_latest.json'

/** Cargo features of ethrex-replay (`Cargo.toml` at 4561304). `gpu` alone decides what proves. */
const RESOURCE_FEATURES: Readonly<Record<Resource, readonly string[]>> = { cpu: [], gpu: ['gpu'] }

/** The names that `--zkvm` takes (clap derives kebab case); the features have the same names but for OpenVM. */
const ZKVM_FLAG: Readonly<Record<ZkVm, string>> = {
  sp1: 'sp1',
  risc0: 'risc0',
  zisk: 'zisk',
  openvm: 'open-vm'
}

/**
 * What RUST_LOG must be for an execution to print its cycles; docs/notes/sp1.md says why these two.
 * A proof runs without RUST_LOG: SP1 hands it on to the process that proves, and more log is more time.
 */
const EXECUTE_LOG: Readonly<Record<ZkVm, string | null>> = {
  sp1: 'sp1_core_executor::executor=info,sp1_prover::worker::prover::execute=debug',
  risc0: null,
  zisk: null,
  openvm: null
}

/** Cargo features for a zkVM and a resource. */
export const buildFeatures = ({ zkvm, resource }: BuildOptions): readonly string[] => [
  zkvm,
  ...RESOURCE_FEATURES[resource]
]

/**
 * `cargo build` in the host's directory. SP1_PROVER must not be set: with `cuda` ethrex's build script starts a
 * container. Nor CARGO_TARGET_DIR: guests build in places of their own, `--target-dir` leaves those alone.
 */
export const buildCommand = (options: BuildOptions, paths: BuildPaths): BuildDescription => ({
  program: 'cargo',
  args: [
    'build',
    '--release',
    '--bin',
    'ethrex-replay',
    '--features',
    buildFeatures(options).join(','),
    ...(paths.patchFile === null ? [] : ['--config', paths.patchFile]),
    '--target-dir',
    paths.targetDir
  ],
  env: {
    CARGO_TERM_COLOR: 'never',
    CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
    CARGO_NET_RETRY: '10',
    NO_COLOR: '1'
  },
  binary: 'release/ethrex-replay'
})

/** `block N`: one block from its cache file, executed or proved, with the bench file that holds the time. */
export const trialCommand = ({ workload, mode, witnessDir }: TrialOptions): TrialCommand => {
  const log = mode === 'execute' ? EXECUTE_LOG[workload.zkvm] : null
  return {
    args: [
      'block',
      String(workload.block),
      '--zkvm',
      ZKVM_FLAG[workload.zkvm],
      '--resource',
      workload.resource,
      '--action',
      mode,
      ...(mode === 'prove' ? ['--proof', workload.proofType] : []),
      '--cached',
      '--network',
      workload.network,
      '--cache-dir',
      witnessDir,
      '--bench'
    ],
    env: log === null ? { NO_COLOR: '1' } : { NO_COLOR: '1', RUST_LOG: log },
    keepFiles: [{ name: 'bench', paths: [BENCH_FILE] }],
    directories: [],
    removeFirst: [],
    after: []
  }
}

/**
 * `generate-input`: asks the RPC endpoint, writes the guest's input to the output directory and, never told to,
 * the block's cache file below the working directory.
 */
export const inputCommand = ({ block, network, rpcUrl, outputDir }: InputOptions): InputCommand => ({
  args: ['generate-input', '--block', String(block), '--output-dir', outputDir, '--rpc-url', rpcUrl],
  env: { NO_COLOR: '1' },
  cacheFile: `replay_cache/cache_${network}_${block}.json`
})
