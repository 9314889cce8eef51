import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTrackerLine } from '../../../src/provers/sp1/tracker-line.ts'

test.each([
  ['┌╴read_input', { kind: 'start', depth: 0, name: 'read_input' }],
  [
    '│ ┌╴GuestProgramState::from(execution_witness)',
    { kind: 'start', depth: 1, name: 'GuestProgramState::from(execution_witness)' }
  ],
  ['│ │ ┌╴└╴7 cycles', { kind: 'start', depth: 2, name: '└╴7 cycles' }],
  ['└╴0 cycles', { kind: 'end', depth: 0, cycles: 0n, digits: '0' }],
  ['│ └╴191,414,247 cycles', { kind: 'end', depth: 1, cycles: 191_414_247n, digits: '191,414,247' }],
  ['└╴1,458,794,351 cycles', { kind: 'end', depth: 0, cycles: 1_458_794_351n, digits: '1,458,794,351' }],
  [
    '└╴18,446,744,073,709,551,615 cycles',
    { kind: 'end', depth: 0, cycles: 2n ** 64n - 1n, digits: '18,446,744,073,709,551,615' }
  ],
  ['└╴setup (no matching start)', { kind: 'stray-end' }],
  ['└╴12 cycles (no matching start)', { kind: 'stray-end' }]
])('%s', (message, parsed) => {
  expect(parseTrackerLine(message)).toEqual(parsed)
})

test.each([
  '',
  '┌',
  '┌╴',
  '└╴',
  '└╴ cycles',
  '└╴cycles',
  '└╴1234 cycles',
  '└╴1,23 cycles',
  '└╴1,2345 cycles',
  '└╴,123 cycles',
  '└╴12,,345 cycles',
  '└╴1 234 cycles',
  '└╴1,234 cycle',
  '└╴1,234 cycles ',
  '└╴1,234',
  '└╴118,446,744,073,709,551,615 cycles',
  '└╴18,446,744,073,709,551,616 cycles',
  '│┌╴a',
  '│ │',
  '┌ ╴a',
  'x ┌╴a',
  '─╴a'
])('is no whole line of the tracker: %j', (message) => {
  expect(parseTrackerLine(message)).toBeNull()
})

test('every count of 64 bits is read as it was printed', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat({ max: 8 }), (cycles, depth) => {
      const digits = cycles.toLocaleString('en-US')
      expect(parseTrackerLine(`${'│ '.repeat(depth)}└╴${digits} cycles`)).toEqual({
        kind: 'end',
        depth,
        cycles,
        digits
      })
    }),
    { seed: 1, numRuns: 200 }
  )
})
