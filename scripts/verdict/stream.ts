import { plannedTrials } from '../../src/plan/trials.ts'
import { withEqualCycles } from '../../src/plan/plan.ts'
import { simulatedPlan } from './product.ts'
import type { Result, StreamLine } from './result.ts'
import { OPTIMISATIONS } from './rows.ts'
import { SUITES } from './suites.ts'
import type { Measured } from './tally.ts'

/** Of a hundred pull requests. Most touch nothing that proving depends on. */
const STREAM = { identical: 76, 'prover only': 4, guest: 20 } as const
type Kind = keyof typeof STREAM
const KINDS = ['identical', 'prover only', 'guest'] as const satisfies readonly Kind[]

/** GPU minutes of a verdict, by what is true. */
export interface Minutes {
  readonly atZero: Measured
  readonly atTwo: Measured
  /** For each of OPTIMISATIONS. */
  readonly optimised: readonly Measured[]
}

/**
 * What a stream of pull requests costs, if all are measured, and if nothing is proved that cannot differ and nothing
 * exact is made again. Of the guest changes seven are ethrex's published optimisations; the others, like the changes
 * of the prover alone, change no time, which is the dearer case. Main was measured before, so base's binary and
 * cycles are kept.
 */
export const streamOf = (minutes: Minutes): Result['stream'] => {
  const proving = minutesByKind(minutes)
  const executions = executionsOfOne()
  const lineOf = (kind: Kind, one: Pick<StreamLine, 'builds' | 'executions'>, spent: number): StreamLine => ({
    what: kind,
    pullRequests: STREAM[kind],
    builds: STREAM[kind] * one.builds,
    executions: STREAM[kind] * one.executions,
    minutes: spent
  })
  const ours = {
    identical: { builds: 0, executions: 0 },
    'prover only': { builds: 1, executions: executions.ofEqualCycles },
    guest: { builds: 1, executions: executions.ofHead }
  }
  return {
    measuringAll: KINDS.map((kind) =>
      lineOf(kind, { builds: 2, executions: executions.ofBoth }, proving[kind].value)
    ),
    ours: KINDS.map((kind) => lineOf(kind, ours[kind], kind === 'identical' ? 0 : proving[kind].value)),
    ...sharesOf(minutes)
  }
}

const minutesByKind = ({
  atZero,
  optimised
}: Minutes): Readonly<Record<Kind, { readonly value: number }>> => ({
  identical: { value: STREAM.identical * atZero.value },
  'prover only': { value: STREAM['prover only'] * atZero.value },
  guest: { value: (STREAM.guest - OPTIMISATIONS.length) * atZero.value + sumOf(optimised) }
})

/** Executions of one pull request, as the schedule plans them. */
const executionsOfOne = (): Readonly<Record<'ofBoth' | 'ofHead' | 'ofEqualCycles', number>> => {
  const equal = simulatedPlan('default', SUITES['four blocks'])
  const different = withEqualCycles(equal, [])
  const executions = plannedTrials(different).filter(({ mode }) => mode === 'execute')
  return {
    ofBoth: executions.length,
    ofHead: executions.filter(({ side }) => side === 'head').length,
    ofEqualCycles: plannedTrials(equal).filter(({ mode }) => mode === 'execute').length
  }
}

const sharesOf = ({
  atZero,
  atTwo,
  optimised
}: Minutes): Pick<Result['stream'], 'share' | 'shareAtTwoPercent'> => {
  const zeros = STREAM['prover only'] + STREAM.guest - OPTIMISATIONS.length
  const spent = zeros * atZero.value + sumOf(optimised)
  const spared = STREAM.identical * atZero.value
  const all = spent + spared
  // How far the share follows either mean, times the error of that mean.
  const byZero = ((zeros * spared - STREAM.identical * spent) / all ** 2) * atZero.error
  const byOptimised = (spared / all ** 2) * Math.hypot(...optimised.map(({ error }) => error))
  const slower = (STREAM['prover only'] + STREAM.guest) * atTwo.value
  return {
    share: { value: (100 * spent) / all, error: 100 * Math.hypot(byZero, byOptimised) },
    shareAtTwoPercent: (100 * slower) / (slower + spared)
  }
}

const sumOf = (figures: readonly Measured[]): number => figures.reduce((sum, { value }) => sum + value, 0)
