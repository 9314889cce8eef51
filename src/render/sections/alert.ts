import type { Failure } from '../../domain/failure.ts'
import { METRIC } from '../../domain/metric.ts'
import type { Comparison, RunReport } from '../../domain/report.ts'
import type { RunVerdict } from '../../domain/verdict.ts'
import { capital, plural } from '../format.ts'
import { interferenceOf } from '../interference.ts'
import { sentence } from '../markdown.ts'
import { zkvmOf } from '../naming.ts'
import { runFailures, whoseOf } from '../run-failures.ts'
import type { RunView } from '../run-view.ts'
import { marginOf, namedBlocks, timedBlocksOf } from '../time-words.ts'
import { changeOf, type View } from '../view.ts'

const SHOWN = 3

/** Only where somebody has to act: a regression, or a verdict that is withheld. */
export const alert = (view: RunView): string | null => {
  const { verdict } = view.run
  if (verdict === 'regression' || verdict === 'mixed') return box('CAUTION', view.heads.flatMap(risen))
  const advice = adviceOn(view.run)
  if (advice === null) return null
  return box(verdict === 'head-failed' ? 'CAUTION' : 'WARNING', [...causes(view), advice])
}

const adviceOn = ({ verdict, timeVerdict, legs }: RunReport): string | null => {
  if (verdict === 'incomparable' && timeVerdict === 'incomparable') return ONE_HOST
  if (verdict !== 'infrastructure' && verdict !== 'cancelled') return ADVICE[verdict] ?? null
  const { advice, isTrusted } = interferenceOf(legs.flatMap(({ failures }) => failures)).kind
  if (!isTrusted) return advice
  return verdict === 'cancelled' ? CANCELLED : `${advice} What finished is below.`
}

const ONE_HOST =
  'Proving time is only compared where one host proves both sides. Say in `host-ref` which, and run again.'

const CANCELLED =
  'Not a verdict on the whole: below is what was finished. Cycles of a block that both sides executed are exact all the same. A run with the same plan, on the same machine, goes on from there.'

const ADVICE: Readonly<Partial<Record<RunVerdict, string>>> = {
  incomparable:
    'No percentage is given where two figures do not stand for the same work; all others are compared. Run again to see whether it stays so.',
  'head-failed':
    'Base does this on the same machine with the same input, so the cause is in head. What finished is below.',
  'base-failed':
    'Head is only judged against a base that works: fix base or choose another, then run again. What finished is below.'
}

/** An alert box of GitHub's; each line is a paragraph. */
export const box = (kind: 'CAUTION' | 'WARNING', lines: readonly string[]): string =>
  [`> [!${kind}]`, ...lines.map((line) => `> ${line}`)].join('\n> \n').replace(']\n> \n', ']\n')

const risen = (view: View): readonly string[] => {
  const of = zkvmOf(view).map((zkvm) => `**${zkvm}:** `)
  return [...risenCycles(view), ...risenTime(view)].map((line) => `${of.join('')}${line}`)
}

const risenCycles = ({ report, detail, counted }: View): readonly string[] => {
  const risen = report.comparisons
    .filter((one) => one.metric === 'cycles' && one.verdict === 'regression')
    .toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0))
  if (risen.length === 0) return []
  const where =
    detail.spans && report.spans.length > 0 ? ` The ${counted} by span below show where in the guest.` : ''
  const on = `${risen.length} of ${plural(report.plan.blocks.length, 'block')}`
  const rose = `${capital(counted)} rose by more than ${report.plan.cycleThreshold.text}`
  return [`${rose} on ${on}: ${firstFew(risen)}.${where}`]
}

/** A block that stands out is worth naming also where all of them together got faster. */
const risenTime = ({ report, overall }: View): readonly string[] => {
  const time = overall('proving-time')
  const risen = namedBlocks(report).filter(({ verdict }) => verdict === 'regression')
  const parts = [
    ...(report.timeVerdict === 'regression' && time !== null
      ? [`${changeOf(time)} over ${timedBlocksOf(report, time)}`]
      : []),
    ...(risen.length === 0
      ? []
      : [
          `beyond ${marginOf(report)} by ${risen.length === 1 ? 'itself on block' : 'themselves on blocks'} ${firstFew(risen)}`
        ])
  ]
  return parts.length === 0 ? [] : [`Proving time rose: ${parts.join('; ')}.`]
}

const firstFew = (risen: readonly Comparison[]): string => {
  const shown = risen.slice(0, SHOWN).map((one) => `${one.block} (${changeOf(one)})`)
  const more = risen.length > SHOWN ? `, and ${risen.length - SHOWN} more` : ''
  return `${shown.join(', ')}${more}`
}

const causes = (view: RunView): readonly string[] => {
  const { verdict } = view.run
  const found =
    verdict === 'incomparable'
      ? view.heads.flatMap(incomparable)
      : runFailures(view)
          .filter(({ failure, view: leg }) => isCause(failure, leg, verdict))
          .map((one) => {
            const { block, message } = one.failure
            const where = [...whoseOf(one), ...(block === null ? [] : [`block ${block}`])]
            return `**${where.join(', ')}:** ${sentence(message)}`
          })
  return found.length > SHOWN ? [...found.slice(0, SHOWN), `And ${found.length - SHOWN} more.`] : found
}

const incomparable = (view: View): readonly string[] =>
  view.report.comparisons
    .filter(({ verdict, metric }) => verdict === 'incomparable' && metric !== 'proving-time')
    .map((comparison) => whyIncomparable(comparison, view))

const whyIncomparable = ({ block, metric, exactness }: Comparison, view: View): string => {
  const what = metric === 'cycles' ? view.counted : METRIC[metric].label.toLowerCase()
  const why = exactness === null ? 'were counted in different ways' : 'differ where they have to be equal'
  return `**${[...zkvmOf(view), `block ${block}`].join(', ')}:** its ${what} ${why}; the notes below say how.`
}

/** Of head and base only head's legs are asked; the machine may have failed in any. */
const isCause = ({ side }: Failure, { report }: View, verdict: RunVerdict): boolean => {
  const isHeads = report.plan.variant === null
  if (verdict === 'head-failed') return isHeads && side === 'head'
  if (verdict === 'base-failed') return isHeads && side === 'base'
  return side === null
}
