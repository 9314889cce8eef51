export const SUITE_NAMES = ['four blocks', 'two cheapest', 'eight short blocks'] as const
export type SuiteName = (typeof SUITE_NAMES)[number]

/** Seconds of a proof of each block, the cheapest first. */
export const SUITES: Readonly<Record<SuiteName, readonly number[]>> = {
  'four blocks': [140, 300, 420, 750],
  /** The two that `quick` times of the four. */
  'two cheapest': [140, 300],
  'eight short blocks': [150, 165, 180, 190, 200, 210, 225, 240]
}
