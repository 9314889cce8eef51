import { blocked } from './peers/blocked.ts'
import { onePair } from './peers/one-pair.ts'
import { resampling } from './peers/resampling.ts'
import { twentyPairs, twentyPairsOfOneBlock } from './peers/twenty-pairs.ts'
import { product } from './product.ts'
import type { Rule } from './rule.ts'
import { MACHINES } from './scenarios.ts'
import type { MachineName } from './scenarios.ts'
import { SUITES } from './suites.ts'
import type { SuiteName } from './suites.ts'

/** Our rule at each effort, and the peers'. */
export const RULES = {
  default: (costs) => product('default', costs),
  quick: (costs) => product('quick', costs),
  thorough: (costs) => product('thorough', costs),
  'one pair, ±5 %': () => onePair,
  'base ×5, then head ×5, Welch': () => blocked,
  '20 pairs, t and Wilcoxon': () => twentyPairs,
  '20 pairs of one block': () => twentyPairsOfOneBlock,
  'resampling at 95 %': () => resampling
} as const satisfies Readonly<Record<string, (costs: readonly number[]) => Rule>>

export type RuleName = keyof typeof RULES

export const OURS = ['default', 'quick', 'thorough'] as const satisfies readonly RuleName[]
export const PEERS = [
  'one pair, ±5 %',
  'base ×5, then head ×5, Welch',
  '20 pairs, t and Wilcoxon',
  '20 pairs of one block',
  'resampling at 95 %'
] as const satisfies readonly RuleName[]

/** Sessions of one rule on one kind of machine. */
export interface RowSpec {
  readonly rule: RuleName
  readonly suite: SuiteName
  readonly machine: MachineName
  /** ln(head/base) of each of the kinds of head that it meets. */
  readonly effects: readonly number[]
  readonly sessions: number
}

/** True changes in percent. */
export const EFFECTS = [0, 1, 2, 5] as const
export type Effect = (typeof EFFECTS)[number]

const LOGS = EFFECTS.map((effect) => Math.log1p(effect / 100))
const OTHER_MACHINES = [
  'quiet',
  'typical',
  'noisy',
  'nasty',
  'bias'
] as const satisfies readonly MachineName[]

/**
 * ln(variant/main) of the seven optimisations of ethrex's document "ethrex-prover performance" that were proved with
 * SP1 on four blocks: jumpdest, ecpairing, trie 1, trie 2, trie 3, the three together, all of them.
 */
export const OPTIMISATIONS = [-0.03, -0.048, -0.02, -0.054, -0.159, -0.214, -0.339] as const

/** Every row, so many sessions each; a quarter of them for `thorough`, which takes long to simulate too. */
export const rowsOf = (sessions: number): readonly RowSpec[] => {
  const row = (rule: RuleName, suite: SuiteName, machine: MachineName): RowSpec => ({
    rule,
    suite,
    machine,
    effects: LOGS,
    sessions: rule === 'thorough' ? Math.ceil(sessions / 4) : sessions
  })
  return [
    ...MACHINES.map((machine) => row('default', 'four blocks', machine)),
    ...PEERS.flatMap((rule) => MACHINES.map((machine) => row(rule, 'four blocks', machine))),
    ...OTHER_MACHINES.map((machine) => row('quick', 'two cheapest', machine)),
    ...OTHER_MACHINES.map((machine) => row('thorough', 'four blocks', machine)),
    ...OTHER_MACHINES.map((machine) => row('default', 'eight short blocks', machine))
  ]
}

/** The heads of the stream of pull requests that change something. */
export const streamRow = (sessions: number): RowSpec => ({
  rule: 'default',
  suite: 'four blocks',
  machine: 'typical',
  effects: OPTIMISATIONS,
  sessions: Math.ceil(sessions / 4)
})

export const costsOf = ({ suite }: Pick<RowSpec, 'suite'>): readonly number[] => SUITES[suite]
