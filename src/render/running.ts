import { unreachable } from '../domain/problem.ts'
import type { Report, RunReport } from '../domain/report.ts'
import type { Sides, Standing } from '../domain/standing.ts'
import { earlierSection, type EarlierResult } from './earlier.ts'
import { formatCount, formatMinutes, formatWait, plural } from './format.ts'
import { leftOutLine, shortened, type Rung } from './ladder.ts'
import { code, prose } from './markdown.ts'
import { nameText } from './naming.ts'
import type { Page } from './page.ts'
import { lookWords, trialWords } from './progress.ts'
import { isPlain, runViewOf } from './run-view.ts'
import { alert } from './sections/alert.ts'
import { blocks } from './sections/blocks.ts'
import { failures } from './sections/failures.ts'
import { earlyFooter, footer } from './sections/footer.ts'
import { movers } from './sections/movers.ts'
import { countsSoFar } from './sections/side-by-side.ts'
import { cyclesHeadline, earlySummary } from './sections/summary.ts'
import type { CommentContext } from './view.ts'
import { ZKVM_NAME } from './words.ts'

/** What a run of ours says of itself where it has the machine; whoever else is on it may say the same. */
const HOLDER =
  /^(?<name>\S+) (?<sha>[0-9a-f]{7})[0-9a-f]{33} \(pid \d+, since \d{4}-\d\d-\d\dT(?<time>\d\d:\d\d):\d\d\.\d{3}Z\)$/
const LONGEST_HOLDER = 160

/** What a comment is about before there is a report. */
export interface About {
  readonly context: CommentContext
  /** Null until head is known. */
  readonly sides: Sides | null
}

type Measuring = Extract<Standing, { readonly kind: 'measuring' }>

/**
 * The comment while a run goes on. It tells time in whole minutes, so that it only changes when there is
 * something to tell.
 */
export const renderRunning = (
  standing: Standing,
  { context, sides }: About,
  earlier: EarlierResult | null
): string =>
  shortened(
    (rung) => {
      const page = pageOf(standing, { context, sides }, rung)
      return { ...page, parts: [...page.parts, earlierSection(earlier, rung.share)] }
    },
    { head: sides?.head ?? null, context, isPlain: isPlainStanding(standing) },
    earlier
  )

/** Nothing is too long while nothing is known. */
const isPlainStanding = (standing: Standing): boolean =>
  standing.kind !== 'measuring' || standing.cycles === null || isPlain(standing.cycles)

const pageOf = (standing: Standing, about: About, rung: Rung): Page => {
  if (standing.kind === 'measuring' && standing.cycles !== null)
    return withCycles(standing, standing.cycles, { ...about, rung })
  return {
    heading: `⏳ ${headingOf(standing)}`,
    parts: [[...lines(standing), ...outlook(about)].join('\n')],
    footer: earlyFooter(about.sides, about.context)
  }
}

const headingOf = (standing: Standing): string => {
  switch (standing.kind) {
    case 'queued':
      return 'Queued: waiting for the machine'
    case 'preparing':
      return `Preparing: ${standing.what === 'fetch' ? 'fetching the commits' : 'collecting the witnesses'}`
    case 'building':
      return buildingOf(standing)
    case 'measuring':
      return `Measuring: ${stepOf(standing)}${standing.left === null ? '' : `, ${formatWait(standing.left)} left`}`
    default:
      return unreachable(standing)
  }
}

/** `Building base`, of a variant `Building trie3`, and of one of several zkVMs `Building base for ZisK`. */
const buildingOf = ({ side, variant, zkvm }: Extract<Standing, { readonly kind: 'building' }>): string => {
  const what = side === 'head' && variant !== null ? nameText(variant) : side
  return `Building ${what}${zkvm === null ? '' : ` for ${ZKVM_NAME[zkvm]}`}`
}

/** Who is in the way, or what is done at the moment. */
const lines = (standing: Standing): readonly string[] => {
  if (standing.kind === 'measuring') return [now(standing), `- **So far:** ${gpuMinutes(standing, null)}.`]
  if (standing.kind !== 'queued') return []
  const { waitingFor } = standing
  const why =
    waitingFor === null
      ? 'one run at a time measures on this machine'
      : `${holderOf(waitingFor)}; one run at a time`
  return [`- **Waiting:** ${why}.`]
}

/** Who has the machine, as a clause. It may be anybody's text, and only one of our shape is said in our words. */
const holderOf = (text: string): string => {
  const { name, sha, time } = HOLDER.exec(text)?.groups ?? {}
  if (name === undefined || sha === undefined || time === undefined)
    return `${code(text, LONGEST_HOLDER)} has the machine`
  return `${code(name, 80)} at ${code(sha)} has had the machine since ${time} UTC`
}

const outlook = ({ context }: About): readonly string[] => [
  '- **First answer:** the exact cycle verdict, as soon as both sides have executed every block.',
  ...stop(context)
]

const stop = ({ pullRequest }: CommentContext): readonly string[] =>
  pullRequest === null ? [] : ['- **To stop it:** comment `/prove cancel`.']

/** All cycles are known: their verdict is final and on top, the rest is on its way. */
const withCycles = (
  standing: Measuring,
  run: RunReport,
  { context, rung }: About & { readonly rung: Rung }
): Page => {
  const view = runViewOf({ ...run, legs: run.legs.map(withoutTime) }, context, rung.detail)
  const tables =
    rung.detail.rows === 'none'
      ? []
      : [blocks(view), countsSoFar(view), ...view.heads.map(movers), failures(view)]
  const wait = standing.left === null ? null : formatWait(standing.left)
  const time = `${undecided(standing)}${doneOf(standing)}, ${gpuMinutes(standing, run)}${wait === null ? '' : `, ${wait} left`}.`
  const expected = `proving time follows${wait === null ? '' : `, ${wait}`}`
  return {
    heading: `${cyclesHeadline(view)}${run.timeVerdict === null ? '' : `; ${expected}`}`,
    parts: [
      alert(view),
      [earlySummary(view, time), now(standing), ...stop(context)].join('\n'),
      ...tables,
      leftOutLine(rung, context, 'running')
    ],
    footer: footer(view)
  }
}

const now = ({ trial }: Measuring): string => `- **Now:** ${prose(trialWords(trial))}.`

/** To the next look, where there are looks. */
const stepOf = ({ progress: { done, planned, look } }: Measuring): string =>
  `${formatCount(done)} of ${plural(planned, 'trial')} ${look === null ? 'done' : `to ${lookWords(look)}`}`

/** Nobody knows yet at which look it ends. */
const doneOf = (standing: Measuring): string => {
  const { planned, most } = standing.progress
  return `${stepOf(standing)}${most > planned ? ` (at most ${formatCount(most)})` : ''}`
}

const undecided = ({ progress: { look } }: Measuring): string =>
  look === null || look.index < 2 ? '' : `Undecided after look ${look.index - 1}; `

/** What a look that decided nothing estimated is no news: shown, it would be read as a verdict. */
const withoutTime = (report: Report): Report => ({
  ...report,
  comparisons: report.comparisons.filter(({ metric }) => metric !== 'proving-time'),
  overall: report.overall.filter(({ metric }) => metric !== 'proving-time'),
  trials: report.trials.filter(({ phase }) => phase !== 'timed')
})

/** Begun minutes are not counted: they are not spent yet. */
const gpuMinutes = (standing: Measuring, run: RunReport | null): string => {
  const budget = run?.legs[0]?.plan.gpuMinutes ?? null
  return `${Math.floor(standing.gpuMinutes)}${budget === null ? '' : ` of ${formatMinutes(budget)}`} GPU minutes spent`
}
