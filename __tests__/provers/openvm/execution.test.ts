import { expect, test } from 'vitest'
import { createOpenVmFold } from '../../../src/provers/openvm/execution.ts'
import { readFold } from '../read-fold.ts'

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const CONTEXT = 'openvm_circuit::arch::execution_mode::metered::segment_ctx'
const say = (message: string) => `${AT} ${CONTEXT}: ${message}`
const LEAVES = `${AT} openvm_sdk::prover::agg: num_leaf_proofs=2`

/** Of openvm-circuit v1.4.1 arch/execution_mode/metered/segment_ctx.rs:354. */
const segment = (number: number, before: bigint | number, own: bigint | number, isLast = false) =>
  say(
    `Segment ${String(number).padStart(3)} | instret ${String(before).padStart(10)} | ` +
      `${String(own).padStart(8)} instructions | ${'123456789'.padStart(10)} cells | ` +
      `${'98765'.padStart(10)} interactions | ${'4194304'.padStart(8)} max height ` +
      `(VmAirWrapper<Rv32LoadStoreAdapterAir, LoadStoreCoreAir<4>>)${isLast ? ' [TERMINATED]' : ''}`
  )

const THREE = [segment(0, 0, 1_234_567), segment(1, 1_234_567, 765_433), segment(2, 2_000_000, 5, true)]

const read = (log: readonly string[] | Uint8Array) => {
  const { figures, lines } = readFold(createOpenVmFold(), log)
  return {
    metrics: figures.metrics,
    remarks: figures.remarks,
    kinds: lines.map((line) => line?.kind ?? null)
  }
}

test('the instructions of the segments are summed', () => {
  expect(read([...THREE, LEAVES])).toEqual({
    metrics: {
      cycles: { value: 2_000_005n, unit: 'instructions', exactness: 'exact' },
      instructions: { value: 2_000_005n, unit: 'instructions', exactness: 'exact' },
      segments: { value: 3n, unit: 'count', exactness: 'exact' }
    },
    remarks: [],
    kinds: ['read', 'read', 'read', 'ignored']
  })
})

test.each([
  // Format strings: v1.4.1 segment_ctx.rs:354, crates/sdk/src/prover/agg.rs:309, interpreter.rs:131.
  [segment(0, 0, 1_234_567, true), 'read', 'segment 0 of 1234567 instructions, the last'],
  [LEAVES, 'ignored', 'proofs, not instructions'],
  [
    `${AT} openvm_circuit::arch::interpreter: instructions_executed=7`,
    'ignored',
    'of a pass that may be one of many'
  ],
  // v1.4.1 segment_ctx.rs:191, :205 and :265.
  [say('instret    1000000 | total cells ( 123) > max ( 120)'), 'ignored', 'why a segment ends'],
  [
    say('No valid checkpoint, creating segment using instret=5').replace('INFO', 'WARN'),
    'ignored',
    'why a segment ends'
  ],
  // v1.4.0 segment_ctx.rs:178: other columns, and no instructions.
  [
    say('Segment  0 | instret   1000000 | total cells (       123) > max (       120)'),
    'unread',
    'a segment that is not whole, or of an unknown form'
  ]
])('%s', (line, kind, note) => {
  expect(readFold(createOpenVmFold(), [line]).lines).toEqual([{ kind, note }])
})

test('instructions above 2^31 and above 2^53 keep every digit', () => {
  const large = 2n ** 53n
  const lines = [segment(0, 0, large), segment(1, large, 1n, true)]
  expect(read(lines).metrics.instructions?.value).toBe(9007199254740993n)
  expect(read([segment(1234, 0, 1)]).kinds).toEqual(['read'])
})

test('an execution prints no count, and a remark says so', () => {
  expect(read([`${AT} openvm_sdk: executed`])).toEqual({
    metrics: {},
    remarks: ['OpenVM printed no instruction count: it prints one when it proves, not when it executes.'],
    kinds: [null]
  })
})

test.each([
  [
    'the first is missing',
    THREE.slice(1),
    'line 1 has segment 1 after 1234567 instructions, not segment 0 after 0'
  ],
  [
    'one is missing',
    [THREE[0]!, THREE[2]!],
    'line 2 has segment 2 after 2000000 instructions, not segment 1 after 1234567'
  ],
  [
    'one stands twice',
    [THREE[0]!, ...THREE],
    'line 2 has segment 0 after 0 instructions, not segment 1 after 1234567'
  ],
  ['the last is missing', THREE.slice(0, 2), 'segment 2 after 2000000 instructions is not there'],
  [
    'a sum is wrong',
    [THREE[0]!, segment(1, 1_234_566, 1, true)],
    'line 2 has segment 1 after 1234566 instructions, not segment 1 after 1234567'
  ],
  ['a line is damaged', [THREE[0]!, `x ${THREE[1]!}`, THREE[2]!], 'line 2 is damaged'],
  [
    'a number is damaged',
    [THREE[0]!, THREE[1]!.replace('765433', '765\ufffd33'), THREE[2]!],
    'line 2 could not be read'
  ],
  // A last line that ran into the one before must not make that one the last.
  ['a newline is damaged', [THREE[0]!, `${THREE[1]!}\ufffd${THREE[2]!}`], 'line 2 could not be read']
])('no figure where %s', (_, lines, why) => {
  const { metrics, remarks } = read(lines)
  expect(metrics).toEqual({})
  expect(remarks).toEqual([expect.stringMatching(/^OpenVM's segments do not add up: /)])
  expect(remarks[0]).toContain(why)
})

test.each([' [TERMINATED]', ' [TERM', ''])(
  'a last line that ends the log with %j may not be whole',
  (end) => {
    const log = new TextEncoder().encode(`${segment(0, 0, 7)}${end}`)
    expect(read(log)).toMatchObject({ metrics: {}, kinds: ['unread'] })
  }
)

test('what u64 does not hold was not printed', () => {
  expect(read([segment(0, 0, 2n ** 64n - 1n, true)]).metrics.cycles?.value).toBe(2n ** 64n - 1n)
  expect(read([segment(0, 0, 2n ** 64n, true)])).toMatchObject({ metrics: {}, kinds: ['unread'] })
})

test('a second execution is not added; where it differs there is no count', () => {
  expect(read([...THREE, ...THREE])).toMatchObject({
    metrics: { cycles: { value: 2_000_005n } },
    remarks: []
  })
  expect(read([...THREE, segment(0, 0, 9, true)])).toMatchObject({
    metrics: {},
    remarks: ['OpenVM counted 2000005 instructions in 3 segments, and then 9 in 1: no count is given.']
  })
  expect(read([segment(0, 0, 9, true), ...THREE]).metrics).toEqual({})
})

test.each([
  ['a damaged segment', [`x ${segment(2, 2_000_000, 900, true)}`], 'line 4 is damaged'],
  ['a segment out of its place', [segment(2, 2_000_000, 900, true)], 'line 4 has segment 2'],
  ['a beginning alone', [segment(0, 0, 7)], 'segment 1 after 7 instructions is not there']
])("after a whole execution, which may be the guest's own, %s leaves no count", (_, later, why) => {
  const { metrics, remarks } = read([...THREE, ...later])
  expect([metrics, remarks]).toEqual([{}, [expect.stringContaining(why)]])
})
