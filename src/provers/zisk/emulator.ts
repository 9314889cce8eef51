import type { Count } from '../../domain/quantity.ts'
import type { Cost } from '../../domain/sample.ts'
import { printable } from '../quote.ts'
import { parseU64 } from '../u64.ts'

/**
 * What ziskemu printed on stdout: a report (`-X`, `emulator/src/stats.rs` and `stats_report.rs` at v0.15.0), a line of
 * metrics (`-m`, `emulator/src/emulator.rs:147`), or first the one and then the other. Before them comes what the guest
 * prints, in any form it likes, so the last of either is the one of ziskemu; after them the words of its output.
 */
export interface EmulatorOutput {
  /** Null where no whole count is there, or two that differ. */
  readonly steps: Count | null
  /** As they are printed; empty unless all of them are there and add up. */
  readonly costs: readonly Cost[]
  /** Why something is missing that should be there. */
  readonly remarks: readonly string[]
}

/** Lines without their ends. `rest` came without one, so nothing says that it is whole. */
interface Printed {
  readonly lines: readonly string[]
  readonly rest: string
}

const COUNT = String.raw`[\d,]{1,27}`
/** A guest's last line may lack its end, so what is ziskemu's first need not begin a line. */
const REPORT = /REPORT$/
const STEPS = new RegExp(`^STEPS +(${COUNT})$`)
const METRICS_BEGIN = 'process_rom() steps='
const METRICS = new RegExp(`^process_rom\\(\\) steps=(${COUNT}) duration=\\S+ tp=\\S+ Msteps/s(?: |$)`)
const DISTRIBUTION = /^COST DISTRIBUTION +COST +%$/
const RULE = /^ *-+$/
const COST = new RegExp(`^([A-Z][A-Z ]{0,23}) +(${COUNT}) +\\d{1,3}\\.\\d\\d%$`)
/** Far more lines than the distribution of any version has: v0.15 has 7, v0.17 has 9. */
const DISTRIBUTION_LIMIT = 40
const QUOTE_LIMIT = 80

const NOTHING: EmulatorOutput = { steps: null, costs: [], remarks: [] }

/** Reads what is whole. */
export const parseEmulator = (text: string): EmulatorOutput => {
  const all = text.split('\n').map((line) => line.trimEnd())
  const printed = { lines: all.slice(0, -1), rest: all.at(-1) ?? '' }
  const at = printed.lines.findLastIndex((line) => REPORT.test(line))
  const metrics = printed.lines.findLast((line, index) => index > at && line.includes(METRICS_BEGIN))
  if (at >= 0) return withMetrics(readReport(printed, at), metrics)
  if (metrics !== undefined && METRICS.test(metrics)) return withMetrics(NOTHING, metrics)
  return { steps: null, costs: [], remarks: ['ziskemu printed neither a whole report nor its metrics.'] }
}

/** Both are of the same steps: `Stats::on_steps` asserts it (`emulator/src/stats.rs:151`). */
const withMetrics = (report: EmulatorOutput, line: string | undefined): EmulatorOutput => {
  if (line === undefined) return report
  const steps = parseU64(METRICS.exec(line)?.[1] ?? '')
  if (report.steps === null || report.steps === steps) return { ...report, steps }
  const remark = `ziskemu reports ${report.steps} steps, its metrics say ${steps ?? 'something else'}: no count is given.`
  return { steps: null, costs: [], remarks: [remark] }
}

const readReport = (printed: Printed, at: number): EmulatorOutput => {
  const { lines } = printed
  const steps = parseU64(STEPS.exec(lines[at + 2] ?? '')?.[1] ?? '')
  if (steps === null || !RULE.test(lines[at + 1] ?? '')) {
    return {
      steps: null,
      costs: [],
      remarks: [`The report of ziskemu has no steps: ${quoted(printed, at + 2)}.`]
    }
  }
  const costs = readCosts(printed, at + 3)
  return typeof costs === 'string' ? { steps, costs: [], remarks: [costs] } : { steps, costs, remarks: [] }
}

/** The distribution as costs, or why there are none. */
const readCosts = (printed: Printed, from: number): readonly Cost[] | string => {
  const { lines } = printed
  const title = lines[from] === '' ? from + 1 : from
  if (!DISTRIBUTION.test(lines[title] ?? '')) {
    return `The report of ziskemu has no cost distribution: ${quoted(printed, title)}.`
  }
  const costs: Cost[] = []
  for (let at = title + 1; at < title + DISTRIBUTION_LIMIT; at += 1) {
    const line = lines[at]
    if (line === '' || (line !== undefined && RULE.test(line))) continue
    const cost = costOf(line ?? '')
    if (cost === null) return `The cost distribution of ziskemu is not whole: ${quoted(printed, at)}.`
    costs.push(cost)
    if (cost.name === TOTAL)
      return addsUp(costs) ? costs : 'The costs of ziskemu do not add up: none is shown.'
  }
  return 'The cost distribution of ziskemu has no end: none is shown.'
}

const costOf = (line: string): Cost | null => {
  const [, name, digits] = COST.exec(line) ?? []
  const cost = parseU64(digits ?? '')
  return name === undefined || cost === null ? null : { name: name.trimEnd(), cost }
}

const TOTAL = 'TOTAL'
/** Since v0.17.0 (`emulator/src/stats/stats.rs:1080`): all but what any program costs. */
const SUBTOTAL = 'VARIABLE'
const ANY_PROGRAM = 'BASE'

const addsUp = (costs: readonly Cost[]): boolean => {
  const byName = new Map<string, bigint>(costs.map(({ name, cost }) => [name, cost]))
  const total = byName.get(TOTAL)
  const subtotal = byName.get(SUBTOTAL)
  const parts = costs.filter(({ name }) => name !== TOTAL && name !== SUBTOTAL)
  const sum = parts.reduce((so, { cost }) => so + cost, 0n)
  const isSubtotalRight = subtotal === undefined || subtotal + (byName.get(ANY_PROGRAM) ?? 0n) === total
  return byName.size === costs.length && parts.length > 0 && sum === total && isSubtotalRight
}

const quoted = ({ lines, rest }: Printed, at: number): string => {
  const line = lines[at]
  if (line !== undefined) return `line ${at + 1} is “${printable(line, QUOTE_LIMIT)}”`
  return rest === ''
    ? 'it ends before'
    : `line ${lines.length + 1} ends after “${printable(rest, QUOTE_LIMIT)}”`
}
