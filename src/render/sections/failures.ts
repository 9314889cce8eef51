import type { Failure } from '../../domain/failure.ts'
import { plural } from '../format.ts'
import { details, fence, sentence } from '../markdown.ts'
import type { View } from '../view.ts'

const SHOWN = 10
const TAIL_LINES = 20

/** Each failure with the end of its log. */
export const failures = (view: View): string | null => {
  const all = view.report.failures
  if (all.length === 0) return null
  const shown = all.slice(0, SHOWN).map((failure) => described(failure, view.detail.tails))
  const more = all.length > SHOWN ? [`And ${plural(all.length - SHOWN, 'more failure')} in report.json.`] : []
  return details(`Failures: ${all.length}`, [...shown, ...more].join('\n\n'))
}

const described = (failure: Failure, hasTail: boolean): string => {
  const { side, stage, block, reason, message, tail } = failure
  const where = [side ?? 'machine', stage, ...(block === null ? [] : [`block ${block}`])].join(', ')
  const said = `**${where}: ${reason}.** ${sentence(message)}`
  return hasTail && tail.trim() !== '' ? `${said}\n\n${fence(tail, { lines: TAIL_LINES })}` : said
}
