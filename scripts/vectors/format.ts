import * as v from 'valibot'
import { EFFORTS } from '../../src/domain/effort.ts'
import { LOOK_REASONS, LOOK_VERDICTS } from '../../src/domain/timing.ts'

const figure = v.pipe(v.number(), v.finite('a finite number'))
const known = v.nullable(figure)
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** What loops run up to: far more than a run can have, few enough to be counted. */
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const share = v.pipe(v.number(), v.gtValue(0), v.ltValue(1))
const positive = v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0))
const spread = v.pipe(v.number(), v.finite('a finite number'), v.minValue(0))

/** Seconds of base and head; null where there are none. */
const pair = v.strictTuple([known, known])
const blocks = v.record(v.string(), v.array(pair))
/** A run by block, index of its pair, and side: 0 is base, 1 head. */
const run = v.strictTuple([v.string(), whole, v.picklist([0, 1])])

const bounds = v.strictObject({ lo: figure, hi: figure, loPercent: figure, hiPercent: figure })

const judgement = {
  verdict: v.picklist([...LOOK_VERDICTS, 'continue']),
  reason: v.picklist([...LOOK_REASONS, 'missing-block']),
  significant: v.nullable(v.boolean()),
  change: v.nullable(bounds),
  same: v.nullable(bounds)
}

const counts = v.record(v.string(), v.pipe(whole, v.minValue(1)))

const haveSameKeys = (a: object, b: object): boolean => {
  const keys = Object.keys(a)
  return (
    keys.length > 0 && keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key))
  )
}

/** One case of a function: what it is given, and what must come out. */
const caseOf = <const Fn extends string, Input extends v.GenericSchema, Expected extends v.GenericSchema>(
  fn: Fn,
  input: Input,
  expected: Expected
) => v.object({ id: v.string(), fn: v.literal(fn), note: v.optional(v.string()), input, expected })

const distribution = [
  caseOf('tQuantile', v.strictObject({ p: share, df: positive }), figure),
  caseOf('tTwoSidedP', v.strictObject({ t: figure, df: positive }), figure),
  caseOf(
    'boundaries',
    v.strictObject({ blocks: size, dfTargets: v.array(size), alphaChange: share, alphaSame: share }),
    v.array(v.strictObject({ pairs: whole, df: whole, tChange: figure, tSame: figure }))
  ),
  caseOf('interval', v.strictObject({ estimate: figure, se: spread, df: positive, alpha: share }), bounds),
  caseOf(
    'resolution',
    v.strictObject({ pairSd: spread, blocks: size, pairs: size, df: positive, alpha: share }),
    figure
  ),
  caseOf(
    'pairsNeeded',
    v.strictObject({ pairSd: spread, blocks: size, margin: positive, alpha: share, cap: whole }),
    known
  ),
  caseOf(
    'quantile',
    v.strictObject({ x: v.array(figure), q: v.pipe(figure, v.minValue(0), v.maxValue(1)) }),
    known
  ),
  caseOf(
    'wilcoxon',
    v.strictObject({ x: v.pipe(v.array(figure), v.maxLength(500)) }),
    v.strictObject({ n: whole, wPlus: figure, wMinus: figure, p: figure })
  )
] as const

const decisions = [
  caseOf(
    'summary',
    v.strictObject({ blocks }),
    v.strictObject({
      blocks: v.array(v.strictObject({ block: v.string(), pairs: whole, meanLog: known, ratio: known })),
      dropped: whole,
      missing: v.array(v.string()),
      estimate: known,
      ratio: known,
      percent: known,
      basis: v.nullable(v.picklist(['within', 'across'])),
      ss: known,
      df: whole,
      pairSd: known,
      se: known
    })
  ),
  caseOf(
    'verdict',
    v.strictObject({ blocks, looks: size, margin: positive, last: v.boolean() }),
    v.strictObject(judgement)
  ),
  caseOf(
    'outliers',
    v.strictObject({ blocks }),
    v.strictObject({ tau: figure, flagged: v.array(run), tooMany: v.boolean() })
  ),
  caseOf(
    'session',
    v.strictObject({ blocks, mode: v.picklist(EFFORTS), repeats: v.record(v.string(), known) }),
    v.strictObject({
      looks: v.array(whole),
      steps: v.array(
        v.strictObject({
          pairs: whole,
          repeated: v.array(run),
          estimate: known,
          se: known,
          df: whole,
          ...judgement
        })
      ),
      verdict: v.picklist(LOOK_VERDICTS),
      percent: known,
      proofs: whole
    })
  ),
  caseOf(
    'cycles',
    v.pipe(
      v.strictObject({ base: counts, head: counts, threshold: spread }),
      v.check(({ base, head }) => haveSameKeys(base, head), 'the same blocks on both sides')
    ),
    v.strictObject({
      perBlockPercent: v.record(v.string(), figure),
      percent: figure,
      worstPercent: figure,
      verdict: v.picklist(['no-change', 'regression', 'improvement', 'mixed'])
    })
  )
] as const

/** A file of cases. What it says of itself beside them is for its readers. */
export const vectorsSchema = v.object({
  count: v.optional(whole),
  cases: v.pipe(v.array(v.variant('fn', [...distribution, ...decisions])), v.minLength(1))
})

export type Vector = v.InferOutput<typeof vectorsSchema>['cases'][number]
export type VectorOf<Fn extends Vector['fn']> = Extract<Vector, { fn: Fn }>
export type Blocks = v.InferOutput<typeof blocks>
