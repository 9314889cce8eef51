import { calibrationOf } from '../../src/compare/calibration.ts'
import { setupOf, type Calibration, type Session } from '../../src/domain/calibration.ts'
import type { Effort } from '../../src/domain/effort.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { minutes, percent } from '../../src/domain/quantity.ts'
import type { BySide, Revision } from '../../src/domain/revision.ts'
import { files } from '../../src/io/node/files.ts'
import { planTiming } from '../../src/plan/plan.ts'
import { keyOf } from '../../src/stages/calibrations.ts'
import { aPlan, sha } from './plans.ts'
import { aBuild, aMachine } from './runs.ts'

/** Base, head and host of a made-up run, each side's commit of one digit. */
export const revisions = (
  base: string,
  head: string
): { readonly revisions: BySide<Revision>; readonly host: Revision } => ({
  revisions: {
    base: { repository: 'lambdaclass/ethrex', ref: 'main', sha: sha(base) },
    head: { repository: 'lambdaclass/ethrex', ref: 'faster-trie', sha: sha(head) }
  },
  host: { repository: 'lambdaclass/ethrex-replay', ref: 'main', sha: sha('c') }
})

/** A session that ended well on a machine of typical noise. */
const aSession = (changes: Partial<Session> = {}): Session => ({
  purpose: 'same-build',
  verdict: 'no-change',
  percent: percent(0.1),
  interval: { lo: percent(-0.9), hi: percent(1.1), level: 0.9966666666666667 },
  pairSd: 0.012,
  df: 8,
  pairs: 12,
  proofs: 24,
  gpuMinutes: minutes(163.4),
  ...changes
})

interface MadeUp {
  readonly effort?: Effort
  readonly sameBuild?: Partial<Session>
  readonly rebuild?: Partial<Session>
  readonly finishedAt?: string
  readonly kept?: readonly Calibration[]
  /** One digit each, of the binaries that were built. */
  readonly binaries?: readonly [base: string, head: string]
  readonly plan?: Partial<Plan>
}

/** A calibration on the machine of `runs.ts`, with the blocks of `plans.ts`. */
export const aCalibration = (of: MadeUp = {}): Calibration => {
  const { effort = 'default', finishedAt = '2026-03-01T12:00:00.000Z', kept = [], binaries = ['a', 'b'] } = of
  const outline = aPlan({ effort, purpose: 'rebuild', ...of.plan })
  const timing = planTiming({ effort, timeMargin: null }, outline.blocks)
  const plan = { ...outline, timing }
  const machine = aMachine()
  const setup = setupOf(plan, machine)!
  return calibrationOf({
    key: keyOf(setup, files),
    setup,
    timing,
    report: { plan, machine, builds: { base: aBuild(binaries[0]), head: aBuild(binaries[1]) } },
    sessions: {
      sameBuild: aSession(of.sameBuild),
      rebuild: aSession({ purpose: 'rebuild', ...of.rebuild })
    },
    kept,
    finishedAt
  })
}

/** Calibrations of so many days, the newest first. */
export const calibrations = (days: number, of: MadeUp = {}): readonly Calibration[] =>
  Array.from({ length: days }, (_, index) => {
    const day = String(28 - index).padStart(2, '0')
    return aCalibration({ finishedAt: `2026-02-${day}T12:00:00.000Z`, ...of })
  })
