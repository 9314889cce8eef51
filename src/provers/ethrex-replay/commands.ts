import type { Mode, Resource, Workload, ZkVm } from '../../domain/workload.ts'
import type {
  BuildDescription,
  BuildOptions,
  BuildPaths,
  InputCommand,
  InputOptions,
  TrialCommand,
  TrialOptions
} from '../prover.ts'
import { ziskFiles } from '../zisk/host-files.ts'

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

/** What makes SP1 print its cycles: the clock of v5, the total of v6 (docs/notes/sp1.md). */
const SP1_LOG = 'sp1_core_executor::executor=info,sp1_prover::worker::prover::execute=debug'

type Environment = Readonly<Record<string, string>>

/**
 * What makes a zkVM print its figures. Where RUST_LOG is not needed it is not set: it goes on to the processes that
 * prove, and more log is more time.
 */
const FIGURES: Readonly<Record<ZkVm, (resource: Resource, mode: Mode) => Environment>> = {
  sp1: (_, mode) => (mode === 'execute' ? { RUST_LOG: SP1_LOG } : {}),
  // Without RISC0_INFO no cycles (risc0 v3.0.3 `host/server/session.rs:283`). Where the GPU is not built in, the work is
  // done by r0vm, whose own log is silent without RUST_LOG; at `info` it is a few lines.
  risc0: (resource) => (resource === 'cpu' ? { RISC0_INFO: '1', RUST_LOG: 'info' } : { RISC0_INFO: '1' }),
  // Prints none: `ziskFiles`.
  zisk: () => ({}),
  // At INFO, where the host's log is by itself (openvm v1.4.1 `execution_mode/metered/segment_ctx.rs:354`).
  openvm: () => ({})
}

/**
 * Cargo features for a zkVM and a resource. At 4561304 they have ethrex build the guest too; where ethrex has features
 * of their own for that (`sp1-build-elf`, since c1de6750), it is for the host to name them in its `Cargo.toml`.
 */
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
export const trialCommand = ({ workload, mode, witnessDir, checkout }: TrialOptions): TrialCommand => {
  const outside = workload.zkvm === 'zisk' ? ziskFiles(checkout, mode) : NOTHING_OUTSIDE
  return {
    ...outside,
    args: argumentsOf(workload, mode, witnessDir),
    env: { NO_COLOR: '1', ...FIGURES[workload.zkvm](workload.resource, mode) },
    keepFiles: [{ name: 'bench', paths: [BENCH_FILE] }, ...outside.keepFiles]
  }
}

/** All that happens happens in the working directory. */
const NOTHING_OUTSIDE: ReturnType<typeof ziskFiles> = {
  keepFiles: [],
  directories: [],
  removeFirst: [],
  after: []
}

const argumentsOf = (workload: Workload, mode: Mode, witnessDir: string): readonly string[] => [
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
]

/**
 * `generate-input`: asks the RPC endpoint, writes the guest's input to the output directory and, never told to,
 * the block's cache file below the working directory.
 */
export const inputCommand = ({ block, network, rpcUrl, outputDir }: InputOptions): InputCommand => ({
  args: ['generate-input', '--block', String(block), '--output-dir', outputDir, '--rpc-url', rpcUrl],
  env: { NO_COLOR: '1' },
  cacheFile: `replay_cache/cache_${network}_${block}.json`
})
