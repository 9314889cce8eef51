import { markdownTable } from 'markdown-table'
import type { Exactness } from '../domain/metric.ts'
import { formatCount, formatShare } from './format.ts'
import { NONE } from './words.ts'

/** Above 2^53 as digits. */
type Whole = number | string

interface Parsed {
  readonly outcome: string
  readonly reason: string | null
  readonly gas: Whole | null
  readonly transactions: number | null
  readonly metrics: Readonly<
    Record<
      string,
      { readonly value: Whole; readonly unit: string; readonly exactness: Exactness } | undefined
    >
  >
  readonly spans: readonly {
    readonly path: readonly string[]
    readonly cycles: Whole
    readonly calls: number
  }[]
  readonly costs: readonly { readonly name: string; readonly cost: Whole }[]
}

/** Each begins with its word in the JSON document. */
const EXACTNESS: Readonly<Record<Exactness, string>> = {
  exact: 'exact',
  'tracked-spans': 'tracked-spans: sum of the outermost spans',
  floor: 'floor: rounded down',
  derived: 'derived: from the rate in the bench file',
  'rounded-seconds': 'rounded-seconds: cut to whole seconds'
}

/** ZisK's name for the sum of all parts. */
const TOTAL = 'TOTAL'

/** What `parse` understood, as tables for a terminal. Names are the guest's and the tools', made printable before. */
export const renderParsed = (parsed: Parsed): string =>
  [facts(parsed), metrics(parsed), spans(parsed), costs(parsed)]
    .filter((table) => table !== null)
    .join('\n\n')
    .concat('\n')

const facts = ({ outcome, reason, gas, transactions }: Parsed): string =>
  markdownTable([
    ['outcome', reason === null ? outcome : `${outcome}: ${reason}`],
    ['gas', gas === null ? 'unknown' : whole(gas)],
    ['transactions', transactions === null ? 'unknown' : String(transactions)]
  ])

const metrics = (parsed: Parsed): string | null => {
  const rows = Object.entries(parsed.metrics).flatMap(([name, figure]) =>
    figure === undefined ? [] : [[name, whole(figure.value), figure.unit, EXACTNESS[figure.exactness]]]
  )
  return table(['metric', 'value', 'unit', 'exactness'], rows, 'lrll')
}

const spans = (parsed: Parsed): string | null => {
  const total = parsed.metrics['cycles']?.value ?? null
  const rows = parsed.spans.map(({ path, cycles, calls }) => [
    path.map(cell).join(' > '),
    whole(cycles),
    share(cycles, total),
    String(calls)
  ])
  return table(['span', 'cycles', 'of all', 'calls'], rows, 'lrrr')
}

const costs = (parsed: Parsed): string | null => {
  const total = parsed.costs.find(({ name }) => name === TOTAL)?.cost ?? null
  const rows = parsed.costs.map(({ name, cost }) => [cell(name), whole(cost), share(cost, total)])
  return table(['cost', 'estimate', 'of all'], rows, 'lrr')
}

const table = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: string
): string | null => (rows.length === 0 ? null : markdownTable([header, ...rows], { align: align.split('') }))

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** Counts in groups of three; seconds as they are. */
const whole = (value: Whole): string =>
  typeof value === 'string' || Number.isInteger(value) ? formatCount(BigInt(value)) : String(value)

const share = (part: Whole, total: Whole | null): string =>
  total === null || BigInt(total) === 0n
    ? NONE
    : formatShare(Number((BigInt(part) * 100_000n) / BigInt(total)) / 1000)
