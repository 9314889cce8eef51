import { COUNTED } from '../domain/counted.ts'
import type { Report, RunReport } from '../domain/report.ts'
import { joinAll, RUN_STATES, type RunVerdict } from '../domain/verdict.ts'
import { capital, enumerated, trialsOf } from './format.ts'
import { interfered } from './headline-failures.ts'
import { awaitsProofs, countedSentenceOf, sentenceOf } from './headline-leg.ts'
import { headsOf } from './order.ts'
import { VERDICT_WORD, ZKVM_NAME } from './words.ts'

/**
 * The verdict in one sentence with the worst number and the block it is from, of several zkVMs that of the worst. Only
 * our words, numbers and reasons are in it, so it is as good in a terminal as in a comment.
 */
export const headlineOf = (run: RunReport): string => {
  const heads = headsOf(run)
  const worst = wholeSentenceOf(run, heads)
  if (worst !== null) return `${VERDICT_WORD[run.verdict]}: ${worst}`
  return severalOf(run, heads)
}

/** The leg of head that stands for the run: the worst of those that came to the run's verdict, else of all. */
export const namedLegOf = (run: RunReport): Report => namedAmong(headsOf(run), run.verdict, ownVerdict)

const ownVerdict = ({ verdict }: Report): RunVerdict => verdict

const namedAmong = (
  heads: readonly Report[],
  wanted: RunVerdict,
  verdictOf: (leg: Report) => RunVerdict
): Report => {
  const named = heads.find((leg) => verdictOf(leg) === wanted) ?? heads[0]
  if (named === undefined) throw new Error('Internal error: a run without a leg of head')
  return named
}

/** What is true of the whole run, or of its only zkVM; null where one of several has to be named. */
const wholeSentenceOf = (run: RunReport, heads: readonly Report[]): string | null => {
  if (run.verdict === 'cancelled') return `no verdict after ${trialsOf(run.progress)}`
  if (run.verdict === 'infrastructure') return interfered(run.legs.flatMap(({ failures }) => failures))
  if (run.verdict === 'identical') return 'nothing that proving depends on differs'
  const [first] = heads
  return first === undefined || heads.length > 1 ? null : sentenceOf(first)
}

const severalOf = (run: RunReport, heads: readonly Report[]): string => {
  const named = namedAmong(heads, run.verdict, ownVerdict)
  const zkvm = ZKVM_NAME[named.plan.zkvm]
  const rest = othersOf(named, heads, ownVerdict)
  // Where the run's verdict is that of no single one, as where one got better and another worse.
  return named.verdict === run.verdict
    ? `${VERDICT_WORD[run.verdict]} on ${zkvm}: ${sentenceOf(named)}${rest}`
    : `${VERDICT_WORD[run.verdict]}: ${lower(named.verdict)} on ${zkvm}, ${sentenceOf(named)}${rest}`
}

/** What the other zkVMs came to: `; also on ZisK; SP1: improvement`. */
const othersOf = (
  named: Report,
  heads: readonly Report[],
  verdictOf: (leg: Report) => RunVerdict
): string => {
  const rest = heads.filter((leg) => leg !== named)
  const nameOf = ({ plan }: Report): string => ZKVM_NAME[plan.zkvm]
  const alike = rest.filter((leg) => verdictOf(leg) === verdictOf(named))
  const unlike = rest.filter((leg) => !alike.includes(leg))
  return [
    ...(alike.length === 0 ? [] : [`; also on ${enumerated(alike.map(nameOf))}`]),
    ...unlike.map((leg) => `; ${nameOf(leg)}: ${lower(verdictOf(leg))}`)
  ].join('')
}

const lower = (verdict: RunVerdict): string => VERDICT_WORD[verdict].toLowerCase()

/**
 * The same while the run goes on and all that executions count is known: what is said of it is final. A state, such as that
 * of a head which cannot be executed, comes first here too. What only proofs count is no verdict yet.
 */
export const cyclesHeadlineOf = (run: RunReport): string => {
  if (hasState(run)) return headlineOf(run)
  const all = headsOf(run, legStanding)
  const heads = all.filter((leg) => !awaitsProofs(leg))
  const awaited = all.filter(awaitsProofs)
  if (heads.length === 0) return capital(`${enumerated(awaited.map(countedOf))}: counted while proving`)
  const named = namedAmong(heads, cyclesStanding(run), legStanding)
  const said = countedSentenceOf(named)
  if (all.length === 1) return capital(said)
  const later = awaited.map(({ plan }) => `; ${ZKVM_NAME[plan.zkvm]}: counted while proving`).join('')
  return `${ZKVM_NAME[named.plan.zkvm]} ${said}${othersOf(named, heads, legStanding)}${later}`
}

const countedOf = ({ plan }: Report): string => COUNTED[plan.zkvm]

/** The state of a run that goes on if it has one, else its verdict on what was counted. */
export const cyclesStanding = (run: RunReport): RunVerdict =>
  hasState(run)
    ? run.verdict
    : joinAll(headsOf(run).flatMap((leg) => (awaitsProofs(leg) ? [] : [leg.cyclesVerdict])))

const hasState = ({ verdict }: RunReport): boolean => RUN_STATES.some((state) => state === verdict)

const legStanding = ({ verdict, cyclesVerdict }: Report): RunVerdict =>
  RUN_STATES.find((state) => state === verdict) ?? cyclesVerdict
