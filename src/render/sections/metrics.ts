import type { MetricName } from '../../domain/metric.ts'
import { METRIC } from '../../domain/metric.ts'
import type { PlannedBlock } from '../../domain/plan.ts'
import { formatThroughput } from '../format.ts'
import { details, table } from '../markdown.ts'
import { titled } from '../naming.ts'
import { shownBlocks } from '../rows.ts'
import { changeOf, type View } from '../view.ts'
import { NONE } from '../words.ts'
import { figuresOf } from './blocks.ts'

const INFORMATIVE: readonly MetricName[] = [
  'execution-time',
  'prover-gas',
  'segments',
  'steps',
  'instructions'
]

/** What is measured besides, for information: none of it is part of a verdict. */
export const metrics = (view: View): string | null => {
  const shown = shownBlocks([view])
  const present = INFORMATIVE.filter((metric) => view.overall(metric) !== null && !isSaid(view, metric))
  const isTimed = view.overall('proving-time') !== null
  if (shown.length === 0 || (present.length === 0 && !isTimed)) return null
  const head = [
    'Block',
    ...present.flatMap((metric) => [METRIC[metric].label, 'Δ']),
    ...(isTimed ? ['Mgas/s'] : [])
  ]
  const rows = shown.map((planned) => [
    String(planned.block),
    ...present.flatMap((metric) => figures(view, planned, metric)),
    ...(isTimed ? [throughput(view, planned)] : [])
  ])
  const note = present.includes('execution-time')
    ? ` Execution time is of the one execution a side that counted the ${view.counted}, with what the client does when it starts.`
    : ''
  const body = table([head, ...rows], `l${'r'.repeat(head.length - 1)}`)
  return details(
    titled(view, 'Execution and other metrics'),
    `${body}\n\nBase → head, for information.${note}`
  )
}

/** What a zkVM counts in place of cycles is in the table above, unless it is not the same figures. */
const isSaid = ({ report: { comparisons } }: View, metric: MetricName): boolean => {
  if (metric !== 'steps' && metric !== 'instructions') return false
  const own = comparisons.filter((one) => one.metric === metric)
  return own.every(({ block, base, head }) =>
    comparisons.some(
      (one) => one.metric === 'cycles' && one.block === block && one.base === base && one.head === head
    )
  )
}

const figures = (view: View, { block }: PlannedBlock, metric: MetricName): readonly string[] => {
  const comparison = view.comparison(block, metric)
  return comparison === null ? [NONE, NONE] : [figuresOf(comparison), changeOf(comparison)]
}

/** Gas of the block over its proving time, in millions of gas a second. */
const throughput = (view: View, { block, gas }: PlannedBlock): string => {
  const time = view.comparison(block, 'proving-time')
  if (time === null || gas === null) return NONE
  const rate = (seconds: number | bigint): string => formatThroughput(Number(gas) / 1e6 / Number(seconds))
  return `${rate(time.base)} → ${rate(time.head)}`
}
