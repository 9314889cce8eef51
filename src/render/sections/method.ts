import type { Build } from '../../domain/build.ts'
import type { Machine } from '../../domain/machine.ts'
import type { Report } from '../../domain/report.ts'
import { SIDES } from '../../domain/revision.ts'
import { formatDuration, formatGibibytes, formatMinutes, plural } from '../format.ts'
import { code, details, prose, sentence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { View } from '../view.ts'
import { EXACTNESS_WORDS } from '../words.ts'

const FEW = 20

/** How the figures were come by, and what to doubt. */
export const method = ({ report, context, detail }: View): string => {
  const { shown, hidden } = firstOf(report.notes, FEW, detail)
  const more = hidden > 0 ? [`- And ${plural(hidden, 'more note')} in ${wholeIn(context)}.`] : []
  const lines = [
    cycles(report),
    ...time(report),
    machine(report.machine),
    ...builds(report),
    trials(report),
    ...shown.map((note) => `- Note: ${sentence(note)}`),
    ...more
  ]
  return details(`Method and trust: ${closedLine(report)}`, lines.join('\n'))
}

const closedLine = (report: Report): string => {
  const pairs = pairsOf(report)
  const made =
    report.timeVerdict === null ? 'cycles only' : `${pairs.measured} of ${plural(pairs.planned, 'pair')}`
  return `${made}, ${formatMinutes(report.gpuMinutes)} GPU minutes, ${plural(report.notes.length, 'note')}`
}

const pairsOf = ({ plan, overall }: Report): { readonly measured: number; readonly planned: number } => ({
  measured: overall.find(({ metric }) => metric === 'proving-time')?.pairs ?? 0,
  planned: plan.rounds * plan.blocks.length
})

const cycles = ({ comparisons, plan }: Report): string => {
  const kind = comparisons.find(
    ({ metric, exactness }) => metric === 'cycles' && exactness !== null
  )?.exactness
  const what = kind === undefined || kind === null ? '' : ` They are ${EXACTNESS_WORDS[kind]}.`
  return `- Cycles: every block executed once a side from the same witness, compared digit by digit; a change counts beyond ${plan.cycleThreshold.text}.${what}`
}

const time = (report: Report): readonly string[] => {
  if (report.timeVerdict === null) return []
  const { measured, planned } = pairsOf(report)
  if (measured === 0) return ['- Proving time: no pair was completed.']
  return [
    `- Proving time: ${measured} of ${plural(planned, 'pair')} after one warm-up proof; a pair is base and head back to back on one machine, ` +
      'and which goes first alternates by round and block. Figures are geometric means over the pairs.',
    '- Missing: the noise of this machine and a test against it. Until then proving time is never more than an estimate.',
    "- The time is what the prover's client reports of itself, checked only against the wall time seen around it."
  ]
}

const machine = ({ cpu, cores, memory, os, gpu, driver, rustc, node }: Machine): string => {
  const known = (text: string | null, name: string): string =>
    text === null ? `${name} unknown` : prose(text, 120)
  const driven = gpu === null ? 'no GPU seen' : `${prose(gpu, 120)}, ${drivenBy(driver)}`
  const tools = [known(rustc, 'rustc'), `Node ${prose(node, 40)}`].join(', ')
  return `- Machine: ${driven}; ${known(cpu, 'CPU')}, ${plural(cores, 'core')}, ${formatGibibytes(memory)}; ${prose(os, 120)}; ${tools}.`
}

const drivenBy = (driver: string | null): string =>
  driver === null ? 'driver unknown' : `driver ${prose(driver, 120)}`

const builds = ({ builds }: Report): readonly string[] =>
  SIDES.flatMap((side) => {
    const build = builds[side]
    return build === null ? [] : [`- Build of ${side}: ${buildLine(build)}`]
  })

const buildLine = ({ sha256, features, toolchain, reused }: Build): string =>
  `binary ${code(sha256.slice(0, 12))}, features ${code(features.join(','))}, ${prose(toolchain, 120)}${reused ? ', taken from an earlier run' : ''}.`

const trials = (report: Report): string => {
  const { progress, trials, plan } = report
  const failed = trials.filter(({ outcome }) => outcome === 'failed').length
  const budget = plan.gpuMinutes === null ? 'no limit' : `of ${formatMinutes(plan.gpuMinutes)}`
  return (
    `- Spent: ${progress.done} of ${plural(progress.planned, 'trial')} in ${formatDuration(report.wall)}, ` +
    `${plural(report.proofs, 'timed proof')}, ${formatMinutes(report.gpuMinutes)} GPU minutes (${budget}); ` +
    `discarded: ${failed === 0 ? 'none' : plural(failed, 'failed trial')}.`
  )
}
