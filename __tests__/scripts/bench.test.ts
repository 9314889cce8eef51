import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { alternate, median } from '../../scripts/bench/pairs.ts'
import type { Row } from '../../scripts/bench/row.ts'
import { isGood, renderJson, renderTable, type Finished } from '../../scripts/bench/table.ts'

const CONDITIONS = { node: 'v24.19.0', cores: 2, load: [0.5, 1.25] }

const measuring = (measured: number, limit = 4): Finished => {
  const row: Row = { name: 'start', what: 'start of us', measured, limit, unit: '×', how: 'medians' }
  return { name: 'start', rows: [row], problem: null }
}

describe('median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], NaN]
  ])('of %j is %d', (values, wanted) => {
    expect(median(values)).toBe(wanted)
  })
})

test('pairs alternate who is first', async () => {
  const order: string[] = []
  const say = (who: string) => (): Promise<string> => {
    order.push(who)
    return Promise.resolve(who)
  }
  const pairs = await alternate(3, say('ours'), say('theirs'))
  expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs'])
  expect(pairs).toEqual(Array.from({ length: 3 }, () => ({ ours: 'ours', theirs: 'theirs' })))
})

describe('the table', () => {
  test.each([
    ['at its limit', measuring(4), true],
    ['over its limit', measuring(4.001), false],
    ['no number', measuring(NaN), false],
    ['a bench that failed', { name: 'flood', rows: [], problem: 'no rustc' }, false]
  ])('%s', (_, finished, good) => {
    expect(isGood([measuring(1), finished])).toBe(good)
    expect(JSON.parse(renderJson([measuring(1), finished], CONDITIONS))).toMatchObject({ ok: good })
  })

  test('has a row a number, and says where it was measured', () => {
    const failed = { name: 'flood', rows: [], problem: 'no\nrustc' }
    expect(renderTable([measuring(3.5), measuring(5), failed], CONDITIONS).split('\n')).toEqual([
      '| bench | what                  | measured | limit |        | how      |',
      '| :---- | :-------------------- | -------: | ----: | :----- | :------- |',
      '| start | start of us           |  3.500 × |   4 × | ok     | medians  |',
      '| start | start of us           |  5.000 × |   4 × | over   | medians  |',
      '| flood | could not be measured |          |       | failed | no rustc |',
      '',
      'Node v24.19.0, 2 cores, load average 0.5 to 1.3.'
    ])
  })
})

test('a name that is no bench does not pass as "nothing to do"', () => {
  const script = resolve(import.meta.dirname, '../../scripts/bench.ts')
  const { status, stderr } = spawnSync(process.execPath, [script, '--only', 'strat'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain(
    'no such bench: strat; there are start, loaded, trial, flood, reading, fuzz, report, cancel, child-streams'
  )
})
