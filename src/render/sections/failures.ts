import type { Failure } from '../../domain/failure.ts'
import { plural } from '../format.ts'
import { details, fence, sentence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { View } from '../view.ts'

const FEW = 10
const TAIL_LINES = 20

/** Each failure with the end of its log. */
export const failures = (view: View): string | null => {
  const all = view.report.failures
  if (all.length === 0) return null
  const { shown, hidden } = firstOf(all, FEW, view.detail)
  const said = shown.map((failure) => described(failure, view.detail.tails))
  const more = hidden > 0 ? [`And ${plural(hidden, 'more failure')} in ${wholeIn(view.context)}.`] : []
  return details(`Failures: ${all.length}`, [...said, ...more].join('\n\n'))
}

const described = (failure: Failure, hasTail: boolean): string => {
  const { side, stage, block, reason, message, tail } = failure
  const where = [side ?? 'machine', stage, ...(block === null ? [] : [`block ${block}`])].join(', ')
  const said = `**${where}: ${reason}.** ${sentence(message)}`
  return hasTail && tail.trim() !== '' ? `${said}\n\n${fence(tail, { lines: TAIL_LINES })}` : said
}
