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
  ['cycles', { user: 601n, paging: 89n }, '601 in 3'],
  ['segments', { segments: 4 }, '600 in 4']
])('where the proof counts other %s, the execution holds and a remark says so', (_, second, other) => {
  const { cycles, segments, remarks } = read([...block(), ...block(second), ...block({ user: 1n })])
  expect([cycles, segments]).toEqual([600n, 3n])
  expect(remarks).toEqual([
    `RISC0 counted 600 user cycles in 3 segments when it executed, and ${other} when it executed again.`
  ])
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

test('damage after the first whole block changes nothing', () => {
  const { cycles, understood, remarks } = read([...block(), say('4x segments'), `x ${say('9 user cycles')}`])
  expect([cycles, remarks]).toEqual([600n, []])
  expect(understood.slice(5).map((line) => line?.kind)).toEqual(['unread', 'unread'])
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
