import type { MetricName } from '../../domain/metric.ts'
import type { Result } from '../../domain/problem.ts'
import { failure, success } from '../../domain/problem.ts'
import type { Figure } from '../../domain/sample.ts'
import { failed, type Failed } from '../failed.ts'
import type { ReadOutcome } from '../prover.ts'
import { implausibleTime } from '../wall-time.ts'
import { parseBench } from './bench-file.ts'
import { BENCH_FILE } from './commands.ts'
import type { PrintedTime } from './duration.ts'
import type { Evidence, Report } from './evidence.ts'
import { failureOf } from './failed.ts'

type Success = Extract<Report, { kind: 'success' }>

/**
 * A trial succeeded if and only if the process exited with 0, reported the wanted block without an error and with
 * the expected time, and left a bench file of its own with a time that agrees and fits into the wall time.
 */
export const outcomeOf = (evidence: Evidence): ReadOutcome => {
  const failedAs = failureOf(evidence)
  if (failedAs !== null) return failedAs
  const { report } = evidence
  return report?.kind === 'success' ? ofSuccess(evidence, report) : missing(evidence)
}

/** Unreached while `failureOf` names every absence; still an answer, and never a figure. */
const missing = ({ context }: Evidence): Failed =>
  failed('report-line-missing', `There is no report line for block ${context.block}.`)

const ofSuccess = (evidence: Evidence, report: Success): ReadOutcome => {
  const { context, figures, reports } = evidence
  const { header, times } = report
  if (context.benchRequired && reports > 1) {
    return failed(
      'unreadable-output',
      `Block ${context.block} was run once and alone, but ${reports} reports came.`
    )
  }
  const contradiction = contradictionOf(evidence, report)
  if (contradiction !== null) return failed('unreadable-output', contradiction)
  const printed = context.mode === 'prove' ? times.proving : times.execution
  if (printed === null) {
    return failed(
      'unreadable-output',
      `The report line of block ${context.block} has no ${context.mode} time.`
    )
  }
  const timed = timeOf(evidence, report, printed)
  if (!timed.ok) return timed.error
  const metrics = { ...figures.metrics, ...timesOf(evidence, report, timed.value) }
  const implausible = implausibleTime(metrics, evidence.wall, context)
  if (implausible !== null) return failed('implausible-time', implausible)
  return {
    kind: 'measured',
    sample: {
      gas: header.gas,
      transactions: header.transactions,
      metrics,
      spans: figures.spans,
      costs: figures.costs
    }
  }
}

const contradictionOf = (evidence: Evidence, report: Success): string | null => {
  const { block, network, gasOfWitness, mode } = evidence.context
  const { header, times } = report
  if (network !== null && header.network !== network) {
    return `Block ${block} was reported for ${header.network}, not for ${network}.`
  }
  if (gasOfWitness !== null && header.gas !== gasOfWitness) {
    return `Block ${block} was reported with ${header.gas} gas, but its header says ${gasOfWitness}.`
  }
  if (mode === 'execute' && times.proving !== null) return `Block ${block} was proved, not only executed.`
  return otherZkVm(evidence, report)
}

/** The line does not name the zkVM. The verbose form does, and native execution prints lines of its own. */
const otherZkVm = ({ context, isNative }: Evidence, { told, times }: Success): string | null => {
  const { block, zkvm } = context
  if (zkvm === null && times.proving !== null) return `Block ${block} was run natively, which proves nothing.`
  const ran = told === null ? (isNative ? null : zkvm) : told.zkvm
  return ran === zkvm ? null : `Block ${block} was run ${withZkVm(ran)}, not ${withZkVm(zkvm)}.`
}

const withZkVm = (zkvm: string | null): string =>
  zkvm === null ? 'without a zkVM' : zkvm === 'another' ? 'with another zkVM' : `with ${zkvm}`

/** The time asked for: from the bench file, or from the text where the file is neither there nor required. */
const timeOf = (evidence: Evidence, report: Success, printed: PrintedTime): Result<Figure, Failed> => {
  const { bench } = evidence.files
  if (bench === null) {
    return evidence.context.benchRequired
      ? failure(failed('bench-file-missing', `ethrex-replay left no ${BENCH_FILE}.`))
      : success(figureOf(printed))
  }
  if (!bench.fresh) return failure(failed('bench-file-missing', `${BENCH_FILE} is from before this process.`))
  const time = parseBench(bench.text, { gas: report.header.gas, zkvm: evidence.context.zkvm })
  if (!time.ok) return failure(failed(time.error.reason, `${BENCH_FILE} ${time.error.message}.`))
  const slack = 1e-6 * Math.max(1, time.value)
  const agrees =
    time.value >= printed.seconds - slack && time.value <= printed.seconds + printed.resolution + slack
  return agrees
    ? success({ value: time.value, unit: 's', exactness: 'derived' })
    : failure(
        failed(
          'unreadable-output',
          `${BENCH_FILE} means ${time.value} s, but the report line says ${printed.seconds} s.`
        )
      )
}

const figureOf = ({ seconds, resolution }: PrintedTime): Figure => ({
  value: seconds,
  unit: 's',
  exactness: resolution === 1 ? 'rounded-seconds' : 'floor'
})

const timesOf = (
  { context }: Evidence,
  { times }: Success,
  timed: Figure
): Partial<Record<MetricName, Figure>> => {
  if (context.mode === 'execute') return { 'execution-time': timed }
  const execution = times.execution
  // Rounded down to nothing, it is not a time that anybody could compare.
  const shown = execution === null || execution.seconds === 0 ? {} : { 'execution-time': figureOf(execution) }
  return { ...shown, 'proving-time': timed }
}
