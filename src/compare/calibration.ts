import {
  LARGEST_BUILD_BIAS,
  type Calibration,
  type FalseAlarms,
  type Session,
  type Setup
} from '../domain/calibration.ts'
import type { TimingPlan } from '../domain/plan.ts'
import { percent } from '../domain/quantity.ts'
import type { Report } from '../domain/report.ts'
import { ALPHA_CHANGE, MIN_DF } from '../statistics/judge.ts'
import { resolution } from '../statistics/precision.ts'
import { PAIR_SD_FLOOR } from '../statistics/strata.ts'

/** The session that a run of base against itself was; null where it came to no look. */
export const sessionOf = ({ plan, time, proofs, gpuMinutes }: Report): Session | null => {
  const look = time?.looks.at(-1)
  const { purpose } = plan
  if (look === undefined || purpose === 'compare') return null
  return {
    purpose,
    verdict: look.verdict ?? 'inconclusive',
    percent: look.percent,
    interval: look.change,
    pairSd: look.pairSd,
    df: look.df,
    pairs: look.pairs,
    proofs,
    gpuMinutes
  }
}

interface Calibrated {
  readonly key: string
  readonly setup: Setup
  readonly timing: TimingPlan
  /** Of the session with two builds. */
  readonly report: Pick<Report, 'plan' | 'machine' | 'builds'>
  readonly sessions: Calibration['sessions']
  /** Those of the same setup that were kept before. */
  readonly kept: readonly Calibration[]
  readonly finishedAt: string
}

/** What two sessions say of a machine. Their plans are the same but for the purpose. */
export const calibrationOf = ({ report, kept, ...rest }: Calibrated): Calibration => {
  const { plan, machine, builds } = report
  const both = sessionsOf(rest)
  const noise = pooled(both)
  return {
    ...rest,
    machine,
    base: plan.revisions.base,
    effort: plan.effort,
    noise,
    resolution: noise === null ? null : resolutionOf(noise, rest.timing),
    falseAlarms: { here: alarmsOf(both), kept: alarmsOf([...both, ...kept.flatMap(sessionsOf)]) },
    buildBias: {
      isSameBinary: builds.base !== null && builds.base.sha256 === builds.head?.sha256,
      isPassed: isUnbiased(rest.sessions.rebuild)
    }
  }
}

export const sessionsOf = ({ sessions }: Pick<Calibration, 'sessions'>): readonly Session[] => [
  sessions.sameBuild,
  sessions.rebuild
]

/** Whether the noise of a session is known well enough to speak of. */
export const isKnown = (session: Session): session is Session & { readonly pairSd: number } =>
  session.pairSd !== null && session.df >= MIN_DF

const pooled = (sessions: readonly Session[]): Calibration['noise'] => {
  const known = sessions.filter(isKnown)
  const df = known.reduce((sum, session) => sum + session.df, 0)
  if (df === 0) return null
  const squares = known.reduce((sum, { df, pairSd }) => sum + df * pairSd ** 2, 0)
  return { pairSd: Math.sqrt(squares / df), df }
}

const resolutionOf = (
  { pairSd, df }: NonNullable<Calibration['noise']>,
  { blocks, looks }: TimingPlan
): NonNullable<Calibration['resolution']> => {
  const design = { pairSd: Math.max(pairSd, PAIR_SD_FLOOR), blocks: blocks.length }
  const pairs = looks.at(-1) ?? 1
  const ofLook = pairs === 1 ? blocks.length - 1 : blocks.length * (pairs - 1)
  return {
    onePair: percent(resolution({ ...design, pairs: 1, df, alpha: ALPHA_CHANGE })),
    lastLook: percent(
      resolution({ ...design, pairs, df: Math.max(1, ofLook), alpha: ALPHA_CHANGE / looks.length })
    )
  }
}

const alarmsOf = (sessions: readonly Session[]): FalseAlarms => ({
  sessions: sessions.length,
  changes: sessions.filter(({ verdict }) => verdict === 'regression' || verdict === 'improvement').length
})

const isUnbiased = ({ verdict, percent }: Session): boolean =>
  verdict === 'no-change' && percent !== null && Math.abs(percent) < LARGEST_BUILD_BIAS
