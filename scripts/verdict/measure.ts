import { timeJudging } from './judging.ts'
import { limitsOf } from './limits.ts'
import { simulateAll } from './pool.ts'
import type { Result, ResultRow } from './result.ts'
import { EFFECTS, rowsOf, streamRow } from './rows.ts'
import type { Effect, RowSpec } from './rows.ts'
import { streamOf } from './stream.ts'
import { add, mean, NOTHING, share } from './tally.ts'
import type { Measured, Tally } from './tally.ts'

export interface Wanted {
  readonly sessions: number
  readonly seed: number
  readonly threads: number
  /** The day, UTC. */
  readonly date: string
  /** Told of each row that is done. */
  readonly progress: (done: number, of: number, spec: RowSpec) => void
}

/** Runs everything. */
export const measureAll = async ({ sessions, seed, threads, date, progress }: Wanted): Promise<Result> => {
  // Before the threads take the cores.
  const judging = await timeJudging()
  const specs = [...rowsOf(sessions), streamRow(sessions)]
  let done = 0
  const tallies = await simulateAll(specs, {
    seed,
    threads,
    done: (spec) => {
      done += 1
      progress(done, specs.length, spec)
    }
  })
  const rows = rowsOf(sessions).map((spec, index) => resultRow(spec, tallies[index] ?? []))
  const stream = streamFrom(rows, tallies.at(-1) ?? [])
  return {
    schema: 'verdict-bench@1',
    date,
    node: process.version,
    seed,
    sessions,
    rows,
    stream,
    judging,
    limits: limitsOf({ rows, stream, judging })
  }
}

const resultRow = ({ rule, suite, machine, sessions }: RowSpec, tallies: readonly Tally[]): ResultRow => {
  const at = (effect: Effect): Tally => tallies[EFFECTS.indexOf(effect)] ?? NOTHING
  const each = (figure: (tally: Tally) => Measured): ResultRow['power'] => ({
    0: figure(at(0)),
    1: figure(at(1)),
    2: figure(at(2)),
    5: figure(at(5))
  })
  const none = at(0)
  return {
    rule,
    suite,
    machine,
    sessions,
    falseCalls: share(none.regressions + none.improvements, none.sessions),
    power: each((tally) => share(tally.regressions, tally.sessions)),
    noChange: share(none.noChanges, none.sessions),
    proofs: each((tally) => mean(tally.proofs, tally.sessions)),
    minutes: each((tally) => mean(tally.minutes, tally.sessions)),
    coverage: coverageOf(tallies)
  }
}

/** Over all true changes; their sessions meet the same chances, so they count once for the error. */
const coverageOf = (tallies: readonly Tally[]): Measured | null => {
  const all = tallies.reduce(add, NOTHING)
  if (all.intervals === 0) return null
  const { value } = share(all.covered, all.intervals)
  const once = all.intervals / tallies.length
  return { value, error: share((value / 100) * once, once).error }
}

const streamFrom = (rows: readonly ResultRow[], optimised: readonly Tally[]): Result['stream'] => {
  const typical = rows.find(
    ({ rule, suite, machine }) => rule === 'default' && suite === 'four blocks' && machine === 'typical'
  )
  if (typical === undefined) throw new Error('the typical machine was not simulated')
  return streamOf({
    atZero: typical.minutes[0],
    atTwo: typical.minutes[2],
    optimised: optimised.map((tally) => mean(tally.minutes, tally.sessions))
  })
}
