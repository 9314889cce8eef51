import { formatCount, formatCycles, formatShare, plural } from '../format.ts'
import { code, details, prose, table } from '../markdown.ts'
import { sideOf, titled } from '../naming.ts'
import { firstOf } from '../rows.ts'
import { deltaOf, moversOf, ratioOf, renamedIn, type Mover } from '../span-sums.ts'
import type { View } from '../view.ts'
import { NONE } from '../words.ts'

const FEW = 10

/** Where in the guest the cycles went: the spans that moved most, over all blocks. */
export const movers = (view: View): string | null => {
  if (!view.detail.spans) return null
  const moved = moversOf(view)
  const [first] = moved
  if (first === undefined) return null
  const total = totalChange(view)
  const { shown, hidden } = firstOf(moved, FEW, view.detail)
  const rows = [
    ['Span', `Base → ${sideOf(view, 'head')}`, 'Change', 'Share'],
    ...shown.map((mover) => [nameOf(mover), change(mover), signed(deltaOf(mover)), share(mover, total)])
  ]
  const more = hidden > 0 ? ` ${plural(hidden, 'more span')} moved less.` : ''
  const body = [`${table(rows, 'lrrr')}\n\n${note(view)}${more}`, ...renamed(view)].join('\n\n')
  const name = prose(first.path.at(-1) ?? '', 80)
  return details(
    titled(view, `Where the cycles changed, by span: <b>${name}</b> ${signed(deltaOf(first))} cycles`),
    body
  )
}

const note = (view: View): string =>
  `Sums over the blocks that both sides executed. x2.0: ${sideOf(view, 'head')} needs half of base's cycles. Share: part of the whole change.`

const GUESSED = 5

/** Names that may have changed: what is known of them, for the reader to judge. */
const renamed = (view: View): readonly string[] => {
  const { shown, hidden } = firstOf(renamedIn(view), GUESSED, view.detail)
  if (shown.length === 0) return []
  const said = shown.map(({ from, to, why }) => {
    const ground =
      why === 'cycles'
        ? 'their cycles differ by no more than 1%'
        : 'nothing else directly inside the same span came or went'
    return `${code(from.join(' > '))} is only in base and ${code(to.join(' > '))} only in ${sideOf(view, 'head')}, and ${ground}`
  })
  return [`Renamed? ${said.join('; ')}${hidden > 0 ? `; and ${plural(hidden, 'more pair')} like them` : ''}.`]
}

const totalChange = ({ report }: View): bigint =>
  report.comparisons
    .filter(({ metric, percent }) => metric === 'cycles' && percent !== null)
    .reduce((sum, { base, head }) => sum + BigInt(head) - BigInt(base), 0n)

const nameOf = ({ path, hasInner }: Mover): string =>
  `${code(path.join(' > '))}${hasInner ? ', outside its inner spans' : ''}`

/** `218.999M → 64.435M (x3.4)`. */
const change = ({ base, head }: Mover): string => {
  const written = (cycles: bigint | null): string => (cycles === null ? NONE : formatCycles(cycles))
  const ratio = base === null ? 'new' : head === null ? 'gone' : ratioOf(base, head)
  return `${written(base)} → ${written(head)} (${ratio})`
}

const signed = (value: bigint): string =>
  `${value < 0n ? '-' : '+'}${formatCount(value < 0n ? -value : value)}`

const share = (mover: Mover, total: bigint): string =>
  total === 0n ? NONE : formatShare((100 * Number(deltaOf(mover))) / Number(total))
