import fc from 'fast-check'
import { gas as gasOf } from '../../src/domain/quantity.ts'
import type { Figure } from '../../src/domain/sample.ts'
import type { Mode } from '../../src/domain/workload.ts'
import { CHAIN_ID, NETWORKS, parseBlockNumber } from '../../src/domain/workload.ts'
import { NO_FILES } from '../../src/provers/prover.ts'
import type { Event, Piece } from './log.ts'
import { linesOf } from './log.ts'
import { counts, durations, secondsOf } from './numbers.ts'
import { trackerLines, trees } from './sp1-tracker.ts'
import type { Metrics, Transcript } from './transcript.ts'

/** 2c57180 as it is, with the patch of ethrex's documents, and d1d8123. */
const VERSIONS = ['2c57180', 'patched 2c57180', 'd1d8123'] as const
type Version = (typeof VERSIONS)[number]

interface Drawn {
  readonly version: Version
  readonly mode: Mode
  readonly style: 'plain' | 'coloured'
  readonly block: number
  readonly gas: bigint
  readonly transactions: number
  readonly cycles: bigint
  readonly proverGas: bigint | null
  /** Nanoseconds. */
  readonly execution: bigint
  readonly proving: bigint
  readonly network: (typeof NETWORKS)[number]
  readonly hasCsv: boolean
  readonly earlier: bigint | null
  readonly spans: readonly Event[]
}

/** One start of rsp; the sources are in docs/notes/rsp.md. */
export const rsp: fc.Arbitrary<Transcript> = fc
  .record<Drawn>({
    version: fc.constantFrom(...VERSIONS),
    mode: fc.constantFrom<Mode>('execute', 'prove'),
    style: fc.constantFrom('plain' as const, 'coloured' as const),
    block: fc.integer({ min: 0, max: 30_000_000 }),
    gas: counts(),
    transactions: counts(2n ** 53n - 1n).map(Number),
    cycles: counts(),
    proverGas: fc.option(counts().map((value) => value + (value === 0n ? 1n : 0n))),
    execution: durations,
    proving: durations,
    network: fc.constantFrom(...NETWORKS),
    hasCsv: fc.boolean(),
    earlier: fc.option(counts()),
    spans: trees.map(
      (tree) =>
        trackerLines(tree, {
          target: 'sp1_core_executor::syscalls::write',
          spans: ['execute_client{number=23769083}', 'execute']
        }).events
    )
  })
  .map((drawn) => transcriptOf(drawn))

const transcriptOf = (drawn: Drawn): Transcript => {
  const { version, mode, block, gas, transactions, network, hasCsv } = drawn
  const parsed = parseBlockNumber(String(block))
  if (parsed === null) throw new Error(`no block number: ${block}`)
  const metrics = metricsOf(drawn)
  const outcome = outcomeOf(drawn, metrics)
  const isTold = hasCsv && outcome !== 'report-line-missing'
  return {
    what: `rsp ${version} ${mode}`,
    host: 'rsp',
    context: {
      block: parsed,
      network: hasCsv ? network : null,
      zkvm: 'sp1',
      mode,
      gasOfWitness: hasCsv ? gasOf(gas) : null,
      timeScale: 1,
      benchRequired: false
    },
    lines: linesOf(piecesOf(drawn), drawn.style),
    files: { ...NO_FILES, csv: hasCsv ? { text: csvOf(drawn), fresh: true } : null },
    hasFilesOfAnother: false,
    exitCode: 0,
    bearsNoise: true,
    isPlain: true,
    truth: {
      outcome,
      gas: isTold ? gas : null,
      transactions: isTold ? transactions : null,
      metrics,
      weaker: [],
      spans: [],
      costs: []
    }
  }
}

const outcomeOf = ({ mode }: Drawn, metrics: Metrics): Transcript['truth']['outcome'] => {
  const time = metrics['proving-time']
  if (mode === 'prove' && time === undefined) return 'report-line-missing'
  return time?.value === 0 ? 'implausible-time' : 'measured'
}

const metricsOf = ({ version, mode, cycles, proverGas, execution, proving }: Drawn): Metrics => {
  const time = (nanoseconds: bigint): Figure => ({
    value: secondsOf(nanoseconds),
    unit: 's',
    exactness: 'exact'
  })
  const patched: Figure = { value: Math.floor(secondsOf(proving)), unit: 's', exactness: 'rounded-seconds' }
  const isNew = version === 'd1d8123'
  return {
    cycles: { value: cycles, unit: 'cycles', exactness: 'exact' },
    ...(proverGas === null ? {} : { 'prover-gas': { value: proverGas, unit: 'gas', exactness: 'exact' } }),
    ...(isNew ? { 'execution-time': time(execution) } : {}),
    ...(mode === 'prove' && isNew ? { 'proving-time': time(proving) } : {}),
    ...(mode === 'prove' && version === 'patched 2c57180' ? { 'proving-time': patched } : {})
  }
}

const HOST = 'rsp_host_executor::full_executor'

const piecesOf = (drawn: Drawn): readonly Piece[] => {
  const { version, mode, cycles, proverGas, execution, proving, spans } = drawn
  const took = (time: bigint): string => (version === 'd1d8123' ? ` duration=${rustDuration(time)}` : '')
  return [
    ...spans,
    { target: HOST, message: `Execution successful executed_block_hash=0x7c7c${took(execution)}` },
    '',
    'Execution report:',
    ...(proverGas === null ? [] : [`gas: ${proverGas}`]),
    `opcode counts (${cycles} total instructions):`,
    '    595802147 add',
    '          321 ecall',
    'syscall counts (61573 total syscall instructions):',
    '    61234 keccak_permute',
    '        1 halt',
    '',
    ...(mode === 'execute'
      ? []
      : [
          { target: HOST, message: 'Starting proof generation' },
          ...(version === 'patched 2c57180' ? [`proving time: ${proving / 1_000_000_000n}`] : []),
          { target: HOST, message: `Proof successfully generated!${took(proving)}` }
        ])
  ]
}

/** `{:?}` of a `std::time::Duration`: in the largest unit that it fills, without zeros at its end. */
const rustDuration = (nanoseconds: bigint): string => {
  const [unit, size] = nanoseconds >= 1_000_000_000n ? (['s', 9] as const) : (['ms', 6] as const)
  const digits = String(nanoseconds).padStart(size + 1, '0')
  const fraction = digits.slice(-size).replace(/0+$/, '')
  return `${digits.slice(0, -size)}${fraction === '' ? '' : `.${fraction}`}${unit}`
}

const COLUMNS = 'chain_id,block_number,gas_used,tx_count,total_cycles_count,syscalls_count,prover_gas,halt'

/** `report.csv`, which grows with each start. */
const csvOf = ({ network, block, gas, transactions, cycles, proverGas, earlier }: Drawn): string => {
  const row = (total: bigint): string =>
    [CHAIN_ID[network], block, gas, transactions, total, 61573, proverGas ?? 0n, 1].join(',')
  return [COLUMNS, ...(earlier === null ? [] : [row(earlier)]), row(cycles), ''].join('\n')
}
