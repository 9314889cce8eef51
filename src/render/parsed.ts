import { markdownTable } from 'markdown-table'
import { formatCount } from './format.ts'

interface Parsed {
  readonly outcome: string
  readonly reason: string | null
  readonly gas: number | string | null
  readonly transactions: number | null
  readonly metrics: Readonly<
    Record<
      string,
      { readonly value: number | string; readonly unit: string; readonly exactness: string } | undefined
    >
  >
  readonly spans: readonly {
    readonly path: readonly string[]
    readonly cycles: number | string
    readonly calls: number
  }[]
}

/** What `parse` understood, as tables for a terminal. The names of spans are the guest's, made printable before. */
export const renderParsed = (parsed: Parsed): string => {
  const { outcome, reason, gas, transactions, metrics, spans } = parsed
  const facts = [
    ['outcome', reason === null ? outcome : `${outcome}: ${reason}`],
    ['gas', gas === null ? 'unknown' : whole(gas)],
    ['transactions', transactions === null ? 'unknown' : String(transactions)]
  ]
  const figures = Object.entries(metrics).flatMap(([name, figure]) =>
    figure === undefined ? [] : [[name, `${whole(figure.value)} ${figure.unit}`, figure.exactness]]
  )
  const rows = spans.map(({ path, cycles, calls }) => [path.join(' > '), whole(cycles), String(calls)])
  return [
    markdownTable([['', ''], ...facts]),
    ...(figures.length > 0 ? [markdownTable([['metric', 'value', 'exactness'], ...figures])] : []),
    ...(rows.length > 0 ? [markdownTable([['span', 'cycles', 'calls'], ...rows])] : [])
  ]
    .join('\n\n')
    .concat('\n')
}

/** Counts in groups of three; seconds as they are. */
const whole = (value: number | string): string =>
  typeof value === 'string' || Number.isInteger(value) ? formatCount(BigInt(value)) : String(value)
