import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainLines } from '../../../src/provers/parse-result.ts'
import type { Reading } from '../../../src/provers/prover.ts'
import { contextOf, readLog } from '../read-log.ts'

const AT = '2026-03-07T10:00:41.123456Z'
const LINK = 'https://etherscan.io/block/23769083'
const BLOCK = '[mainnet] Block: 23769083, Gas: 44943006, #Txs: 312'
const WRITE = `${AT}  INFO execute: sp1_core_executor::syscalls::write:`

const SPANS = [
  `${WRITE} ┌╴read_input`,
  `${WRITE} └╴34,125,436 cycles`,
  `${WRITE} ┌╴execution`,
  `${WRITE} │ ┌╴execute_block`,
  `${WRITE} │ └╴900,123,456 cycles`,
  `${WRITE} └╴1,458,794,351 cycles`
]
const BEGINNING = [`${AT}  INFO ethrex_replay::fetcher: Getting block 23769083 data from cache`, ...SPANS]

const EXECUTED = `${AT}  INFO ethrex_replay::report: ${BLOCK}, Execution Time: 45s 123ms | ${LINK}`
const PROVED = `${AT}  INFO ethrex_replay::report: ${BLOCK}, Execution Time: 45s 123ms, Proving Time: 12m 24s | ${LINK}`
const FAILED = `${AT} ERROR ethrex_replay::report: ${BLOCK}, Execution Error: Execution failed: a, b | ${LINK}`
const FAILED_BEFORE = FAILED.replace('Execution Error: ', 'Execution Result: ⚠️ Failed with ')
const VERBOSE = [
  '✅ Succeeded to Execute Block with SP1 on CPU',
  'Network: mainnet',
  'Block: 23769083',
  'Gas: 44943006',
  '#Txs: 312'
]
const MACHINE = ['GPU: ', 'CPU: x', 'RAM: 1G', 'Branch & Commit: main (4561304)']
const VERBOSE_END = ['Execution Time: 45s 123ms', `Etherscan: ${LINK}`, '']

/** A log, and which of its lines a figure or an outcome hangs on. */
interface Sound {
  readonly lines: readonly string[]
  readonly relevant: readonly number[]
}

const indices = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index)

const inLine = (report: string): Sound => ({
  lines: [...BEGINNING, report],
  relevant: indices(1, BEGINNING.length)
})

const LOGS: readonly Sound[] = [
  ...[EXECUTED, PROVED, FAILED, FAILED_BEFORE].map(inLine),
  {
    lines: [...VERBOSE, ...MACHINE, ...VERBOSE_END],
    relevant: [
      ...indices(0, VERBOSE.length),
      VERBOSE.length + MACHINE.length,
      VERBOSE.length + MACHINE.length + 1
    ]
  }
]

const damagedLog = fc
  .constantFrom(...LOGS)
  .chain(({ lines, relevant }) =>
    fc.record({
      lines: fc.constant(lines),
      index: fc.constantFrom(...relevant),
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      wound: fc.constantFrom('\ufffd', '\u0000', 'cut')
    })
  )
  .map(({ lines, index, at, wound }) => {
    const whole = lines[index] ?? ''
    // Of a line of which hardly anything is left, nobody can tell whose it was.
    const place = wound === 'cut' ? Math.max(5, Math.floor(at * whole.length)) : Math.floor(at * whole.length)
    const hurt =
      wound === 'cut' ? whole.slice(0, place) : whole.slice(0, place) + wound + whole.slice(place + 1)
    return { whole, hurt, number: index + 1, text: `${lines.with(index, hurt).join('\n')}\n` }
  })

const read = (text: string, mode: 'execute' | 'prove'): Reading =>
  readLog(contextOf({ benchRequired: false, mode }), { stdout: text, exit: null })

/** What names and errors say is the guest's own, and a number alone on its line may be cut: nobody can tell. */
const isHidden = (whole: string, hurt: string): boolean => {
  if (/^(?:Gas|#Txs): \d+$/.test(hurt)) return true
  const name = whole.indexOf('┌╴')
  if (name >= 0)
    return hurt.length > name + 2 && hurt.startsWith(whole.slice(0, name + 2)) && !hurt.includes('\ufffd')
  const error = whole.search(/Failed with |Error: /)
  return error >= 0 && hurt.startsWith(whole.slice(0, error + 8)) && hurt.endsWith(LINK)
}

test('a line that is damaged anywhere is pointed at', () => {
  fc.assert(
    fc.property(damagedLog, ({ whole, hurt, number, text }) => {
      fc.pre(whole !== hurt && !isHidden(whole, hurt))
      const reading = read(text, whole === PROVED ? 'prove' : 'execute')
      expect(reading.unread.map(({ line }) => line)).toContain(number)
      expect(explainLines(reading)).toContainEqual(
        expect.stringMatching(new RegExp(`^stdout:${number}: not understood, `))
      )
    }),
    { seed: 1, numRuns: 2000 }
  )
})

test.each(LOGS.map(({ lines }) => [lines.at(-1) === '' ? 'verbose' : (lines.at(-1) ?? ''), lines] as const))(
  'no line of a whole log is pointed at: %s',
  (report, lines) => {
    const { unread } = read(`${lines.join('\n')}\n`, report === PROVED ? 'prove' : 'execute')
    expect(unread).toEqual([])
  }
)
