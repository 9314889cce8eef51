import { expect, test } from 'vitest'
import { createRisc0Fold } from '../../../src/provers/risc0/execution.ts'
import { bytesOf, readFold } from '../read-fold.ts'

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const say = (message: string) => `${AT} risc0_zkvm::host::server::session: ${message}`

interface Block {
  readonly segments?: number
  readonly user?: bigint
  readonly paging?: bigint
  readonly reserved?: bigint
  readonly total?: bigint
}

const block = ({ segments = 3, user = 600n, paging = 90n, reserved = 7n, total }: Block = {}) => [
  say(`number of segments: ${segments}`),
  say(`${total ?? user + paging + reserved} total cycles`),
  say(`${user} user cycles (86.08%)`),
  say(`${paging} paging cycles (12.91%)`),
  say(`${reserved} reserved cycles (1.00%)`)
]

const read = (lines: readonly string[]) => {
  const { figures, lines: understood } = readFold(createRisc0Fold(), lines)
  const { cycles, segments } = figures.metrics
  return { cycles: cycles?.value, segments: segments?.value, remarks: figures.remarks, understood }
}

test('the block that a proof prints again is counted once', () => {
  expect(read([...block(), ...block()])).toMatchObject({ cycles: 600n, segments: 3n, remarks: [] })
})

test.each([
  ['cycles', [{ user: 601n, paging: 89n }], [undefined, 3n], '601 in 3'],
  ['segments', [{ segments: 4 }], [600n, undefined], '600 in 4'],
  ['segments, and then other cycles', [{ segments: 4 }, { user: 1n }], [undefined, 3n], '1 in 3']
])('where the proof counts other %s, those are not given', (_, later, given, other) => {
  const { cycles, segments, remarks } = read([...block(), ...later.flatMap((one) => block(one))])
  expect([cycles, segments]).toEqual(given)
  expect(remarks).toEqual([
    `RISC0 counted 600 user cycles in 3 segments when it executed, and ${other} when it executed again: ` +
      'what differs is not given.'
  ])
})

test('what a guest prints before the real block, in the form of one, is not given', () => {
  expect(read([...block({ user: 1n }), ...block(), ...block()]).cycles).toBeUndefined()
  expect(read([...block().slice(0, 2), ...block()]).cycles).toBeUndefined()
})

test('lines of other threads in the middle of a block do not split it', () => {
  const [first = '', ...rest] = block()
  const other = `${AT} ethrex_storage: a line of another thread`
  expect(read([first, other, ...rest.flatMap((line) => [line, other])]).cycles).toBe(600n)
})

test('what u64 does not hold was not printed', () => {
  expect(read(block({ user: 2n ** 64n })).cycles).toBeUndefined()
  const largest = block({ user: 2n ** 64n - 1n, paging: 0n, reserved: 0n })
  expect(read(largest).cycles).toBe(2n ** 64n - 1n)
})

test('cycles above 2^31 and above 2^53 keep every digit', () => {
  // The counts of citrea pull request 1925 (2025-02-20).
  const large = block({ segments: 5668, user: 2555506330n, paging: 3364835414n, reserved: 22069520n })
  expect(large[1]).toContain('5942411264 total cycles')
  expect(read(large)).toMatchObject({ cycles: 2555506330n, segments: 5668n })
  expect(read(block({ user: 2n ** 53n + 1n })).cycles).toBe(9007199254740993n)
})

test('a total that is not the sum of its parts gives no figure', () => {
  expect(read(block({ total: 698n }))).toMatchObject({
    cycles: undefined,
    segments: undefined,
    remarks: [
      "RISC0's cycle counts do not add up: the block at line 1 has a total that is not the sum of its parts."
    ]
  })
})

test('the shares are not looked at', () => {
  expect(read(block().map((line) => line.replace(/\(.*%\)/, '(NaN%)'))).cycles).toBe(600n)
  expect(read(block().map((line) => line.replace(/ \(.*%\)/, ''))).cycles).toBe(600n)
})

test.each([0, 1, 2, 3, 4])('a block without its line %d gives no figure', (missing) => {
  const lines = block().filter((_, index) => index !== missing)
  expect(read(lines)).toMatchObject({
    cycles: undefined,
    remarks: [expect.stringMatching(/^RISC0's cycle counts do not add up: .*line 1/)]
  })
})

test.each([0, 1, 2, 3, 4])('and the block of the proof does not stand in for it: line %d', (missing) => {
  const lines = [...block().filter((_, index) => index !== missing), ...block({ user: 1n })]
  expect(read(lines).cycles).toBeUndefined()
})

test.each([0, 1, 2, 3, 4])('a damaged line %d is pointed at, and there is no figure', (at) => {
  const damaged = [
    (line: string) => line.replace(/(session: \D*)\d/, '$1\ufffd'),
    (line: string) => line.replace('session: ', 'session: 1,'),
    (line: string) => `docker: ${line}`,
    (line: string) => line.replace('2026-', '20\ufffd6-')
  ]
  for (const damage of damaged) {
    const { cycles, understood, remarks } = read(
      block().map((line, index) => (index === at ? damage(line) : line))
    )
    expect([cycles, understood[at]?.kind]).toEqual([undefined, 'unread'])
    expect(remarks.join()).toContain(`line ${at + 1}`)
  }
})

test.each([
  ['a damaged line', [`x ${say('number of segments: 3')}`, ...block().slice(1)], 'line 6 is damaged'],
  ['a line of no known form', [say('4x segments')], 'line 6 could not be read'],
  ['a block without its end', block().slice(0, 2), 'the block at line 6 has no user cycles'],
  ['cycles alone', block().slice(2, 3), 'line 6 belongs to no block']
])("after a whole block, which may be the guest's own, %s leaves no figure", (_, later, why) => {
  const { cycles, segments, remarks } = read([...block({ user: 1n }), ...later])
  expect([cycles, segments]).toEqual([undefined, undefined])
  expect(remarks).toEqual([expect.stringContaining(why)])
})

test.each(['\r', ''])('a number of segments that ends in %j may not be whole', (end) => {
  const log = new TextEncoder().encode(`${say('number of segments: 38')}${end}`)
  expect(readFold(createRisc0Fold(), log).lines[0]?.kind).toBe('unread')
  const rest = bytesOf(block().slice(1))
  expect(readFold(createRisc0Fold(), new Uint8Array([...log, ...rest])).figures.metrics).toEqual({})
})

test('without a block it says what is needed', () => {
  expect(read([`${AT} ethrex_replay::report: x`]).remarks).toEqual([
    'RISC0 printed no cycle count: it needs RISC0_INFO, and where r0vm executes RUST_LOG=info too.'
  ])
})
