import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journalEnd, journalStart, journalTrial, readJournal } from '../../src/documents/journal.ts'
import { success } from '../../src/domain/problem.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun } from '../support/runs.ts'
import { endings, measurements } from './arbitrary.ts'

const PLAN = 'a'.repeat(64)
const { records } = aRun(RECORDED)
const lines = [journalStart(PLAN), ...records.map(journalTrial)]
const joined = (parts: readonly string[]): string => parts.map((line) => `${line}\n`).join('')

describe('a journal', () => {
  test('reads back what was written, with or without an end', () => {
    fc.assert(
      fc.property(measurements, fc.option(endings), ({ legs }, ending) => {
        const own = legs.flatMap((leg) => leg.records)
        const text = joined([
          journalStart(PLAN),
          ...own.map(journalTrial),
          ...(ending === null ? [] : [journalEnd(ending)])
        ])
        expect(readJournal(text)).toEqual(success({ plan: PLAN, records: own, ending, intact: text }))
      }),
      { numRuns: 50 }
    )
  })

  test('is one line a record, whatever a log says', () => {
    fc.assert(
      fc.property(measurements, ({ legs }) => {
        for (const record of legs.flatMap((leg) => leg.records))
          expect(journalTrial(record)).not.toMatch(/[\r\n]/)
      }),
      { numRuns: 20 }
    )
  })

  test('cut off at any byte keeps every whole line and drops the torn one', () => {
    const text = joined(lines)
    const first = lines[0]!.length + 1
    fc.assert(
      fc.property(fc.integer({ min: first, max: text.length }), (at) => {
        const torn = text.slice(0, at)
        const whole = torn.split('\n').length - 2
        const read = readJournal(torn)
        expect(read).toMatchObject({ ok: true, value: { ending: null, records: { length: whole } } })
        expect(read.ok && torn.startsWith(read.value.intact)).toBe(true)
        expect(read.ok && joined(lines.slice(0, whole + 1))).toBe(read.ok && read.value.intact)
      })
    )
  })

  test('cut off before its first line ends is no journal', () => {
    expect(readJournal(journalStart(PLAN))).toEqual({ ok: false, error: 'line 1 is not JSON' })
    expect(readJournal('')).toEqual({ ok: false, error: 'line 1 is not JSON' })
  })

  test.each<readonly [string, readonly string[], string]>([
    ['a damaged line', [...lines.slice(0, 3), lines[3]!.slice(0, 40), lines[4]!], 'line 4 is not JSON'],
    ['an empty line', [...lines.slice(0, 3), '', lines[4]!], 'line 4 is not JSON'],
    ['a damaged last line that was finished', [...lines.slice(0, 3), '{"kind":'], 'line 4 is not JSON'],
    ['a trial twice', [...lines.slice(0, 3), lines[2]!], 'line 4 repeats the trial cycles-23426994-sp1-base'],
    [
      'a line after the end',
      [...lines.slice(0, 2), journalEnd('cancelled'), lines[3]!],
      'line 4 follows the end'
    ],
    ['no start', lines.slice(1), 'line 1 has'],
    ['a second start', [lines[0]!, lines[0]!], 'line 2 has "start" at "kind"']
  ])('refuses %s', (_name, damaged, wanted) => {
    const read = readJournal(joined(damaged))
    expect(read.ok).toBe(false)
    expect(!read.ok && read.error).toContain(wanted)
  })
})
