/** What is said of one metric. */
export const METRIC_VERDICTS = [
  'no-change',
  'inconclusive',
  'incomparable',
  'improvement',
  'regression',
  'mixed'
] as const
export type MetricVerdict = (typeof METRIC_VERDICTS)[number]

/** States of a run that come before any verdict, the strongest first. */
export const RUN_STATES = ['cancelled', 'infrastructure', 'base-failed', 'head-failed', 'identical'] as const
export type RunState = (typeof RUN_STATES)[number]

export type RunVerdict = RunState | MetricVerdict

/**
 * Least upper bound in the lattice of verdicts:
 *
 *                     mixed
 *                    /     \
 *          improvement     regression
 *                    \     /
 *                  incomparable
 *                       |
 *                  inconclusive
 *                       |
 *                   no-change
 */
export const join = (a: MetricVerdict, b: MetricVerdict): MetricVerdict => {
  if (a === b) return a
  if (isDirection(a) && isDirection(b)) return 'mixed'
  return RANK[a] > RANK[b] ? a : b
}

const RANK: Readonly<Record<MetricVerdict, number>> = {
  'no-change': 0,
  inconclusive: 1,
  incomparable: 2,
  improvement: 3,
  regression: 3,
  mixed: 4
}

const isDirection = (verdict: MetricVerdict): boolean => verdict === 'improvement' || verdict === 'regression'

/** The join of all; nothing compared is no ground for calm, hence `inconclusive`. */
export const joinAll = (verdicts: readonly MetricVerdict[]): MetricVerdict =>
  verdicts.length === 0 ? 'inconclusive' : verdicts.reduce(join)

/** A run's verdict: the strongest state, otherwise the join of its metrics' verdicts. */
export const runVerdict = (states: ReadonlySet<RunState>, verdicts: readonly MetricVerdict[]): RunVerdict =>
  RUN_STATES.find((state) => states.has(state)) ?? joinAll(verdicts)
