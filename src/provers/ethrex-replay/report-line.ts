import type { Gas } from '../../domain/quantity.ts'
import { gas } from '../../domain/quantity.ts'
import type { LineEnd } from '../line.ts'
import { parseU64 } from '../u64.ts'
import type { PrintedTime } from './duration.ts'
import { parseDuration } from './duration.ts'

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

export interface PrintedTimes {
  readonly execution: PrintedTime | null
  readonly proving: PrintedTime | null
}

export interface PrintedErrors {
  readonly execution: string | null
  readonly proving: string | null
}

/** As ethrex prints a network (`config/networks.rs`); one that was given as a genesis file is a path in quotes. */
export const NETWORK = /[\w-]{1,64}|"[^"]{1,255}"/.source
const HEADER = new RegExp(
  `^\\[(${NETWORK})\\] Block: (\\d{1,20}), Gas: (\\d{1,20}), #Txs: (\\d{1,20})(?=, | \\|)`
)
const TIMES = /^(?:, Execution Time: ([\dhms ]+?))?(?:, Proving Time: ([\dhms ]+?))?( \| .*)?$/
const ETHERSCAN = /^ \| https:\/\/(?:([\w-]+)\.)?etherscan\.io\/block\/(\d+)(?: .*)?$/
const ETHPROOFS = / \| https:\/\/ethproofs\.org\/blocks\/\d+$/
const URL_AT_END = / \| https:\/\/(?:[\w-]+\.)?(?:etherscan\.io\/block|ethproofs\.org\/blocks)\/(\d+)$/
/** Networks whose report lines end with a link; its last digits show that the line is whole. */
const LINKED: readonly string[] = ['mainnet', 'sepolia', 'hoodi', 'holesky']

/** Whether ethrex-replay names a block of that network by a link. */
export const isLinked = (network: string): boolean => LINKED.includes(network)

/**
 * Header of a report's message and what follows it, or null where it is none. So it is where a number could not
 * be held in full: a block or a count of transactions above 2^53 is not read rather than rounded.
 */
export const parseReportHeader = (message: string): { header: ReportHeader; rest: string } | null => {
  const [whole, network, block, gasUsed = '', transactions] = HEADER.exec(message) ?? []
  const used = parseU64(gasUsed)
  if (whole === undefined || network === undefined || used === null) return null
  const header = {
    network,
    block: Number(block),
    gas: gas(used),
    transactions: Number(transactions)
  }
  const isHeld = Number.isSafeInteger(header.block) && Number.isSafeInteger(header.transactions)
  return isHeld ? { header, rest: message.slice(whole.length) } : null
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
  if (!isLinked(network)) return end === 'newline'
  const [, subdomain, number] = ETHERSCAN.exec(links) ?? []
  return number === String(block) && (subdomain ?? 'mainnet') === network
}

/** Whether a line ends with the link that ends a failure, whose text may run over several lines. */
export const endsErrors = ({ block }: ReportHeader, line: string): boolean =>
  URL_AT_END.exec(line)?.[1] === String(block)

const EXECUTED = ['Execution Result: Succeeded', 'Execution Result: Not executed']
const EXECUTION = ['Execution Error: ', 'Execution Result: ⚠️ Failed with ']
const PROVING = 'Proving Error: '

/**
 * The errors of a failure, from all of its lines after the header. Both forms: `Execution Result: …` before
 * ethrex-replay 6fae6c2 (2025-12-02), `Execution Error: …` since. Null where the text is of neither.
 */
export const parseErrors = (text: string): PrintedErrors | null => errorsOf(withoutLinks(text), ', ')

/** The same of errors that a `joint` stands before: a comma and a blank in the line, a newline in the verbose form. */
export const errorsOf = (body: string, joint: ', ' | '\n'): PrintedErrors | null => {
  const start = EXECUTION.map((words) => joint + words).find((words) => body.startsWith(words))
  if (start !== undefined) {
    const [execution, proving] = splitOnce(body.slice(start.length), joint + PROVING)
    return { execution, proving }
  }
  const executed = EXECUTED.map((words) => joint + words).find((words) => body.startsWith(words)) ?? ''
  const rest = body.slice(executed.length)
  const words = joint + PROVING
  return rest.startsWith(words) ? { execution: null, proving: rest.slice(words.length) } : null
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
