import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { EFFORTS } from '../../src/domain/effort.ts'
import type { Reason } from '../../src/domain/failure.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { gas, minutes, seconds } from '../../src/domain/quantity.ts'
import type { Side } from '../../src/domain/revision.ts'
import type { Trial, TrialRecord } from '../../src/domain/trial.ts'
import type { Course } from '../../src/plan/course.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { courseOf } from '../../src/plan/schedule.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { aPlan, block } from './plans.ts'
import { aTrace, measuredIn, recordOf } from './sessions.ts'

/** All that may befall a run. Chances are drawn by a trial's name, so that they do not depend on when it is made. */
export const lives = fc.record({
  seed: fc.nat(),
  blocks: fc.constantFrom(1, 2, 4, 5, 8),
  effort: fc.constantFrom(...EFFORTS),
  equal: fc.constantFrom(0, 0.5, 1),
  effect: fc.constantFrom(1, 1.02, 1.05, 0.95),
  sd: fc.constantFrom(0.0005, 0.01, 0.05),
  time: fc.constantFrom(20, 400),
  isRounded: fc.boolean(),
  isKept: fc.boolean(),
  budget: fc.option(fc.double({ min: 0, max: 1.2, noNaN: true })),
  failing: fc.constantFrom(0, 0, 0.02, 0.3),
  slow: fc.constantFrom(0, 0.03, 0.2),
  foreign: fc.constantFrom(0, 0.03, 0.2),
  hot: fc.constantFrom(0, 0.1, 1),
  reason: fc.constantFrom<Reason>('proving-failed', 'timeout', 'prover-not-ready', 'disk-full'),
  broken: fc.option(
    fc.record({
      sides: fc.constantFrom<readonly Side[]>(['base'], ['head'], ['base', 'head']),
      mode: fc.constantFrom('execute', 'prove'),
      from: fc.constantFrom(0, 2)
    })
  )
})

type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never

/** From 0 to 1, the same for the same names. */
const chance = (...names: readonly unknown[]): number =>
  createHash('sha256').update(names.join(' ')).digest().readUInt32BE(0) / 2 ** 32

const planOf = ({ blocks, effort, equal, budget, time, seed }: Life): Plan => {
  const planned = Array.from({ length: blocks }, (_, index) => ({
    block: block(100 + index),
    witnessSha256: '1'.repeat(64),
    gas: gas(BigInt(1_000_000 * (1 + index))),
    hasEqualCycles: chance(seed, 'equal', index) < equal
  }))
  const timing = planTiming({ effort, timeMargin: null }, planned)
  const all = 2 * time * timing.blocks.length * (timing.looks.at(-1) ?? 0)
  return aPlan({
    blocks: planned,
    timing,
    effort,
    gpuMinutes: budget === null ? null : minutes((budget * all) / 60)
  })
}

export const madeBy = (life: Life, trial: Trial): TrialRecord => {
  const drawn = (what: string): number => chance(life.seed, trial.id, what)
  const { broken, reason } = life
  const isBroken =
    broken?.mode === trial.mode &&
    broken.sides.includes(trial.side) &&
    trial.block === 100 &&
    (trial.round ?? 0) >= broken.from
  const noise = life.sd * (drawn('a') + drawn('b') + drawn('c') - 1.5) * 2
  const factor = (trial.side === 'head' ? life.effect : 1) * (drawn('slow') < life.slow ? 1.3 : 1)
  const exact = life.time * factor * (1 + noise)
  const value = life.isRounded ? Math.floor(exact) : exact
  const outcome = measuredIn(value)
  if (outcome.kind === 'measured' && life.isRounded) {
    Object.assign(outcome.sample.metrics['proving-time']!, { exactness: 'rounded-seconds' })
  }
  return recordOf(trial, {
    outcome:
      isBroken || drawn('fails') < life.failing
        ? { kind: 'failed', reason, message: 'It says so.', tail: '' }
        : outcome,
    wall: seconds(trial.mode === 'prove' ? exact : 1),
    gpu:
      trial.mode === 'execute'
        ? null
        : aTrace({
            foreign: drawn('foreign') < life.foreign ? ['1 x'] : [],
            throttled: drawn('hot') < life.hot ? ['hw-slowdown'] : []
          })
  })
}

export interface Lived {
  readonly plan: Plan
  /** What `courseOf` said before each record that was made, and at the end. */
  readonly courses: readonly Course[]
  /** Records of an earlier run, which come first. */
  readonly kept: number
  readonly records: readonly TrialRecord[]
}

export const live = (life: Life): Lived => {
  const plan = planOf(life)
  const isOfBase = ({ phase, side, take }: Trial): boolean =>
    phase === 'cycles' && side === 'base' && take === 1
  const kept = life.isKept ? plannedTrials(plan).filter(isOfBase) : []
  const records = kept.map((trial) => ({ ...recordOf(trial, 1), wall: seconds(0), kept: true }))
  const courses: Course[] = []
  for (;;) {
    const course = courseOf(plan, records)
    courses.push(course)
    if (course.next.kind === 'done') return { plan, courses, kept: kept.length, records }
    if (records.length > 3000) throw new Error('no end')
    records.push(madeBy(life, course.next.trial))
  }
}
