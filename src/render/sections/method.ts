import type { Build } from '../../domain/build.ts'
import type { Machine } from '../../domain/machine.ts'
import type { Report } from '../../domain/report.ts'
import { SIDES } from '../../domain/revision.ts'
import { formatBlocks, formatDuration, formatGibibytes, formatMinutes, plural, trialsOf } from '../format.ts'
import { code, details, prose, sentence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { View } from '../view.ts'
import { EXACTNESS_WORDS } from '../words.ts'
import { looksMade, timeLines } from './method-time.ts'
import { samenessLines } from './sameness.ts'

const FEW = 20

/** How the figures were come by, and what to doubt. */
export const method = ({ report, context, detail }: View): string | null => {
  if (report.ending === 'identical' && report.notes.length === 0) return null
  const { shown, hidden } = firstOf(report.notes, FEW, detail)
  const more = hidden > 0 ? [`- And ${plural(hidden, 'more note')} in ${wholeIn(context)}.`] : []
  const lines = [
    ...(report.ending === 'identical' ? [] : measured(report)),
    ...shown.map((note) => `- Note: ${sentence(note)}`),
    ...more
  ]
  return details(`Method and trust: ${closedLine(report)}`, lines.join('\n'))
}

const measured = (report: Report): readonly string[] => [
  ...cycles(report),
  ...timeLines(report),
  ...samenessLines(report),
  machine(report.machine),
  ...builds(report),
  spent(report)
]

const closedLine = (report: Report): string => {
  const notes = report.notes.length === 0 ? [] : [plural(report.notes.length, 'note')]
  if (report.ending === 'identical') return notes.join('')
  return [...made(report), `${budgetOf(report)} GPU minutes`, ...notes].join(', ')
}

const made = (report: Report): readonly string[] => {
  if (report.timeVerdict === null) return ['cycles only']
  const pairs = report.time?.pairs.length ?? 0
  return pairs === 0 ? ['no pair'] : [plural(pairs, 'pair'), looksMade(report)]
}

const budgetOf = ({ gpuMinutes, plan }: Report): string =>
  `${formatMinutes(gpuMinutes)}${plan.gpuMinutes === null ? '' : ` of ${formatMinutes(plan.gpuMinutes)}`}`

const cycles = (report: Report): readonly string[] => {
  const { comparisons, plan, trials } = report
  if (!trials.some(({ phase }) => phase === 'cycles')) return []
  const kind = comparisons.find(
    ({ metric, exactness }) => metric === 'cycles' && exactness !== null
  )?.exactness
  const what = kind === undefined || kind === null ? '' : ` They are ${EXACTNESS_WORDS[kind]}.`
  const which = plan.blocks.some(({ hasEqualCycles }) => hasEqualCycles)
    ? 'the blocks that may differ'
    : 'every block'
  return [
    `- Cycles: ${which} executed once a side from the same witness, compared digit by digit; a change counts beyond ${plan.cycleThreshold.text}.${what}${twice(report)}`,
    ...kept(report)
  ]
}

/** A count that is not the same twice is none. */
const twice = ({ trials }: Report): string => {
  const again = trials.filter(({ cause, outcome }) => cause === 'determinism' && outcome === 'measured')
  const blocks = formatBlocks([...new Set(again.map(({ block }) => block))].toSorted((a, b) => a - b))
  return blocks === '' ? '' : ` Block ${blocks} was executed once more, to see the same count.`
}

const kept = ({ trials }: Report): readonly string[] =>
  SIDES.flatMap((side) => {
    const own = trials.filter((trial) => trial.kept && trial.side === side)
    const blocks = formatBlocks([...new Set(own.map(({ block }) => block))].toSorted((a, b) => a - b))
    return blocks === ''
      ? []
      : [
          `- Cycles of ${side} on ${blocks} are those that an earlier run counted with the same binary and input; not executed again.`
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

const spent = (report: Report): string => {
  const failed = report.trials.filter(({ outcome }) => outcome === 'failed').length
  const limit = report.plan.gpuMinutes === null ? ' (no limit)' : ''
  if (report.trials.length === 0) return '- Spent: nothing; no trial was made.'
  return (
    `- Spent: ${trialsOf(report.progress)} in ${formatDuration(report.wall)}, ` +
    `${plural(report.proofs, 'timed proof')}, ${budgetOf(report)} GPU minutes${limit}; ` +
    `discarded: ${failed === 0 ? 'none' : plural(failed, 'failed trial')}.`
  )
}
