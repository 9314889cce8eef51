import { EFFORT } from '../../src/domain/effort.ts'
import { ratioOf } from '../../src/domain/threshold.ts'
import type { Look, Timing } from '../../src/domain/timing.ts'
import { startMachine } from './machine.ts'
import { measureOn, simulatedPlan } from './product.ts'
import { SCENARIO } from './scenarios.ts'
import type { MachineName } from './scenarios.ts'
import { SUITES } from './suites.ts'

interface Panel {
  readonly title: string
  readonly machine: MachineName
  /** In percent. */
  readonly truth: number
  /** Chosen for taking more than one look. */
  readonly session: number
}

const PANELS: readonly Panel[] = [
  { title: 'nothing changed', machine: 'typical', truth: 0, session: 8 },
  { title: '3 % slower', machine: 'typical', truth: 3, session: 8 },
  { title: '2 % slower, noisy machine', machine: 'noisy', truth: 2, session: 3 }
]

const WIDTH = 880
const HEIGHT = 352
const PANEL = { left: 74, width: 250, gap: 16, top: 62, bottom: 252 }
/** Percent at either end of a panel. */
const REACH = 8
const LOOKS = EFFORT.default.degreesOfFreedom.length
const MARGIN = 100 * ratioOf(EFFORT.default.margin)

/** Three simulated sessions, one for each outcome: the intervals of their looks against the margin. An SVG. */
export const renderPicture = (): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-size="13"`,
    '  font-family="-apple-system, BlinkMacSystemFont, Segoe UI, Noto Sans, Helvetica, Arial, sans-serif">',
    `<title>Intervals of three simulated sessions at their looks, against the margin of ±${MARGIN} %</title>`,
    STYLE,
    `<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>`,
    ...Array.from({ length: LOOKS }, (_, index) =>
      text('label end', [62, rowOf(index) + 4], `look ${index + 1}`)
    ),
    ...PANELS.flatMap(panelOf),
    ...legend(),
    '</svg>',
    ''
  ].join('\n')

/** A card of its own, so that it is readable on any page, whatever the page believes the theme to be. */
const STYLE = `<style>
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-weight: 600 }
  text { fill: #1f2328 }
  .label { fill: #59636e }
  .end { text-anchor: end }
  .mid { text-anchor: middle }
  .band { fill: #ddf4ff }
  .axis { stroke: #d1d9e0 }
  .zero { stroke: #59636e }
  .truth { stroke: #8250df; stroke-dasharray: 3 3 }
  .change { stroke: #1f2328; stroke-width: 1.5 }
  .same { stroke: #0969da; stroke-width: 6 }
  .dot { fill: #ffffff; stroke: #1f2328; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .label { fill: #9198a1 }
    .band { fill: #12284a }
    .axis { stroke: #3d444d }
    .zero { stroke: #9198a1 }
    .truth { stroke: #ab7df8 }
    .change { stroke: #f0f6fc }
    .same { stroke: #4493f8 }
    .dot { fill: #0d1117; stroke: #f0f6fc }
  }
</style>`

const panelOf = ({ title, machine, truth, session }: Panel, index: number): readonly string[] => {
  const left = PANEL.left + index * (PANEL.width + PANEL.gap)
  const x = (percent: number): number => left + (PANEL.width * (percent + REACH)) / (2 * REACH)
  const { looks } = timingOf({ machine, truth, session })
  const last = looks.at(-1)
  if (last === undefined) throw new Error('a session without a look')
  return [
    text('title mid', [x(0), 30], title),
    rect('band', [x(-MARGIN), PANEL.top], [x(MARGIN) - x(-MARGIN), PANEL.bottom - PANEL.top]),
    line('axis', [left, PANEL.bottom], [left + PANEL.width, PANEL.bottom]),
    ...[-6, -4, -2, 0, 2, 4, 6].map((at) => text('label mid', [x(at), PANEL.bottom + 18], signed(at))),
    line('zero', [x(0), PANEL.top], [x(0), PANEL.bottom]),
    ...(truth === 0 ? [] : [line('truth', [x(truth), PANEL.top], [x(truth), PANEL.bottom])]),
    ...looks.flatMap((look) => lookOf(look, x)),
    ...Array.from({ length: LOOKS - looks.length }, (_, after) =>
      text('label', [left, rowOf(looks.length + after) + 4], 'not needed')
    ),
    text('title mid', [x(0), PANEL.bottom + 44], `${last.verdict ?? 'undecided'}, after ${last.pairs} pairs`)
  ]
}

const timingOf = ({ machine, truth, session }: Omit<Panel, 'title'>): Timing => {
  const costs = SUITES['four blocks']
  const effect = Math.log1p(truth / 100)
  const simulated = startMachine({ scenario: SCENARIO[machine], costs, effect, seed: 1, number: session })
  return measureOn(simulated, simulatedPlan('default', costs))
}

const lookOf = (
  { index, change, same, percent }: Look,
  x: (percent: number) => number
): readonly string[] => {
  if (change === null || same === null || percent === null) throw new Error('a look without intervals')
  const y = rowOf(index - 1)
  return [
    line('change', [x(change.lo), y], [x(change.hi), y]),
    ...[change.lo, change.hi].map((end) => line('change', [x(end), y - 5], [x(end), y + 5])),
    line('same', [x(same.lo), y], [x(same.hi), y]),
    `<circle class="dot" cx="${x(percent).toFixed(1)}" cy="${y}" r="4"/>`
  ]
}

const legend = (): readonly string[] => {
  const y = HEIGHT - 26
  return [
    rect('band', [74, y - 9], [26, 18]),
    text('label', [108, y + 4], `margin ±${MARGIN} %`),
    line('same', [214, y], [240, y]),
    text('label', [248, y + 4], '95 %: inside the margin is no-change'),
    line('change', [488, y], [514, y]),
    text('label', [522, y + 4], '99 %: without zero is a change'),
    line('truth', [724, y - 9], [724, y + 9]),
    text('label', [734, y + 4], 'the truth, if not 0')
  ]
}

type Point = readonly [x: number, y: number]

const rowOf = (look: number): number => PANEL.top + ((PANEL.bottom - PANEL.top) * (look + 0.5)) / LOOKS

const text = (name: string, [x, y]: Point, content: string): string =>
  `<text class="${name}" x="${x.toFixed(1)}" y="${y.toFixed(1)}">${content}</text>`

const line = (name: string, [x1, y1]: Point, [x2, y2]: Point): string =>
  `<line class="${name}" x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}"/>`

const rect = (name: string, [x, y]: Point, [width, height]: Point): string =>
  `<rect class="${name}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"/>`

const signed = (percent: number): string => (percent > 0 ? `+${percent}%` : `${percent}%`)
