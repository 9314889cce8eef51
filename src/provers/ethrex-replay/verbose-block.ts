import type { Line } from '../line.ts'
import { parseDuration } from './duration.ts'
import type { Report, Told } from './evidence.ts'
import { ERROR_LIMIT } from './open-failure.ts'
import type { PrintedTimes, ReportHeader } from './report-line.ts'
import { errorsOf, isLinked, NETWORK, parseReportHeader } from './report-line.ts'
import { ZKVM_OF } from './zkvm-names.ts'

/** What a line came to that may be part of a verbose report. */
export type VerboseStep =
  /** No part of a report. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'inside' }
  /** Its last line. */
  | { readonly kind: 'report'; readonly report: Report; readonly first: Line }
  /** What cannot be part of a report that had begun, or of one that had to; two lines where they disagree. */
  | { readonly kind: 'broken'; readonly lines: readonly Line[]; readonly block: number | null }

/** A verbose report whose last line has not come yet. */
export interface Open {
  readonly first: Line
  readonly isSuccess: boolean
  readonly told: Told
  /** Network, block, gas, transactions, until all four are there. */
  readonly head: readonly { readonly value: string; readonly line: Line }[]
  readonly header: ReportHeader | null
  /** Index in ITEMS of the last item. */
  readonly item: number
  readonly times: PrintedTimes
  /** Of a failure, what is before the machine's items, and what is from `GPU:` on. */
  readonly errors: string
  readonly tail: readonly string[]
  readonly lastLine: Line
}

const HEADLINE = /^(✅ Succeeded|⚠️ Failed) to (?:Execute|Prove) Block(?: with (\w{1,20}))? on (?:CPU|GPU)$/
const BEGINNING = /^(?:✅|⚠️).*(?: to \w+ Block| Block.* on (?:CPU|GPU)$)/
const HEAD = [
  new RegExp(`^Network: (${NETWORK})$`),
  /^Block: (\d{1,20})$/,
  /^Gas: (\d{1,20})$/,
  /^#Txs: (\d{1,20})$/
]
const LINK = /^Etherscan: https:\/\/(?:([\w-]+)\.)?etherscan\.io\/block\/(\d+)$/
const ITEMS = [
  'Execution Result: ',
  'GPU: ',
  'CPU: ',
  'RAM: ',
  'Branch & Commit: ',
  'Execution Time: ',
  'Proving Time: ',
  'Etherscan: ',
  'EthProofs: '
]
/** Names of several GPUs are on a line each. */
const GPU = ITEMS.indexOf('GPU: ')
/** Lines from `GPU:` on: some names, and at most one of each other item. */
const TAIL_LIMIT = 64

const NO_TIMES: PrintedTimes = { execution: null, proving: null }

/** A link that tells another network or block shows that one of the two lines is not what was printed. */
export const brokenAt = ({ head, header }: Open, line: Line): VerboseStep => {
  const [whole, subdomain, number] = LINK.exec(line.text) ?? []
  const [network, block] = head
  const disagreeing = [
    ...(network?.value === (subdomain ?? 'mainnet') ? [] : [network?.line]),
    ...(block?.value === number ? [] : [block?.line])
  ].filter((one) => one !== undefined)
  return {
    kind: 'broken',
    lines: [...(whole === undefined ? [] : disagreeing), line],
    block: header?.block ?? null
  }
}

/** Whether the line is the `index`th after the first: network, block, gas, transactions. */
export const isHead = (index: number, { text }: Line): boolean => HEAD[index]?.test(text) === true

/** Cheap: whether the line is the first of a verbose report, or that with damage in one place. */
export const mayBegin = (text: string): boolean =>
  (text.startsWith('✅') || text.startsWith('⚠')) && BEGINNING.test(text)

/** The report that begins with this line, or null. */
export const opened = (line: Line): Open | null => {
  const [, word, zkvm] = HEADLINE.exec(line.text) ?? []
  if (word === undefined) return null
  return {
    first: line,
    isSuccess: word.endsWith('Succeeded'),
    told: { zkvm: zkvm === undefined ? null : (ZKVM_OF.get(zkvm) ?? 'another') },
    head: [],
    header: null,
    item: -1,
    times: NO_TIMES,
    errors: '',
    tail: [],
    lastLine: line
  }
}

/** The report with one more line, its end, or null where the line cannot be part of it. */
export const withLine = (open: Open, line: Line): Open | VerboseStep | null => {
  if (open.header === null) return withHead(open, line)
  return open.isSuccess ? withSuccess(open, open.header, line) : withFailure(open, open.header, line)
}

/** A number is whole only where its line is. */
const withHead = (open: Open, line: Line): Open | null => {
  const value = HEAD[open.head.length]?.exec(line.text)?.[1]
  if (value === undefined || line.end !== 'newline') return null
  const head = [...open.head, { value, line }]
  if (head.length < HEAD.length) return { ...open, head, lastLine: line }
  const [network, block, gas, transactions] = head.map((one) => one.value)
  const parsed = parseReportHeader(`[${network}] Block: ${block}, Gas: ${gas}, #Txs: ${transactions}, `)
  return parsed === null ? null : { ...open, head, header: parsed.header, lastLine: line }
}

/** Of a success, every line is an item that comes later than the one before. */
const withSuccess = (open: Open, header: ReportHeader, line: Line): Open | VerboseStep | null => {
  const { text } = line
  if (isEnd(header, text)) {
    return hasTime(open.times) ? succeeded(open, header) : null
  }
  const item = ITEMS.findIndex((words, index) => index > open.item && text.startsWith(words))
  if (item < 0) return open.item === GPU && text !== '' ? { ...open, lastLine: line } : null
  const value = text.slice(ITEMS[item]?.length)
  const times = withTime(open.times, text)
  return times === null || !isItem(header, item, value) ? null : { ...open, item, times, lastLine: line }
}

const succeeded = ({ first, told, times }: Open, header: ReportHeader): VerboseStep => ({
  kind: 'report',
  report: { kind: 'success', header, times, told },
  first
})

const hasTime = ({ execution, proving }: PrintedTimes): boolean => execution !== null || proving !== null

/** Null where a time is not whole. */
const withTime = (times: PrintedTimes, text: string): PrintedTimes | null => {
  const [, phase, printed] = /^(Execution|Proving) Time: (.*)$/.exec(text) ?? []
  if (phase === undefined || printed === undefined) return times
  const time = parseDuration(printed)
  if (time === null) return null
  return phase === 'Execution' ? { ...times, execution: time } : { ...times, proving: time }
}

const isItem = (header: ReportHeader, item: number, value: string): boolean => {
  if (ITEMS[item] === 'Execution Result: ') return value === 'Succeeded' || value === 'Not executed'
  return ITEMS[item] !== 'Etherscan: ' || value === linkOf(header)
}

/** Of a failure, an error may be of any lines. */
const withFailure = (open: Open, header: ReportHeader, line: Line): Open | VerboseStep => {
  const { text } = line
  if (isEnd(header, text) && (isLinked(header.network) || open.tail.length > 0))
    return failed(open, header, line)
  if (text.startsWith('GPU: ')) return { ...withErrors(open, open.tail), tail: [text], lastLine: line }
  if (open.tail.length > 0 && open.tail.length < TAIL_LIMIT) {
    return { ...open, tail: [...open.tail, text], lastLine: line }
  }
  return { ...withErrors(open, [...open.tail, text]), tail: [], lastLine: line }
}

const withErrors = (open: Open, lines: readonly string[]): Open =>
  open.errors.length < ERROR_LIMIT
    ? { ...open, errors: lines.reduce((all, line) => `${all}\n${line}`, open.errors) }
    : open

const failed = ({ first, told, errors: text, tail }: Open, header: ReportHeader, line: Line): VerboseStep => {
  const errors = errorsOf(text, '\n')
  if (errors === null) return { kind: 'broken', lines: [line], block: header.block }
  const times = tail.reduce((all, item) => withTime(all, item) ?? all, NO_TIMES)
  return { kind: 'report', report: { kind: 'error', header, errors, times, told }, first }
}

/** The last link, which has the block's number; without links, the blank line. */
const isEnd = (header: ReportHeader, text: string): boolean => {
  if (!isLinked(header.network)) return text === ''
  const { network, block } = header
  return network === 'mainnet' && block % 100 === 0
    ? text === `EthProofs: https://ethproofs.org/blocks/${block}`
    : text === `Etherscan: ${linkOf(header)}`
}

const linkOf = ({ network, block }: ReportHeader): string =>
  `https://${network === 'mainnet' ? '' : `${network}.`}etherscan.io/block/${block}`
