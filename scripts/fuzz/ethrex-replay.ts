import fc from 'fast-check'
import type { Figure } from '../../src/domain/sample.ts'
import { gas as gasOf } from '../../src/domain/quantity.ts'
import type { Mode, ZkVm } from '../../src/domain/workload.ts'
import { NETWORKS, parseBlockNumber } from '../../src/domain/workload.ts'
import type { KeptFiles } from '../../src/provers/prover.ts'
import { NO_FILES } from '../../src/provers/prover.ts'
import type { Piece } from './log.ts'
import { linesOf } from './log.ts'
import { counts, durations, secondsOf } from './numbers.ts'
import { openvm } from './openvm.ts'
import type { Form, Replayed } from './replay-report.ts'
import { hasFailed, reportOf } from './replay-report.ts'
import { risc0 } from './risc0.ts'
import { sp1 } from './sp1.ts'
import type { GuestPart, Metrics, Transcript } from './transcript.ts'
import { NO_GUEST } from './transcript.ts'
import { zisk } from './zisk.ts'

/** One start of ethrex-replay, in any form that docs/notes/ethrex-replay.md tells of. */
export const ethrexReplay: fc.Arbitrary<Transcript> = fc
  .constantFrom<readonly [ZkVm | null, Mode]>(
    ...(['sp1', 'sp1', 'risc0', 'zisk', 'openvm'] as const).flatMap((zkvm) =>
      (['execute', 'prove'] as const).map((mode) => [zkvm, mode] as const)
    ),
    [null, 'execute']
  )
  .chain(([zkvm, mode]) => process(zkvm, mode))

interface Drawn {
  readonly blocks: readonly Block[]
  /** Index of the wanted one. */
  readonly wanted: number
  readonly form: Form
  readonly style: 'plain' | 'coloured'
  readonly network: string
  readonly first: number
  readonly hasBench: boolean
  readonly isChecked: boolean
}

/** A block of a process, without what they share. */
interface Block {
  readonly part: GuestPart
  readonly replayed: Omit<Replayed, 'network' | 'block'>
}

const process = (zkvm: ZkVm | null, mode: Mode): fc.Arbitrary<Transcript> =>
  fc
    .array(block(zkvm, mode), { minLength: 1, maxLength: 3 })
    .chain((blocks) =>
      fc.record({
        blocks: fc.constant(blocks),
        wanted: fc.nat(blocks.length - 1),
        form: fc.constantFrom<Form>('before', 'since', 'since', 'verbose'),
        style: fc.constantFrom('plain' as const, 'coloured' as const),
        network: fc.constantFrom(...NETWORKS, 'local-devnet'),
        first: fc.integer({ min: 0, max: 30_000_000 }),
        hasBench: fc.boolean(),
        isChecked: fc.boolean()
      })
    )
    .map((drawn) => transcriptOf(drawn))

const ERRORS = [
  'Execution error: execution failed with exit code 1',
  'a, b | https://etherscan.io/block/1',
  'of two\nlines: x',
  'called `Result::unwrap()` on an `Err` value: "no"'
]
const error = (word: string): fc.Arbitrary<string | null> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    ...ERRORS.map((text) => fc.constant(`${word}: ${text}`))
  )

const block = (zkvm: ZkVm | null, mode: Mode): fc.Arbitrary<Block> =>
  fc
    .record({
      gas: counts().map((value) => (value < 21_000n ? value + 21_000n : value)),
      transactions: counts(2n ** 53n - 1n).map(Number),
      execution: durations,
      proving: durations,
      executionError: error('Execution failed'),
      provingError: error('Proving panicked')
    })
    .chain((drawn) => {
      const executionError = zkvm === 'zisk' && mode === 'prove' ? null : drawn.executionError
      const provingError = mode === 'prove' ? drawn.provingError : null
      const isExecuted = executionError === null && !(zkvm === 'zisk' && mode === 'prove')
      const replayed = {
        ...drawn,
        zkvm,
        mode,
        executionError,
        provingError,
        execution: isExecuted ? drawn.execution : null,
        proving: mode === 'prove' && provingError === null ? drawn.proving : null
      }
      return guest(zkvm, mode, secondsOf(drawn.proving)).map((part) => ({ part, replayed }))
    })

const guest = (zkvm: ZkVm | null, mode: Mode, provingSeconds: number): fc.Arbitrary<GuestPart> => {
  switch (zkvm) {
    case 'sp1':
      return sp1(mode)
    case 'risc0':
      return risc0(mode)
    case 'zisk':
      return zisk(mode, provingSeconds)
    case 'openvm':
      return openvm(mode)
    case null:
      return native
  }
}

/** `src/cli.rs:1096-1157`; ethrex `crates/l2/prover/src/backend/exec.rs`. */
const native: fc.Arbitrary<GuestPart> = fc.boolean().map((isExecutor) => ({
  ...NO_GUEST,
  pieces: isExecutor
    ? [{ target: 'ethrex_prover::backend::exec', message: 'Successfully executed program in 2.35s' }]
    : [
        { target: 'ethrex_replay::cli', message: 'Preparing Storage for execution without zkVM' },
        { target: 'ethrex_replay::cli', message: 'add_block_pipeline execution time: 1.23s' }
      ]
}))

const transcriptOf = (drawn: Drawn): Transcript => {
  const { blocks, wanted, style, network, first, isChecked } = drawn
  const replays = blocks.map(({ replayed }, index) => ({ ...replayed, network, block: first + index }))
  const [own, last, part] = [replays[wanted], replays.at(-1), blocks[wanted]?.part]
  if (own === undefined || last === undefined || part === undefined) throw new Error('no wanted block')
  const { zkvm, mode } = own
  const form = zkvm === 'zisk' && drawn.form === 'before' ? 'since' : drawn.form
  const hasBench = drawn.hasBench && zkvm !== null && !replays.some(hasFailed)
  const files: KeptFiles = {
    ...NO_FILES,
    ...blocks.at(-1)?.part.files,
    bench: hasBench ? { text: benchOf(last), fresh: true } : null
  }
  return {
    what: `ethrex-replay ${form} ${mode}, ${part.what}, block ${wanted + 1} of ${blocks.length}`,
    host: 'ethrex-replay',
    context: {
      block: blockNumber(own.block),
      network: NETWORKS.find((known) => isChecked && known === network) ?? null,
      zkvm,
      mode,
      gasOfWitness: isChecked ? gasOf(own.gas) : null,
      timeScale: 1,
      benchRequired: isChecked && hasBench && form !== 'verbose' && blocks.length === 1
    },
    lines: linesOf(
      blocks.flatMap((one, index) => piecesOf(one, replays[index] ?? own, form)),
      style
    ),
    files,
    hasFilesOfAnother: own !== last,
    exitCode: 0,
    bearsNoise: form !== 'verbose',
    isPlain: part.isPlain,
    truth: {
      outcome:
        own.executionError !== null
          ? 'execution-failed'
          : own.provingError !== null
            ? 'proving-failed'
            : 'measured',
      gas: own.gas,
      transactions: own.transactions,
      metrics: {
        ...(isOfFiles(part) && own !== last ? {} : part.metrics),
        ...timesOf(own, hasBench && own === last)
      },
      weaker: [...part.weaker, timesOf(own, false)],
      spans: part.spans,
      costs: own === last ? part.costs : []
    }
  }
}

/** A block that fails to execute ends in the middle of what its guest prints. */
const piecesOf = ({ part }: Block, replayed: Replayed, form: Form): readonly Piece[] => {
  const { pieces } = part
  const until = replayed.executionError === null ? pieces.length : Math.floor(pieces.length / 2)
  return [
    { target: 'ethrex_replay::cli', message: `Executing block: ${replayed.block}` },
    { target: 'ethrex_replay::fetcher', message: `Getting block ${replayed.block} data from cache` },
    ...pieces.slice(0, until),
    ...reportOf(replayed, form)
  ]
}

const isOfFiles = ({ files }: GuestPart): boolean => Object.keys(files).length > 0

const blockNumber = (number: number): Transcript['context']['block'] => {
  const parsed = parseBlockNumber(String(number))
  if (parsed === null) throw new Error(`no block number: ${number}`)
  return parsed
}

const timed = ({ mode, execution, proving }: Replayed): bigint =>
  (mode === 'prove' ? proving : execution) ?? 0n

const BENCH_NAME: Readonly<Record<ZkVm, string>> = {
  sp1: 'SP1',
  risc0: 'RISC0',
  zisk: 'ZisK',
  openvm: 'OpenVM'
}

/** `--bench` (`src/cli.rs`). */
const benchOf = (replayed: Replayed): string => {
  const value = Number(replayed.gas) / 1e6 / secondsOf(timed(replayed))
  const zkvm = replayed.zkvm === null ? '' : BENCH_NAME[replayed.zkvm]
  return JSON.stringify([{ name: `${zkvm}, NVIDIA GeForce RTX 4090`, unit: 'Mgas/s', value }])
}

const timesOf = (replayed: Replayed, hasBench: boolean): Metrics => {
  const { mode, execution, proving } = replayed
  const derived: Figure = { value: secondsOf(timed(replayed)), unit: 's', exactness: 'derived' }
  const figure = (time: bigint): Figure => (hasBench ? derived : printedTime(time))
  if (mode === 'execute') return execution === null ? {} : { 'execution-time': figure(execution) }
  return {
    ...(execution === null ? {} : { 'execution-time': printedTime(execution) }),
    ...(proving === null ? {} : { 'proving-time': figure(proving) })
  }
}

/** Rounded down to milliseconds, and from a minute to an hour to seconds. */
const printedTime = (nanoseconds: bigint): Figure => {
  const milliseconds = Number(nanoseconds / 1_000_000n)
  return milliseconds >= 60_000 && milliseconds < 3_600_000
    ? { value: Math.floor(milliseconds / 1000), unit: 's', exactness: 'rounded-seconds' }
    : { value: milliseconds / 1000, unit: 's', exactness: 'floor' }
}
