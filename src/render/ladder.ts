import type { Sha } from '../domain/revision.ts'
import type { EarlierResult, Share } from './earlier.ts'
import { commentOf, firstThatFits, type Page } from './page.ts'
import { TOP_ROWS } from './rows.ts'
import { wholeAt } from './run-link.ts'
import type { CommentContext, Detail } from './view.ts'

/** A step of degrading: what is still shown, and what this step takes away. */
interface Step {
  readonly detail: Detail
  readonly leavesOut: string | null
}

const WHOLE: Detail = { tails: true, spans: true, rows: 'all', lists: 'few' }
const SHORTENED: Detail = { ...WHOLE, tails: false, spans: false }

/** Least useful first: what goes can be read elsewhere, and what stays is whole. */
const stepsOf = (isPlain: boolean): readonly Step[] => [
  { detail: WHOLE, leavesOut: null },
  { detail: { ...WHOLE, tails: false }, leavesOut: 'the tails of logs' },
  { detail: SHORTENED, leavesOut: 'cycles by span' },
  { detail: { ...SHORTENED, rows: 'changed' }, leavesOut: 'blocks whose cycles did not change' },
  {
    detail: { ...SHORTENED, rows: 'top' },
    leavesOut: `all but the ${TOP_ROWS} blocks that changed most`
  },
  // A table of one zkVM and two commits is short by now.
  ...(isPlain
    ? []
    : [
        {
          detail: { ...SHORTENED, rows: 'means', lists: 'fewest' } as const,
          leavesOut: 'what is said of single blocks, and most notes'
        }
      ]),
  { detail: { ...SHORTENED, rows: 'none' }, leavesOut: 'the tables, the method and the failures' }
]

/** How much of a comment is shown. */
export interface Rung {
  readonly detail: Detail
  /** What is not shown; null where all is. */
  readonly leftOut: string | null
  /** Of the earlier result. */
  readonly share: Share
}

interface About {
  readonly head: Sha | null
  readonly context: CommentContext
  /** Whether the run has one leg, and no reference beside it. */
  readonly isPlain: boolean
}

/** A comment, with as much in it as there is room for. */
export const shortened = (draw: (rung: Rung) => Page, about: About, earlier: EarlierResult | null): string =>
  firstThatFits(
    ladder(stepsOf(about.isPlain), earlier !== null).map((rung) => () => commentOf(draw(rung), about))
  )

/** An earlier result shrinks before anything of this one is left out, and goes last of all. */
const ladder = (steps: readonly Step[], hasEarlier: boolean): readonly Rung[] => {
  const own = steps.map(({ detail }, index) => ({ detail, leftOut: leftOut(steps.slice(0, index + 1)) }))
  const sharing = (rungs: typeof own, share: Share): readonly Rung[] =>
    rungs.map((rung) => ({ ...rung, share }))
  if (!hasEarlier) return sharing(own, 'nothing')
  return [
    ...sharing(own.slice(0, 1), 'all'),
    ...sharing(own.slice(0, 1), 'figures'),
    ...sharing(own, 'headline'),
    ...sharing(own.slice(-1), 'nothing')
  ]
}

const leftOut = (steps: readonly Step[]): string | null => {
  const missing = steps.flatMap(({ leavesOut }) => leavesOut ?? [])
  return missing.length === 0 ? null : missing.join('; ')
}

/** Says what is not shown, and where it is, or where it will be once the run is done. */
export const leftOutLine = (
  { leftOut }: Rung,
  context: CommentContext,
  state: 'done' | 'running'
): string | null =>
  leftOut === null
    ? null
    : `Left out, because a comment has to be short: ${leftOut}. ` +
      `All of it ${state === 'done' ? 'is' : 'will be'} in ${wholeAt(context)}.`
