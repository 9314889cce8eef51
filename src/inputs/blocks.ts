import { failure, success } from '../domain/problem.ts'
import type { Result } from '../domain/problem.ts'
import { parseBlockNumber } from '../domain/workload.ts'
import type { BlockNumber } from '../domain/workload.ts'
import type { PlainKind } from './kind.ts'
import { firstFew, splitItems } from './lists.ts'
import { quote } from './wording.ts'

const MOST_BLOCKS = 256

const ALLOWED =
  'allowed: numbers of at most 10 digits and ranges A-B, separated by commas, blanks or newlines'

/** Both ends belong to it. */
interface Range {
  readonly first: number
  readonly last: number
}

/** Block numbers and inclusive ranges: ascending, without duplicates, from 1 to 256 of them. */
export const blocks: PlainKind<readonly BlockNumber[]> = {
  placeholder: 'LIST',
  parse: (text) => {
    const parsed = splitItems(text).map(parseRange)
    if (parsed.length === 0) return failure([`${quote(text)} names no block; ${ALLOWED}`])
    const problems = parsed.flatMap((item) => (item.ok ? [] : [item.error]))
    if (problems.length > 0) return failure(firstFew(problems))
    const ranges = merge(parsed.flatMap((item) => (item.ok ? [item.value] : [])))
    const size = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0)
    return size > MOST_BLOCKS
      ? failure([
          `${quote(text)} names ${size.toLocaleString('en-US')} blocks; allowed: at most ${MOST_BLOCKS}`
        ])
      : success(ranges.flatMap(expand))
  }
}

/** One block number. */
export const block: PlainKind<BlockNumber> = {
  placeholder: 'N',
  parse: (text) => {
    const number = parseBlockNumber(text)
    return number === null
      ? failure([`${quote(text)} is not a block number; allowed: a number of at most 10 digits`])
      : success(number)
  }
}

const parseRange = (item: string): Result<Range, string> => {
  const [from = '', to = from, ...more] = item.split('-')
  const first = parseBlockNumber(from)
  const last = parseBlockNumber(to)
  if (first === null || last === null || more.length > 0) {
    return failure(`${quote(item)} is neither a block number nor a range; ${ALLOWED}`)
  }
  return first > last
    ? failure(`${quote(item)} runs backwards; allowed: a range from the lower number to the higher`)
    : success({ first, last })
}

/** Ascending and without overlaps. Ranges stay ranges: one may name ten thousand million blocks. */
const merge = (ranges: readonly Range[]): readonly Range[] => {
  const merged: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const previous = merged.at(-1)
    if (previous === undefined || range.first > previous.last) merged.push(range)
    else merged[merged.length - 1] = { first: previous.first, last: Math.max(previous.last, range.last) }
  }
  return merged
}

const expand = (range: Range): readonly BlockNumber[] =>
  Array.from({ length: range.last - range.first + 1 }, (_, index) =>
    parseBlockNumber(String(range.first + index))
  ).filter((number) => number !== null)
