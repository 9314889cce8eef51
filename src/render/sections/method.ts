import type { Build } from '../../domain/build.ts'
import { COUNTED_BY_PROOFS } from '../../domain/counted.ts'
import type { Machine } from '../../domain/machine.ts'
import type { Report, RunReport } from '../../domain/report.ts'
import { SIDES } from '../../domain/revision.ts'
import {
  capital,
  formatBlocks,
  formatDuration,
  formatGibibytes,
  formatMinutes,
  plural,
  trialsOf
} from '../format.ts'
import { code, details, prose, sentence } from '../markdown.ts'
import { titled } from '../naming.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { RunView } from '../run-view.ts'
import type { View } from '../view.ts'
import { countWords, ZKVM_NAME } from '../words.ts'
import { looksMade, timeLines } from './method-time.ts'
import { samenessLines } from './sameness.ts'

const FEW = 20

/** How the figures of a zkVM were come by, and what to doubt. */
export const method = (view: View, run: RunReport): string | null => {
  const { report, context, detail } = view
  if (report.ending === 'identical' && report.notes.length === 0) return null
  const { shown, hidden } = firstOf(report.notes, FEW, detail)
  const more = hidden > 0 ? [`- And ${plural(hidden, 'more note')} in ${wholeIn(context)}.`] : []
  const lines = [
    ...(report.ending === 'identical' ? [] : measured(view, run)),
    ...shown.map((note) => `- Note: ${sentence(note)}`),
    ...more
  ]
  return details(titled(view, `Method and trust: ${closedLine(view, run)}`), lines.join('\n'))
}

/** What several zkVMs have in common; null of one, which says it with its method. */
export const machineAndCost = ({ run, heads }: RunView): string | null => {
  const [first] = heads
  if (first === undefined || heads.length < 2) return null
  const minutes = `${budgetOf(run)} GPU minutes`
  return details(`Machine and cost: ${minutes}`, [machine(first.report.machine), spent(run)].join('\n'))
}

/** The machine, and what was spent, are those of the run: said here where it has one zkVM. */
const measured = (view: View, run: RunReport): readonly string[] => {
  const { report, isOneOfSeveral } = view
  return [
    ...cycles(view),
    ...timeLines(report),
    ...samenessLines(report),
    ...(isOneOfSeveral ? [] : [machine(report.machine)]),
    ...builds(report),
    ...(isOneOfSeveral ? [] : [spent(run)])
  ]
}

const closedLine = (view: View, run: RunReport): string => {
  const { report, isOneOfSeveral } = view
  const notes = report.notes.length === 0 ? [] : [plural(report.notes.length, 'note')]
  if (report.ending === 'identical') return notes.join('')
  const minutes = isOneOfSeveral ? formatMinutes(report.gpuMinutes) : budgetOf(run)
  return [...made(view), `${minutes} GPU minutes`, ...notes].join(', ')
}

const made = ({ report, counted }: View): readonly string[] => {
  if (report.timeVerdict === null) return [`${counted} only`]
  const pairs = report.time?.pairs.length ?? 0
  return pairs === 0 ? ['no pair'] : [plural(pairs, 'pair'), looksMade(report)]
}

/** The budget is that of the whole run. */
const budgetOf = ({ gpuMinutes, legs }: Pick<RunReport, 'gpuMinutes' | 'legs'>): string => {
  const budget = legs[0]?.plan.gpuMinutes ?? null
  return `${formatMinutes(gpuMinutes)}${budget === null ? '' : ` of ${formatMinutes(budget)}`}`
}

const cycles = ({ report, counted }: View): readonly string[] => {
  const { comparisons, plan, trials } = report
  if (!trials.some(({ phase }) => phase === 'cycles')) return []
  const kind = comparisons.find(
    ({ metric, exactness }) => metric === 'cycles' && exactness !== null
  )?.exactness
  const what = kind === undefined || kind === null ? '' : ` They are ${countWords(plan.zkvm, kind)}.`
  const beyond = `compared digit by digit; a change counts beyond ${plan.cycleThreshold.text}`
  if (isCountedByProofs(report)) {
    return [
      `- ${capital(counted)}: said by proofs alone, so those of the first proof of a block on either side are ${beyond}.${what}`
    ]
  }
  const which = plan.blocks.some(({ hasEqualCycles }) => hasEqualCycles)
    ? 'the blocks that may differ'
    : 'every block'
  if (kind === undefined && COUNTED_BY_PROOFS.has(plan.zkvm)) {
    return [
      `- ${capital(counted)}: none, for ${ZKVM_NAME[plan.zkvm]} counts them only while it proves; ${which} executed once a side from the same witness.`
    ]
  }
  return [
    `- ${capital(counted)}: ${which} executed once a side from the same witness, ${beyond}.${what}${twice(report)}`,
    ...kept(report, counted)
  ]
}

/** Where something was counted, and no execution did it. */
const isCountedByProofs = ({ comparisons, trials }: Report): boolean =>
  comparisons.some(({ metric }) => metric === 'cycles') &&
  trials.every(({ phase, cycles }) => phase !== 'cycles' || cycles === null)

/** A count that is not the same twice is none. */
const twice = ({ trials }: Report): string => {
  const again = trials.filter(({ cause, outcome }) => cause === 'determinism' && outcome === 'measured')
  const blocks = formatBlocks([...new Set(again.map(({ block }) => block))].toSorted((a, b) => a - b))
  return blocks === '' ? '' : ` Block ${blocks} was executed once more, to see the same count.`
}

const kept = ({ trials }: Report, counted: string): readonly string[] =>
  SIDES.flatMap((side) => {
    const own = trials.filter((trial) => trial.kept && trial.wall === 0 && trial.side === side)
    const blocks = formatBlocks([...new Set(own.map(({ block }) => block))].toSorted((a, b) => a - b))
    return blocks === ''
      ? []
      : [
          `- ${capital(counted)} of ${side} on ${blocks} are those that an earlier run counted with the same binary and input; not executed again.`
        ]
  })

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

const spent = ({ legs, progress, wall, proofs, gpuMinutes }: RunReport): string => {
  const trials = legs.flatMap((leg) => leg.trials)
  const failed = trials.filter(({ outcome, kept }) => outcome === 'failed' && !kept).length
  const limit = legs[0]?.plan.gpuMinutes === null ? ' (no limit)' : ''
  if (trials.length === 0) return '- Spent: nothing; no trial was made.'
  return (
    `- Spent: ${trialsOf(progress)} in ${formatDuration(wall)}, ` +
    `${plural(proofs, 'timed proof')}, ${budgetOf({ gpuMinutes, legs })} GPU minutes${limit}; ` +
    `discarded: ${failed === 0 ? 'none' : plural(failed, 'failed trial')}.`
  )
}
