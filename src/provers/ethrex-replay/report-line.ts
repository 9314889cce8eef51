import type { Gas } from '../../domain/quantity.ts'
import { gas } from '../../domain/quantity.ts'
import type { LineEnd } from '../line.ts'

/**
 * The line that ethrex-replay ends a block with (`src/report.rs:160-219` at 4561304; target
 * `ethrex_replay::report`): `[net] Block: N, Gas: G, #Txs: T…`, at level INFO with times, at ERROR with errors.
 */
export interface ReportHeader {
  readonly network: string
  readonly block: number
  readonly gas: Gas
  readonly transactions: number
}

/** A duration as printed: always rounded down, by less than `resolution` (seconds). */
export interface PrintedTime {
  readonly seconds: number
  readonly resolution: 0.001 | 1
}

export interface PrintedTimes {
  readonly execution: PrintedTime | null
  readonly proving: PrintedTime | null
}

export interface PrintedErrors {
  readonly execution: string | null
  readonly proving: string | null
}

const HEADER = /^\[([\w-]{1,64})\] Block: (\d{1,15}), Gas: (\d{1,20}), #Txs: (\d{1,9})(?=, | \|)/
const TIMES = /^(?:, Execution Time: ([\dhms ]+?))?(?:, Proving Time: ([\dhms ]+?))?( \| .*)?$/
const ETHERSCAN = /^ \| https:\/\/(?:([\w-]+)\.)?etherscan\.io\/block\/(\d+)(?: .*)?$/
const ETHPROOFS = / \| https:\/\/ethproofs\.org\/blocks\/\d+$/
const URL_AT_END = / \| https:\/\/(?:[\w-]+\.)?(?:etherscan\.io\/block|ethproofs\.org\/blocks)\/(\d+)$/
/** Networks whose report lines end with a link; its last digits show that the line is whole. */
const LINKED: readonly string[] = ['mainnet', 'sepolia', 'hoodi', 'holesky']

/** Header of a report's message and what follows it, or null where it is none. */
export const parseReportHeader = (message: string): { header: ReportHeader; rest: string } | null => {
  const [whole, network, block, gasUsed, transactions] = HEADER.exec(message) ?? []
  if (whole === undefined || network === undefined || gasUsed === undefined) return null
  const header = {
    network,
    block: Number(block),
    gas: gas(BigInt(gasUsed)),
    transactions: Number(transactions)
  }
  return { header, rest: message.slice(whole.length) }
}

/** The times of a success, or null where the line is not whole or not of this form. */
export const parseTimes = (header: ReportHeader, rest: string, end: LineEnd): PrintedTimes | null => {
  const match = TIMES.exec(rest)
  if (match === null || !isWhole(header, match[3] ?? '', end)) return null
  const execution = match[1] === undefined ? null : parseDuration(match[1])
  const proving = match[2] === undefined ? null : parseDuration(match[2])
  const misread =
    (match[1] !== undefined && execution === null) || (match[2] !== undefined && proving === null)
  return misread ? null : { execution, proving }
}

const isWhole = ({ network, block }: ReportHeader, links: string, end: LineEnd): boolean => {
  if (!LINKED.includes(network)) return end === 'newline'
  const [, subdomain, number] = ETHERSCAN.exec(links) ?? []
  return number === String(block) && (subdomain ?? 'mainnet') === network
}

const SECONDS = /^(\d\d)s (\d{3})ms$/
const MINUTES = /^(\d\d)m (\d\d)s$/
const HOURS = /^(\d{2,})h (\d\d)m (\d\d)s (\d{3})ms$/

/**
 * `format_duration` (`src/report.rs:336-352`): milliseconds below a minute and from an hour on, none between.
 * Only these three whole forms are taken: `45s` alone is a `45s 123ms` that was cut.
 */
export const parseDuration = (text: string): PrintedTime | null => {
  const short = SECONDS.exec(text)
  if (short !== null)
    return { seconds: (Number(short[1]) * 1000 + Number(short[2])) / 1000, resolution: 0.001 }
  const middle = MINUTES.exec(text)
  if (middle !== null) return { seconds: Number(middle[1]) * 60 + Number(middle[2]), resolution: 1 }
  const long = HOURS.exec(text)
  if (long === null) return null
  const whole = Number(long[1]) * 3600 + Number(long[2]) * 60 + Number(long[3])
  return { seconds: (whole * 1000 + Number(long[4])) / 1000, resolution: 0.001 }
}

/** Whether a failure's text, which may run over several lines, ends with this one. */
export const endsErrors = ({ network, block }: ReportHeader, line: string): boolean =>
  !LINKED.includes(network) || URL_AT_END.exec(line)?.[1] === String(block)

const EXECUTED = ', Execution Result: Succeeded'
const EXECUTION = [', Execution Error: ', ', Execution Result: ⚠️ Failed with ']
const PROVING = ', Proving Error: '

/**
 * The errors of a failure, from all of its lines after the header. Both forms: `Execution Result: …` before
 * ethrex-replay 6fae6c2 (2025-12-02), `Execution Error: …` since. Null where the text is of neither.
 */
export const parseErrors = (text: string): PrintedErrors | null => {
  const body = withoutLinks(text)
  const start = EXECUTION.find((prefix) => body.startsWith(prefix))
  if (start !== undefined) {
    const [execution, proving] = splitOnce(body.slice(start.length), PROVING)
    return { execution, proving }
  }
  const rest = body.startsWith(EXECUTED) ? body.slice(EXECUTED.length) : body
  return rest.startsWith(PROVING) ? { execution: null, proving: rest.slice(PROVING.length) } : null
}

/** Errors may hold ` | https://` themselves: only the last links are the line's own. */
const withoutLinks = (text: string): string => {
  const body = text.replace(ETHPROOFS, '')
  const at = body.lastIndexOf(' | https://')
  return at < 0 ? body : body.slice(0, at)
}

const splitOnce = (text: string, separator: string): readonly [string, string | null] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)]
}
