import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEmulator } from '../../../src/provers/zisk/emulator.ts'
import { metricsText, reportText, type Part } from './emulator-text.ts'

const transcript = (...path: readonly string[]): string =>
  readFileSync(join(import.meta.dirname, '../../transcripts/zisk', ...path, 'emulator.log'), 'utf8')

const PARTS: readonly Part[] = [
  ['BASE', 293_601_280n],
  ['MAIN', 2_720_511_904n],
  ['OPCODES', 482_648_015n],
  ['PRECOMPILES', 937_548_926n],
  ['MEMORY', 495_887_679n]
]
const STEPS = 40_007_528n
const TOTAL = 4_930_197_804n
const REPORT = reportText(STEPS, PARTS)

const costsOf = (text: string): readonly (readonly [string, bigint])[] =>
  parseEmulator(text).costs.map(({ name, cost }) => [name, cost])

describe('a report', () => {
  test('of v0.16.1, a real one, is read line by line', () => {
    const text = transcript('v0.16.1', 'execute-report')
    expect(parseEmulator(text)).toMatchObject({ steps: STEPS, remarks: [] })
    expect(costsOf(text)).toEqual([...PARTS, ['TOTAL', TOTAL]])
  })

  test('of v1.0.0-alpha, a real one, has a subtotal, in another order', () => {
    expect(costsOf(transcript('v1.0.0-alpha', 'execute-report'))).toEqual([
      ['MAIN', 583_019_352n],
      ['OPCODES', 124_468_967n],
      ['PRECOMPILES', 227_527_215n],
      ['MEMORY', 80_638_696n],
      ['VARIABLE', 1_015_654_230n],
      ['BASE', 293_601_280n],
      ['TOTAL', 1_309_255_510n]
    ])
  })

  test('with more below its costs, as v1.1.0-alpha has, costs no more for it', () => {
    const more = REPORT.replace(/^RAM USAGE.*$/m, '$&\nROM USAGE                         99,328   0.02%')
    expect(parseEmulator(more)).toEqual(parseEmulator(REPORT))
  })

  test.each([['\r\n'], ['\n\n\n']])('is the same with lines that end with %j', (end) => {
    expect(parseEmulator(REPORT.replaceAll('\n', '\r\n'))).toMatchObject({ steps: STEPS, remarks: [] })
    expect(parseEmulator(`${end}${REPORT}${end}`).costs).toHaveLength(6)
  })

  test.each([2n ** 31n + 1n, 2n ** 53n + 1n, 2n ** 64n - 1n])('of %d steps is not rounded', (steps) => {
    expect(parseEmulator(reportText(steps, PARTS)).steps).toBe(steps)
    expect(parseEmulator(metricsText(steps)).steps).toBe(steps)
  })

  test.each(['18,446,744,073,709,551,616', '40,0075', ',7', '1,', '-7', '7.5', '0x7', '7 7', '７'])(
    'does not have %s steps',
    (steps) => {
      const { steps: read, costs, remarks } = parseEmulator(REPORT.replace('40,007,528', steps))
      expect([read, costs]).toEqual([null, []])
      expect(remarks).toEqual([expect.stringContaining(`line 6 is “STEPS ${steps}”`)])
    }
  )

  test('without thousands separators, as `--no-thousands-sep` prints it, is read', () => {
    expect(parseEmulator(REPORT.replaceAll(',', ''))).toEqual(parseEmulator(REPORT))
  })
})

describe('the line of metrics', () => {
  test('of v0.15.0, a real one, has the steps and no costs', () => {
    expect(parseEmulator(transcript('v0.15.0', 'execute-metrics'))).toEqual({
      steps: 85_309n,
      costs: [],
      remarks: []
    })
  })

  test('beside a report says the same, or there is no figure', () => {
    expect(parseEmulator(REPORT + metricsText(STEPS)).costs).toHaveLength(6)
    const { steps, costs, remarks } = parseEmulator(REPORT + metricsText(STEPS + 1n))
    expect([steps, costs]).toEqual([null, []])
    expect(remarks).toEqual(['ziskemu reports 40007528 steps, its metrics say 40007529: no count is given.'])
  })

  test.each([
    'process_rom() steps=853',
    'process_rom() steps=853 \n',
    'x process_rom() steps=8 duration=1 tp=1 Msteps/s\n'
  ])('is not %j', (text) => {
    expect(parseEmulator(text)).toEqual({
      steps: null,
      costs: [],
      remarks: ['ziskemu printed neither a whole report nor its metrics.']
    })
  })
})

test('what `-x` prints is no report: its steps may be zero', () => {
  const legacy = '\nTOTAL COST: 4930197804\nSTEPS: 0\nBASE COST: 293601280\n\nNOTE: New stats flags:\n'
  expect(parseEmulator(legacy).steps).toBeNull()
})

describe('a guest that prints', () => {
  test('a report of its own does not get it read', () => {
    expect(parseEmulator(reportText(7n, PARTS) + metricsText(7n) + REPORT)).toEqual(parseEmulator(REPORT))
    expect(parseEmulator(metricsText(7n) + metricsText(STEPS)).steps).toBe(STEPS)
  })

  test('one of its own and then something without an end, it is still the real one that is read', () => {
    const before = `${reportText(7n, PARTS)}no newline`
    const real = REPORT.slice(REPORT.indexOf('REPORT'))
    expect(parseEmulator(before + real)).toEqual(parseEmulator(REPORT))
    expect(parseEmulator(`${metricsText(7n)}no newline${metricsText(STEPS)}`).steps).toBeNull()
  })

  test('what looks like the beginning of one does not keep the real one from being read', () => {
    expect(parseEmulator(`REPORT\n----\nSTEPS 7\n\nCOST DISTRIBUTION\n${REPORT}`)).toEqual(
      parseEmulator(REPORT)
    )
  })
})

describe('costs', () => {
  test.each([
    ['add up to less than their total', REPORT.replace('482,648,015', '482,648,014'), 'do not add up'],
    ['are twice under one name', REPORT.replace('OPCODES  ', 'MAIN     '), 'do not add up'],
    [
      'have a subtotal that is none',
      reportText(STEPS, PARTS, 'v0.18').replace('4,636,596,524', '4,636,596,523'),
      'do not add up'
    ],
    [
      'are no parts',
      REPORT.replaceAll(/^(BASE|MAIN|OPC|PREC|MEM).*\n/gm, '').replace('4,930,197,804', '0'),
      'do not add up'
    ],
    ['have no percentage', REPORT.replace('  9.79%', ''), 'line 12 is “OPCODES'],
    ['have no end', REPORT.replace(/^TOTAL[^]*$/m, '\n'.repeat(60)), 'has no end'],
    ['have another title', REPORT.replace('COST DISTRIBUTION', 'COSTS'), 'line 8 is “COSTS']
  ])('that %s are not shown, and the steps are', (_, text, why) => {
    const { steps, costs, remarks } = parseEmulator(text)
    expect([steps, costs]).toEqual([STEPS, []])
    expect(remarks).toEqual([expect.stringContaining(why)])
  })

  test('have a part more where a later version has one, if it adds up', () => {
    const parts = [...PARTS, ['BUS LINKS', 5n]] satisfies readonly Part[]
    expect(costsOf(reportText(STEPS, parts))).toEqual([...parts, ['TOTAL', TOTAL + 5n]])
  })
})

const report = fc.record({
  steps: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  parts: fc.array(fc.bigInt({ min: 0n, max: 2n ** 60n }), { minLength: 5, maxLength: 5 }),
  version: fc.constantFrom('v0.15', 'v0.18'),
  isMeasured: fc.boolean(),
  before: fc.constantFrom('', 'hello\n', 'no newline', 'REPORT\n', 'STEPS  9\n')
})

test('cut at any byte, a report gives its own steps or none, and all of its costs or none', () => {
  fc.assert(
    fc.property(report, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const parts = PARTS.map(([label], index): Part => [label, of.parts[index] ?? 0n])
      const text = `${of.before}${reportText(of.steps, parts, of.version)}${of.isMeasured ? metricsText(of.steps) : ''}`
      const whole = parseEmulator(text)
      expect(whole).toMatchObject({ steps: of.steps, remarks: [] })
      const cut = parseEmulator(text.slice(0, Math.floor(share * text.length)))
      expect([null, of.steps]).toContain(cut.steps)
      if (cut.costs.length > 0) expect(cut.costs).toEqual(whole.costs)
      if (cut.steps === null) expect(cut.remarks).toHaveLength(1)
    }),
    { numRuns: 2000 }
  )
})

test('each cut of one report is either short of its steps and says so, or has them', () => {
  const stepsEnd = REPORT.indexOf('40,007,528') + '40,007,528\n'.length
  const totalEnd = REPORT.indexOf('4,930,197,804 100.00%') + '4,930,197,804 100.00%\n'.length
  for (let length = 0; length <= REPORT.length; length += 1) {
    const { steps, costs, remarks } = parseEmulator(REPORT.slice(0, length))
    expect([length, steps]).toEqual([length, length < stepsEnd ? null : STEPS])
    expect([length, costs.length]).toEqual([length, length < totalEnd ? 0 : 6])
    expect([length, remarks.length]).toEqual([length, length < totalEnd ? 1 : 0])
  }
})
