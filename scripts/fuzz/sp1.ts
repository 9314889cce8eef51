import fc from 'fast-check'
import type { Exactness } from '../../src/domain/metric.ts'
import type { Mode } from '../../src/domain/workload.ts'
import type { Event, Piece } from './log.ts'
import { counts } from './numbers.ts'
import type { Place } from './sp1-tracker.ts'
import { cyclesOf, trackerLines, trees } from './sp1-tracker.ts'
import type { GuestPart, Metrics } from './transcript.ts'
import { NO_GUEST } from './transcript.ts'

const V5: Place = { target: 'sp1_core_executor::syscalls::write', spans: ['execute'] }
const V5_AGAIN: Place = { ...V5, spans: ['prove_core'] }
const V6: Place = { target: 'sp1_core_executor::minimal::write' }
const V6_EXECUTE = 'sp1_prover::worker::prover::execute'

const CLOCK_STEP = 10_000_000n
const MILLION = 1_000_000n

/** Cycles that no span encloses. */
const outside = fc.bigInt(0n, 5000n)

/** What SP1 adds; its sources are in docs/notes/sp1.md. */
export const sp1 = (mode: Mode): fc.Arbitrary<GuestPart> => fc.oneof(v5(mode), v6(mode))

/** Spans, a clock where RUST_LOG asks for one, prover gas; the spans again where a CPU proves. */
const v5 = (mode: Mode): fc.Arbitrary<GuestPart> =>
  fc
    .record({ tree: trees, gas: counts(), outside, hasClock: fc.boolean(), onCpu: fc.boolean() })
    .map(({ tree, gas, outside: untracked, hasClock, onCpu }) => {
      const { events, spans, isPlain } = trackerLines(tree, V5)
      const tracked = cyclesOf(tree)
      const total = tracked + untracked
      const ticks = mode === 'execute' && hasClock ? ticksOf(total) : []
      const warned = mode === 'prove' && onCpu && total >= 100n * MILLION ? total / MILLION : null
      const floors = [...ticks, (warned ?? 0n) * MILLION].filter((one) => one > 0n)
      const known = tree.length > 0 ? cycles(tracked, 'tracked-spans') : highest(floors)
      return {
        ...NO_GUEST,
        what: `SP1 v5, ${isPlain ? 'plain' : 're-entrant'} spans`,
        pieces: [
          ...spread(events, ticks.map(tick)),
          { spans: ['execute'], target: 'sp1_prover', message: `gas: ${gas}` },
          ...(mode === 'prove' && onCpu ? trackerLines(tree, V5_AGAIN).events : []),
          ...(warned === null ? [] : [warning(warned)])
        ],
        metrics: { ...known, 'prover-gas': { value: gas, unit: 'gas', exactness: 'exact' } },
        weaker: floors.map((one) => cycles(one, 'floor')),
        spans,
        isPlain
      }
    })

/** The total at DEBUG; spans with the feature `profiling` alone. */
const v6 = (mode: Mode): fc.Arbitrary<GuestPart> =>
  fc
    .record({ tree: trees, outside, isDebug: fc.boolean(), isProfiled: fc.boolean(), inSpan: fc.boolean() })
    .map(({ tree, outside: untracked, isDebug, isProfiled, inSpan }) => {
      const place = inSpan ? { ...V6, spans: ['execute'] } : V6
      const { events, spans, isPlain } = trackerLines(isProfiled ? tree : [], place)
      const tracked = cyclesOf(tree)
      const total = tracked + untracked
      const known = events.length > 0 ? cycles(tracked, 'tracked-spans') : {}
      const once: readonly Piece[] = [
        ...events,
        ...(isDebug ? [finished(total)] : []),
        { target: V6_EXECUTE, message: 'public_value_stream: [1, 2, 3]' }
      ]
      return {
        ...NO_GUEST,
        what: `SP1 v6, ${isPlain ? 'plain' : 're-entrant'} spans`,
        pieces: mode === 'prove' ? [...once, ...once] : once,
        metrics: isDebug ? cycles(total, 'exact') : known,
        weaker: [known],
        spans,
        isPlain
      }
    })

const cycles = (value: bigint, exactness: Exactness): Metrics => ({
  cycles: { value, unit: 'cycles', exactness }
})

const highest = (floors: readonly bigint[]): Metrics => {
  const most = floors.reduce((a, b) => (a > b ? a : b), 0n)
  return most === 0n ? {} : cycles(most, 'floor')
}

/** Some of the multiples that the clock passes, and the last. */
const ticksOf = (total: bigint): readonly bigint[] =>
  [0n, total / 3n, total].map((clock) => (clock / CLOCK_STEP) * CLOCK_STEP)

const tick = (clock: bigint): Event => ({
  spans: ['execute'],
  target: 'sp1_core_executor::executor',
  message: `clk = ${clock} pc = 0x21f4e4`
})

const finished = (total: bigint): Event => ({
  level: 'DEBUG',
  target: V6_EXECUTE,
  message: `minimal executor finished in ${total} cycles`
})

const warning = (millions: bigint): Event => ({
  level: 'WARN',
  target: 'sp1_prover',
  message: `High cycle count detected (${millions}M cycles). For better performance, consider using the Succinct Prover Network.`
})

/** Both in their order, the few at even distances among the many. */
const spread = (many: readonly Piece[], few: readonly Piece[]): readonly Piece[] => {
  const mixed = [...many]
  few.forEach((one, index) => mixed.splice(Math.floor((many.length * index) / few.length) + index, 0, one))
  return mixed
}
