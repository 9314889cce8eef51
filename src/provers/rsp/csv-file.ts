import type { Result } from '../../domain/problem.ts'
import { failure, success } from '../../domain/problem.ts'
import type { Count, Gas } from '../../domain/quantity.ts'
import { gas } from '../../domain/quantity.ts'
import type { BlockNumber } from '../../domain/workload.ts'
import { parseU64 } from '../u64.ts'

/** What rsp's CSV says of a block. */
export interface CsvRow {
  readonly gas: Gas
  readonly transactions: number
  /** Null with `--opcode-tracking`, which has other columns. */
  readonly cycles: Count | null
  /** Null as well where rsp did not know it, for which it writes 0. */
  readonly proverGas: Count | null
}

const ALWAYS = ['chain_id', 'block_number', 'gas_used', 'tx_count'] as const
type Column = (typeof ALWAYS)[number] | 'total_cycles_count' | 'prover_gas'

const DIGITS = /^\d{1,20}$/

/**
 * `--report-path` of rsp (`bin/host/src/execute.rs` at 2c57180 and d1d8123), written when a block was executed. Rows
 * are appended, so the last one of the block counts; the header is that of whoever began the file, so a row of other
 * options does not fit under it. The error reads on from the file's name.
 */
export const parseCsv = (
  text: string,
  { block, chainId }: { readonly block: BlockNumber; readonly chainId: number | null }
): Result<CsvRow, string> => {
  if (!text.endsWith('\n')) return failure('ends in the middle of a row')
  const [header = [], ...rows] = text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split(','))
  const missing = ALWAYS.filter((name) => header.filter((column) => column === name).length !== 1)
  if (missing.length > 0) return failure(`has no column ${missing.join(', ')}`)
  const own = rows.findLast(
    (row) => inColumn(header, row, 'block_number') === String(block) && isOfChain(header, row, chainId)
  )
  if (own === undefined) return failure(`has no row of block ${block}`)
  return own.length === header.length
    ? readRow(header, own)
    : failure(`has a row of ${own.length} columns below a header of ${header.length}`)
}

const inColumn = (header: readonly string[], row: readonly string[], name: Column): string | null => {
  const at = header.indexOf(name)
  return at < 0 ? null : (row[at] ?? '')
}

const isOfChain = (header: readonly string[], row: readonly string[], chainId: number | null): boolean =>
  chainId === null || inColumn(header, row, 'chain_id') === String(chainId)

const readRow = (header: readonly string[], row: readonly string[]): Result<CsvRow, string> => {
  const read = (name: Column): Count | null => {
    const text = inColumn(header, row, name) ?? ''
    return DIGITS.test(text) ? parseU64(text) : null
  }
  const [used, transactions] = [read('gas_used'), read('tx_count')]
  if (used === null || transactions === null || !Number.isSafeInteger(Number(transactions)))
    return failure('has a row without whole numbers')
  const [cycles, proverGas] = [read('total_cycles_count'), read('prover_gas')]
  const isTracked = header.includes('total_cycles_count')
  if (isTracked && (cycles === null || proverGas === null)) return failure('has a row without whole numbers')
  return success({
    gas: gas(used),
    transactions: Number(transactions),
    cycles,
    proverGas: proverGas === 0n ? null : proverGas
  })
}
