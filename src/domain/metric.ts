/** How a figure was come by: what one may conclude from it. */
export const EXACTNESS = ['exact', 'tracked-spans', 'floor', 'derived', 'rounded-seconds'] as const
export type Exactness = (typeof EXACTNESS)[number]

export const UNITS = ['cycles', 'gas', 'steps', 'instructions', 'count', 's', 'B'] as const
export type Unit = (typeof UNITS)[number]

export const METRICS = [
  'cycles',
  'prover-gas',
  'segments',
  'steps',
  'instructions',
  'execution-time',
  'proving-time'
] as const
export type MetricName = (typeof METRICS)[number]

interface Metric {
  readonly unit: Unit
  readonly better: 'lower'
  /** Exact metrics are compared digit by digit, noisy ones by paired statistics. */
  readonly nature: 'exact' | 'noisy'
  readonly label: string
}

export const METRIC: Readonly<Record<MetricName, Metric>> = {
  cycles: { unit: 'cycles', better: 'lower', nature: 'exact', label: 'Cycles' },
  'prover-gas': { unit: 'gas', better: 'lower', nature: 'exact', label: 'Prover gas' },
  segments: { unit: 'count', better: 'lower', nature: 'exact', label: 'Segments' },
  steps: { unit: 'steps', better: 'lower', nature: 'exact', label: 'Steps' },
  instructions: { unit: 'instructions', better: 'lower', nature: 'exact', label: 'Instructions' },
  'execution-time': { unit: 's', better: 'lower', nature: 'noisy', label: 'Execution time' },
  'proving-time': { unit: 's', better: 'lower', nature: 'noisy', label: 'Proving time' }
}
