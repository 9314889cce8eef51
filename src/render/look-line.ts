import type { Look } from '../domain/timing.ts'
import { formatChange, formatRange, plural } from './format.ts'
import { VERDICT_WORD } from './words.ts'

/** A look at proving time in one line of plain text. */
export const renderLookLine = ({ index, of, pairs, percent, change, verdict, reason }: Look): string => {
  const bounds = change === null ? '' : ` [${formatRange(change, 1)}]`
  const said = percent === null ? 'nothing to compare' : `${formatChange(percent, 1)}${bounds}`
  const few = reason === 'too-few-pairs' ? ', too few pairs to tell' : ''
  const then =
    verdict === null ? `undecided${few}, measuring on` : `${VERDICT_WORD[verdict].toLowerCase()}${few}`
  return `look ${index} of ${of}: proving time ${said} after ${plural(pairs, 'pair')}: ${then}`
}
