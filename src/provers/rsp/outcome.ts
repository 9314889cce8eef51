import type { MetricName } from '../../domain/metric.ts'
import type { Result } from '../../domain/problem.ts'
import { failure, success } from '../../domain/problem.ts'
import type { Figure, Sample } from '../../domain/sample.ts'
import { CHAIN_ID } from '../../domain/workload.ts'
import { failed, type Failed } from '../failed.ts'
import type { ReadOutcome } from '../prover.ts'
import { implausibleTime } from '../wall-time.ts'
import { CSV_FILE } from './commands.ts'
import type { CsvRow } from './csv-file.ts'
import { parseCsv } from './csv-file.ts'
import { failureByExit, ofError, type RspEvidence } from './failed.ts'

/** What became of a block, and what the CSV says of it. */
export interface RspOutcome {
  readonly outcome: ReadOutcome
  readonly row: CsvRow | null
}

/**
 * rsp succeeded if and only if it exited with 0, printed a whole execution report and, where it was to prove, a time;
 * and its CSV says the same of the block as its report and the block's header.
 */
export const outcomeOf = (evidence: RspEvidence): RspOutcome => {
  const byExit = failureByExit(evidence)
  if (byExit !== null) return withoutRow(byExit)
  const missing = missingOf(evidence)
  if (missing !== null) return withoutRow(toldBy(evidence) ?? missing)
  const read = readCsv(evidence)
  if (!read.ok) return withoutRow(read.error)
  const row = read.value
  const contradiction = contradictionOf(evidence, row)
  if (contradiction !== null) return { outcome: failed('unreadable-output', contradiction), row }
  const metrics = metricsOf(evidence)
  const implausible = implausibleTime(metrics, evidence.wall, evidence.context)
  if (implausible !== null) return { outcome: failed('implausible-time', implausible), row }
  return { outcome: { kind: 'measured', sample: sampleOf(row, metrics) }, row }
}

const withoutRow = (outcome: Failed): RspOutcome => ({ outcome, row: null })

/** Of saved output the exit is not known, and an error is all there is; a process that ended well had none of its own. */
const toldBy = (evidence: RspEvidence): Failed | null =>
  evidence.exit === null && evidence.error !== null ? ofError(evidence, evidence.error) : null

/** An expected line that is not there; null where all are. */
const missingOf = ({ context, report, exit }: RspEvidence): Failed | null => {
  const { block, mode } = context
  const { cycles, provingTime, isProved, broken } = report
  const isWhole = cycles !== null && (mode === 'execute' || provingTime !== null)
  if (isWhole) return null
  if (broken !== null) {
    return failed(
      'unreadable-output',
      `A line of what rsp says of block ${block} could not be read: stdout:${broken}.`
    )
  }
  if (mode === 'prove' && cycles !== null && isProved) {
    return failed(
      'report-line-missing',
      `This rsp proved block ${block} and prints no time for it: take rsp d1d8123 or newer, or patch it to print ` +
        '`proving time: <seconds>` after `prove()`, as the documents of ethrex do.'
    )
  }
  const what = cycles === null ? 'whole execution report' : 'proof'
  const ending = exit === null ? 'The log' : 'rsp ended with exit code 0, but its log'
  return failed('report-line-missing', `${ending} has no ${what} of block ${block}.`)
}

/** Null where the file is neither there nor required. */
const readCsv = ({ context, files }: RspEvidence): Result<CsvRow | null, Failed> => {
  const { csv } = files
  if (csv === null) {
    return context.benchRequired
      ? failure(failed('bench-file-missing', `rsp left no ${CSV_FILE}.`))
      : success(null)
  }
  if (!csv.fresh) return failure(failed('bench-file-missing', `${CSV_FILE} is from before this process.`))
  const chainId = context.network === null ? null : CHAIN_ID[context.network]
  const row = parseCsv(csv.text, { block: context.block, chainId })
  return row.ok ? row : failure(failed('unreadable-output', `${CSV_FILE} ${row.error}.`))
}

const contradictionOf = ({ context, report }: RspEvidence, row: CsvRow | null): string | null => {
  const { block, gasOfWitness, mode } = context
  if (report.contradiction !== null) return report.contradiction
  if (mode === 'execute' && report.isProofBegun) return `Block ${block} was proved, not only executed.`
  if (row === null) return null
  if (gasOfWitness !== null && row.gas !== gasOfWitness) {
    return `${CSV_FILE} says that block ${block} used ${row.gas} gas, but its header says ${gasOfWitness}.`
  }
  return (
    disagreement('cycles', row.cycles, report.cycles) ??
    disagreement('prover gas', row.proverGas, report.proverGas)
  )
}

const disagreement = (what: string, written: bigint | null, printed: bigint | null): string | null =>
  written === null || printed === null || written === printed
    ? null
    : `${CSV_FILE} says ${written} ${what}, but the execution report says ${printed}.`

type Metrics = Partial<Record<MetricName, Figure>>

const metricsOf = ({ context, report }: RspEvidence): Metrics => {
  const { cycles, proverGas, executionTime, provingTime } = report
  return {
    ...(cycles === null ? {} : { cycles: { value: cycles, unit: 'cycles', exactness: 'exact' } }),
    ...(proverGas === null ? {} : { 'prover-gas': { value: proverGas, unit: 'gas', exactness: 'exact' } }),
    ...(executionTime === null
      ? {}
      : { 'execution-time': { value: executionTime, unit: 's', exactness: 'exact' } }),
    ...(provingTime === null || context.mode === 'execute' ? {} : { 'proving-time': provingTime })
  }
}

/** Without the CSV, as with saved output, nothing says the block's gas and transactions. */
const sampleOf = (row: CsvRow | null, metrics: Metrics): Sample => ({
  gas: row?.gas ?? null,
  transactions: row?.transactions ?? null,
  metrics,
  spans: [],
  costs: []
})
