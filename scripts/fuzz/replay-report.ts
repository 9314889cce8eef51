import type { Mode, ZkVm } from '../../src/domain/workload.ts'
import type { Piece } from './log.ts'

/** How ethrex-replay reports: before and since 6fae6c2 (2025-12-02), and with `--verbose`. */
export type Form = 'before' | 'since' | 'verbose'

/** What ethrex-replay knows of a block once it is done. */
export interface Replayed {
  readonly zkvm: ZkVm | null
  readonly mode: Mode
  readonly network: string
  readonly block: number
  readonly gas: bigint
  readonly transactions: number
  /** Nanoseconds; null: not executed, as with ZisK before a proof, or failed. */
  readonly execution: bigint | null
  readonly proving: bigint | null
  readonly executionError: string | null
  readonly provingError: string | null
}

/** The report of a block (`src/report.rs:160-333` at 4561304). */
export const reportOf = (replayed: Replayed, form: Form): readonly Piece[] =>
  form === 'verbose'
    ? verboseLines(replayed)
    : [
        {
          level: hasFailed(replayed) ? 'ERROR' : 'INFO',
          target: 'ethrex_replay::report',
          message: [lineFields(replayed, form).join(', '), ...links(replayed)].join(' | ')
        }
      ]

export const hasFailed = ({ executionError, provingError }: Replayed): boolean =>
  executionError !== null || provingError !== null

const lineFields = (replayed: Replayed, form: 'before' | 'since'): readonly string[] => {
  const { network, block, gas, transactions } = replayed
  const head = [`[${network}] Block: ${block}`, `Gas: ${gas}`, `#Txs: ${transactions}`]
  if (hasFailed(replayed)) return [...head, ...errorFields(replayed, form)]
  return [...head, ...times(replayed)]
}

const errorFields = (
  { executionError, provingError }: Replayed,
  form: 'before' | 'since'
): readonly string[] => {
  const execution =
    form === 'before'
      ? [`Execution Result: ${executionError === null ? 'Succeeded' : `⚠️ Failed with ${executionError}`}`]
      : given('Execution Error', executionError)
  return [...execution, ...given('Proving Error', provingError)]
}

const given = (name: string, text: string | null): readonly string[] =>
  text === null ? [] : [`${name}: ${text}`]

const times = ({ execution, proving }: Replayed): readonly string[] => [
  ...given('Execution Time', execution === null ? null : printedDuration(execution)),
  ...given('Proving Time', proving === null ? null : printedDuration(proving))
]

const etherscan = ({ network, block }: Replayed): string =>
  `https://${network === 'mainnet' ? '' : `${network}.`}etherscan.io/block/${block}`

const ethproofs = ({ network, block }: Replayed): readonly string[] =>
  network === 'mainnet' && block % 100 === 0 ? [`https://ethproofs.org/blocks/${block}`] : []

const links = (replayed: Replayed): readonly string[] =>
  replayed.network === 'local-devnet' ? [] : [etherscan(replayed), ...ethproofs(replayed)]

const NAME: Readonly<Record<ZkVm, string>> = { sp1: 'SP1', risc0: 'RISC0', zisk: 'ZisK', openvm: 'OpenVM' }

const verboseLines = (replayed: Replayed): readonly string[] => {
  const { zkvm, mode, network, block, gas, transactions } = replayed
  const verb = mode === 'prove' ? 'Prove' : 'Execute'
  const backend = zkvm === null ? '' : ` with ${NAME[zkvm]}`
  const isDevnet = network === 'local-devnet'
  return [
    `${hasFailed(replayed) ? '⚠️ Failed' : '✅ Succeeded'} to ${verb} Block${backend} on CPU`,
    `Network: ${network}`,
    `Block: ${block}`,
    `Gas: ${gas}`,
    `#Txs: ${transactions}`,
    ...(mode === 'prove' ? [`Execution Result: ${resultOf(replayed)}`] : []),
    ...(mode === 'prove' ? [] : given('Execution Error', replayed.executionError)),
    ...given('Proving Error', replayed.provingError),
    'GPU: ',
    'CPU: AMD EPYC 7713 64-Core Processor',
    'RAM: 251G',
    'Branch & Commit: main (4561304)',
    ...times(replayed),
    ...(isDevnet ? [] : [`Etherscan: ${etherscan(replayed)}`]),
    ...ethproofs(replayed).map((link) => `EthProofs: ${link}`),
    ''
  ]
}

const resultOf = ({ execution, executionError }: Replayed): string => {
  if (executionError !== null) return `⚠️ Failed with ${executionError}`
  return execution === null ? 'Not executed' : 'Succeeded'
}

const two = (value: bigint): string => String(value).padStart(2, '0')

/** `format_duration` (`src/report.rs:336-352`). */
const printedDuration = (nanoseconds: bigint): string => {
  const milliseconds = nanoseconds / 1_000_000n
  const seconds = milliseconds / 1000n
  const rest = `${String(milliseconds % 1000n).padStart(3, '0')}ms`
  const [hours, minutes] = [seconds / 3600n, (seconds / 60n) % 60n]
  if (hours > 0n) return `${two(hours)}h ${two(minutes)}m ${two(seconds % 60n)}s ${rest}`
  return minutes > 0n ? `${two(minutes)}m ${two(seconds % 60n)}s` : `${two(seconds)}s ${rest}`
}
