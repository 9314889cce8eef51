import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { GuestFigures } from '../../../src/provers/guest-fold.ts'
import { createSp1Fold } from '../../../src/provers/sp1/execution.ts'
import { AT, testFold } from '../fold-properties.ts'

/** What a guest does: spans begin and end in any order, as the tracker's map allows. */
interface Step {
  readonly name: string
  readonly cycles: number
}

interface Truth {
  /** After each line that leaves no span open; empty from where a span of depth 0 has no end, or outlives its parent. */
  readonly totals: readonly bigint[]
  readonly exact: bigint | null
  readonly gas: bigint | null
  readonly clock: bigint | null
  /** Sums of each path, after each of its ends. */
  readonly sums: ReadonlyMap<string, readonly string[]>
  /** Paths whose spans all have an end. */
  readonly closed: ReadonlySet<string>
}

const steps = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'execute_block', 'x: y', 'ünï', '7 cycles', 'c  d'),
    cycles: fc.integer({ min: 0, max: 2 ** 45 })
  }),
  { maxLength: 14 }
)

interface Open {
  readonly path: readonly string[]
  readonly depth: number
  readonly start: bigint
}

/** SP1's own map (v5.0.8 core/executor/src/syscalls/write.rs:213-230), which also says what is true. */
const trackerOf = (target: string, list: readonly Step[]) => {
  const map = new Map<string, Open>()
  const lines: string[] = []
  const sums = new Map<string, { cycles: bigint; calls: number; broken: boolean; seen: string[] }>()
  let clock = 0n
  const totals: bigint[] = []
  let total = 0n
  let isWhole = true
  const sumOf = (path: readonly string[]) => {
    const key = path.map((name) => name.replace('  ', ' ')).join('>')
    const sum = sums.get(key) ?? { cycles: 0n, calls: 0, broken: false, seen: [] }
    sums.set(key, sum)
    return sum
  }
  const breakOff = ({ path, depth }: Open) => {
    sumOf(path).broken = true
    if (depth === 0) isWhole = false
  }
  for (const { name, cycles } of list) {
    clock += BigInt(cycles)
    const open = map.get(name)
    if (open !== undefined && cycles % 4 > 0) {
      map.delete(name)
      const count = clock - open.start
      lines.push(`${target} ${'│ '.repeat(open.depth)}└╴${count.toLocaleString('en-US')} cycles`)
      const sum = sumOf(open.path)
      sum.cycles += count
      sum.calls += 1
      sum.seen.push(`${sum.cycles}/${sum.calls}`)
      if (open.depth === 0) total += count
      if (open.depth === 0 && map.size > 0) isWhole = false
      if (isWhole && map.size === 0) totals.push(total)
    } else {
      const depth = map.size
      const parent = [...map.values()].at(-1)?.path ?? []
      if (open !== undefined) breakOff(open)
      // The reader takes the innermost open span for the parent, and so does a map in order of its starts.
      map.delete(name)
      map.set(name, { path: [...parent, name], depth, start: clock })
      sumOf([...parent, name])
      lines.push(`${target} ${'│ '.repeat(depth)}┌╴${name}`)
    }
  }
  for (const open of map.values()) breakOff(open)
  const closed = [...sums].filter(([, { calls, broken }]) => calls > 0 && !broken).map(([key]) => key)
  const seen = new Map([...sums].map(([key, sum]) => [key, sum.seen]))
  return { lines, truth: { totals, sums: seen, closed: new Set(closed) }, clock }
}

const expectTrue = ({ metrics, spans }: GuestFigures, truth: Truth): void => {
  const { cycles, 'prover-gas': gas, ...others } = metrics
  expect(others).toEqual({})
  if (gas !== undefined) expect(gas.value).toBe(truth.gas)
  if (cycles?.exactness === 'exact') expect(cycles.value).toBe(truth.exact)
  else if (cycles?.exactness === 'floor') expect(cycles.value).toBe(truth.clock)
  else if (cycles !== undefined) expect(truth.totals).toContain(cycles.value)
  for (const { path, cycles: sum, calls } of spans) {
    expect(truth.sums.get(path.join('>'))).toContain(`${sum}/${calls}`)
  }
}

const expectAll = (figures: GuestFigures, truth: Truth): void => {
  expectTrue(figures, truth)
  expect(figures.metrics['prover-gas']?.value ?? null).toBe(truth.gas)
  const isNameless = figures.remarks.some((remark) => remark.startsWith('No span is shown'))
  expect(figures.spans).toHaveLength(isNameless ? 0 : truth.closed.size)
  for (const { path, cycles, calls } of figures.spans) {
    const key = path.join('>')
    expect([key, truth.closed.has(key), `${cycles}/${calls}`]).toEqual([
      key,
      true,
      truth.sums.get(key)?.at(-1)
    ])
  }
  if (truth.exact !== null) expect(figures.metrics.cycles?.value).toBe(truth.exact)
}

describe('v5', () => {
  const target = `${AT}  INFO execute: sp1_core_executor::syscalls::write:`
  const proof = `${AT}  INFO prove_core: sp1_core_executor::syscalls::write: ┌╴read_input`
  const told = fc
    .record({ steps, gas: fc.bigInt({ min: 0n, max: 2n ** 63n }) })
    .map(({ steps: list, gas }) => {
      const { lines, truth: tracked } = trackerOf(target, list)
      const truth: Truth = { ...tracked, exact: null, gas, clock: null }
      return { lines: [...lines, `${AT}  INFO execute: sp1_prover: gas: ${gas}`, proof], truth }
    })
  testFold({ createFold: createSp1Fold, told, expectTrue, expectAll })
})

describe('v6', () => {
  const target = `${AT}  INFO sp1_core_executor::minimal::write:`
  const execute = 'sp1_prover::worker::prover::execute:'
  const told = steps.map((list) => {
    const { lines, truth: tracked, clock } = trackerOf(target, list)
    const end = [
      `${AT} DEBUG ${execute} minimal executor finished in ${clock} cycles`,
      `${AT}  INFO ${execute} public_value_stream: [1, 2, 3]`
    ]
    const truth: Truth = { ...tracked, exact: clock, gas: null, clock: null }
    return { lines: [...lines, ...end], truth }
  })
  testFold({ createFold: createSp1Fold, told, expectTrue, expectAll })
})

describe('a clock alone', () => {
  const told = fc.nat({ max: 1000 }).map((tens) => {
    const clocks = Array.from({ length: tens + 1 }, (_, index) => BigInt(index) * 10_000_000n)
    const lines = clocks
      .slice(-5)
      .map((clock) => `${AT}  INFO execute: sp1_core_executor::executor: clk = ${clock} pc = 0x21f4e4`)
    return { lines, truth: { clocks } }
  })
  testFold({
    createFold: createSp1Fold,
    told,
    expectTrue({ metrics }, { clocks }) {
      if (metrics.cycles === undefined) return
      expect(metrics.cycles.exactness).toBe('floor')
      expect(clocks).toContain(metrics.cycles.value)
    },
    expectAll({ metrics }, { clocks }) {
      const last = clocks.at(-1)
      expect(metrics.cycles?.value).toBe(last === 0n ? undefined : last)
    }
  })
})
