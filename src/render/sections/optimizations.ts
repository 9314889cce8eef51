import { shortSha, type Revision } from '../../domain/revision.ts'
import { capital, formatBlocks, formatFixed } from '../format.ts'
import { blocksOf } from '../headline-leg.ts'
import { details, fence, prose, table } from '../markdown.ts'
import { titled } from '../naming.ts'
import { isPlain, type RunView } from '../run-view.ts'
import { moversOf, ratioOf } from '../span-sums.ts'
import { changeOf, type CommentContext, type View } from '../view.ts'
import { NETWORK_NAME, NONE, ZKVM_NAME } from '../words.ts'

/** The rows for ethrex's table of optimisations, and its list of what became cheaper, ready to be copied. */
export const optimizations = (view: RunView): string | null => {
  const rows = byVariant(view).flatMap((legs) => {
    const row = rowOf(legs, view.context)
    return row === null ? [] : [row]
  })
  if (rows.length === 0) return null
  const title =
    rows.length === 1 ? 'Row for the table of optimisations' : 'Rows for the table of optimisations'
  const body = fence(table([['Name', 'PR', 'tl;dr'], ...rows], 'lll'), { info: 'markdown' })
  return details(title, [body, ...spanLists(view)].join('\n\n'))
}

/** The legs of head, then those of each variant, by zkVM. */
const byVariant = ({ groups }: RunView): readonly (readonly View[])[] => [
  ...Map.groupBy(
    groups.flatMap(({ head, variants }) => [head, ...variants]),
    ({ report }) => report.plan.variant
  ).values()
]

/** Null where nothing was compared exactly. */
const rowOf = (legs: readonly View[], context: CommentContext): readonly string[] | null => {
  const gains = legs.flatMap((leg) => gainOf(leg) ?? [])
  const [first] = legs
  if (first === undefined || gains.length === 0) return null
  const { plan } = first.report
  const compared = new Set(legs.flatMap((leg) => comparedBlocks(leg) ?? []))
  const [over] = compared
  const where = `(${NETWORK_NAME[plan.network]} ${formatBlocks(plan.blocks.map(({ block }) => block))})`
  const summary = `${gains.join('; ')} over ${compared.size === 1 ? over : 'these blocks'} ${where}`
  return [nameOf(plan), link(plan, context), summary]
}

const comparedBlocks = (leg: View): string | null => {
  const cycles = leg.overall('cycles')
  return cycles === null || cycles.percent === null ? null : blocksOf(leg.report, cycles)
}

/** `-29.90% SP1 cycles, -28.7% proving time`. */
const gainOf = ({ report, overall, counted, isOneOfSeveral }: View): string | null => {
  const { plan, ending, timeVerdict } = report
  const cycles = overall('cycles')
  if (cycles?.percent === undefined || cycles.percent === null || ending === 'identical') return null
  const time = overall('proving-time')
  const of = isOneOfSeveral ? `${ZKVM_NAME[plan.zkvm]} ` : ''
  return [
    `${changeOf(cycles)} ${ZKVM_NAME[plan.zkvm]} ${counted}`,
    ...(time?.percent === undefined || time.percent === null
      ? []
      : [`${changeOf(time)} ${of}proving time${timeVerdict === 'inconclusive' ? ' (no verdict)' : ''}`])
  ].join(', ')
}

type Plan = View['report']['plan']

const nameOf = ({ variant, revisions }: Plan): string =>
  variant === null ? refName(revisions.head) : plainly(variant)

const refName = ({ ref, sha }: Revision): string => (ref === sha ? shortSha(sha) : plainly(ref))

/** What the fence shows as it is; a name that needs more care is not worth copying. */
const plainly = (name: string): string => (/^[\w./-]{1,60}$/.test(name) ? name : prose(name, 60))

/** Nobody knows which pull request a variant is from. */
const link = ({ variant, revisions: { base } }: Plan, { pullRequest }: CommentContext): string =>
  variant !== null || pullRequest === null || !/^[\w.-]+\/[\w.-]+$/.test(base.repository)
    ? NONE
    : `https://github.com/${base.repository}/pull/${pullRequest}`

const LISTED = 10

/**
 * `- rebuild_storage_trie 218.999 -> 64.435 (x3.4)`: the spans that both sides have, in millions, as ethrex's
 * document lists them. In the comment on one leg the same figures are above; there it is left to the job summary.
 */
const spanLists = ({ run, heads, detail }: RunView): readonly string[] =>
  detail.spans && (detail.lists === 'all' || !isPlain(run)) ? heads.flatMap(spanList) : []

const spanList = (head: View): readonly string[] => {
  const lines = moversOf(head).flatMap(({ path, base, head: own }) =>
    base === null || own === null
      ? []
      : [`- ${plainly(path.at(-1) ?? '')} ${millions(base)} -> ${millions(own)} (${ratioOf(base, own)})`]
  )
  if (lines.length === 0) return []
  const what = titled(head, 'million cycles of each span, without those inside it, over all blocks')
  return [`${capital(what)}:\n\n${fence(lines.slice(0, LISTED).join('\n'), { info: 'markdown' })}`]
}

const millions = (cycles: bigint): string => formatFixed(Number(cycles) / 1e6, 3)
