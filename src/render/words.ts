import type { Exactness } from '../domain/metric.ts'
import type { RunVerdict } from '../domain/verdict.ts'
import type { Network, ZkVm } from '../domain/workload.ts'

/** The words of verdicts; an icon never stands without one. */
export const VERDICT_WORD: Readonly<Record<RunVerdict, string>> = {
  'no-change': 'No change',
  inconclusive: 'Inconclusive',
  incomparable: 'Incomparable',
  improvement: 'Improvement',
  regression: 'Regression',
  mixed: 'Mixed',
  identical: 'Identical',
  'head-failed': 'Head failed',
  'base-failed': 'Base failed',
  infrastructure: 'Infrastructure',
  cancelled: 'Cancelled'
}

export const VERDICT_ICON: Readonly<Record<RunVerdict, string>> = {
  'no-change': '⚪',
  inconclusive: '⚪',
  incomparable: '⚠️',
  improvement: '✅',
  regression: '❌',
  mixed: '❌',
  identical: '⚪',
  'head-failed': '❌',
  'base-failed': '⚠️',
  infrastructure: '⚠️',
  cancelled: '⚠️'
}

export const ZKVM_NAME: Readonly<Record<ZkVm, string>> = {
  sp1: 'SP1',
  risc0: 'RISC0',
  zisk: 'ZisK',
  openvm: 'OpenVM'
}

export const NETWORK_NAME: Readonly<Record<Network, string>> = {
  mainnet: 'mainnet',
  sepolia: 'Sepolia',
  hoodi: 'Hoodi'
}

/** How far a count can be trusted. */
const EXACTNESS_WORDS: Readonly<Record<Exactness, string>> = {
  exact: 'exact totals',
  'tracked-spans': 'the sum of the outermost cycle-tracker spans, exact for what they enclose',
  floor: 'lower bounds, which cannot carry a verdict',
  derived: 'computed from other figures',
  'rounded-seconds': 'cut to whole seconds'
}

/** The same of a zkVM's count: of RISC0's figures the one that padding and paging do not move is compared. */
export const countWords = (zkvm: ZkVm, exactness: Exactness): string =>
  zkvm === 'risc0' && exactness === 'exact' ? 'user cycles, exact totals' : EXACTNESS_WORDS[exactness]

export const NONE = '–'
