import { shortSha, type Revision } from '../../domain/revision.ts'
import { formatBlocks } from '../format.ts'
import { blocksOf } from '../headline.ts'
import { details, fence, prose, table } from '../markdown.ts'
import { changeOf, type View } from '../view.ts'
import { NETWORK_NAME, NONE, ZKVM_NAME } from '../words.ts'

/** The row for ethrex's table of optimisations, ready to be copied. */
export const optimizations = (view: View): string | null => {
  const { plan, ending, timeVerdict } = view.report
  const cycles = view.overall('cycles')
  if (cycles?.percent === undefined || cycles.percent === null || ending === 'identical') return null
  const time = view.overall('proving-time')
  const isOpen = timeVerdict === 'inconclusive'
  const gained = [
    `${changeOf(cycles)} ${ZKVM_NAME[plan.zkvm]} cycles`,
    ...(time?.percent === undefined || time.percent === null
      ? []
      : [`${changeOf(time)} proving time${isOpen ? ' (no verdict)' : ''}`])
  ].join(', ')
  const summary = `${gained} over ${blocksOf(view.report, cycles)} (${NETWORK_NAME[plan.network]} ${formatBlocks(plan.blocks.map(({ block }) => block))})`
  const rows = [
    ['Name', 'PR', 'tl;dr'],
    [nameOf(plan.revisions.head), link(view), summary]
  ]
  return details('Row for the table of optimisations', fence(table(rows, 'lll'), { info: 'markdown' }))
}

/** What the fence shows as it is; a name that needs more care is not worth copying. */
const nameOf = ({ ref, sha }: Revision): string => {
  if (ref === sha) return shortSha(sha)
  return /^[\w./-]{1,60}$/.test(ref) ? ref : prose(ref, 60)
}

const link = ({ report, context }: View): string => {
  const { repository } = report.plan.revisions.base
  if (context.pullRequest === null || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return NONE
  return `https://github.com/${repository}/pull/${context.pullRequest}`
}
