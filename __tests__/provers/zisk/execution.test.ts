import { describe, expect, test } from 'vitest'
import { seconds } from '../../../src/domain/quantity.ts'
import type { RoundedDown } from '../../../src/provers/guest-fold.ts'
import { NO_FILES, type KeptFile, type KeptFiles } from '../../../src/provers/prover.ts'
import { createZiskFold } from '../../../src/provers/zisk/execution.ts'
import { contextOf, readLog, type Log } from '../read-log.ts'
import { metricsText, reportText, type Part } from './emulator-text.ts'

const fresh = (text: string): KeptFile => ({ text, fresh: true })
const resultText = (cycles: string, time = 262.123456789): string =>
  `{"cycles": ${cycles}, "id": "x", "time": ${time}}`
const figuresOf = (files: Partial<KeptFiles>, proved: RoundedDown | null = null) =>
  createZiskFold().figures({ ...NO_FILES, ...files }, proved)

const PARTS: readonly Part[] = [
  ['BASE', 10n],
  ['MAIN', 90n]
]
const steps = (value: bigint) => ({ value, unit: 'steps', exactness: 'exact' })

test('of a proof: the steps of result.json, as cycles too', () => {
  const { metrics, costs, remarks } = figuresOf({ result: fresh(resultText('9007199254740993')) })
  expect(metrics).toEqual({ cycles: steps(2n ** 53n + 1n), steps: steps(2n ** 53n + 1n) })
  expect([costs, remarks]).toEqual([[], []])
})

test('of an execution: what ziskemu counts, and its costs', () => {
  const { metrics, costs } = figuresOf({ emulator: fresh(reportText(77n, PARTS)) })
  expect(metrics).toEqual({ cycles: steps(77n), steps: steps(77n) })
  expect(costs.map(({ name }) => name)).toEqual(['BASE', 'MAIN', 'TOTAL'])
})

test('both where they agree; where they do not, nothing', () => {
  const emulator = fresh(reportText(77n, PARTS))
  expect(figuresOf({ emulator, result: fresh(resultText('77')) })).toMatchObject({ remarks: [] })
  expect(figuresOf({ emulator, result: fresh(resultText('78')) })).toEqual({
    metrics: {},
    spans: [],
    costs: [],
    remarks: ['cargo-zisk proved 78 steps, but ziskemu executed 77: no count is given.']
  })
})

test.each<[string, Partial<KeptFiles>, string]>([
  ['nothing was left', {}, 'ZisK told no steps.'],
  ['result.json is old', { result: { text: resultText('77'), fresh: false } }, 'is from before this process'],
  ['result.json is cut', { result: fresh('{"cycles": 7') }, 'is no whole result'],
  [
    'the output of ziskemu is old',
    { emulator: { text: metricsText(77n), fresh: false } },
    'is from before this process'
  ],
  [
    'the output of ziskemu is cut',
    { emulator: fresh('REPORT\n----\nSTEPS   7') },
    'line 3 ends after “STEPS 7”'
  ]
])('no figure where %s', (_, files, why) => {
  expect(figuresOf(files)).toEqual({
    metrics: {},
    spans: [],
    costs: [],
    remarks: [expect.stringContaining(why)]
  })
})

test.each([
  [262.123456789, { seconds: 262, resolution: 1 }, true],
  [262, { seconds: 262, resolution: 1 }, true],
  [263.1, { seconds: 262, resolution: 1 }, false],
  [261.9, { seconds: 262, resolution: 1 }, false],
  [45.1239, { seconds: 45.123, resolution: 0.001 }, true],
  [45.1251, { seconds: 45.123, resolution: 0.001 }, false]
])('a proof of %d s may be printed as %j: %s', (time, proved, isSame) => {
  const { metrics, remarks } = figuresOf({ result: fresh(resultText('77', seconds(time))) }, proved)
  expect(metrics.steps?.value).toBe(77n)
  expect(remarks).toHaveLength(isSame ? 0 : 1)
})

const REPORT =
  '2026-03-07T10:00:41.123456Z  INFO ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312' +
  ', Execution Time: 45s 123ms | https://etherscan.io/block/23769083\n'

describe('a guest that ends with an error, whatever the report says', () => {
  const outcomeOf = (log: Log, zkvm: 'zisk' | 'sp1' = 'zisk') =>
    readLog(contextOf({ zkvm, benchRequired: false }), { stdout: REPORT, ...log }).outcome

  // `emulator/src/emu.rs` of zisk v0.15.0: 1454, 1691, 1764.
  test.each(['run_fast', 'run', 'par_run'])('fails the execution: Emu::%s', (name) => {
    const stderr = `Emu::${name}() finished with error at step=653585839 pc=0x800c6b78\n`
    expect(outcomeOf({ stderr })).toMatchObject({
      kind: 'failed',
      reason: 'execution-failed',
      message: expect.stringContaining('at step=653585839 pc=0x800c6b78') as string
    })
    expect(outcomeOf({ stderr }, 'sp1').kind).toBe('measured')
  })

  test.each(['', 'stdout: Emu::run() finished with error at step=1\n', 'finished with error at step=1\n'])(
    'is not what %j says',
    (stderr) => {
      expect(outcomeOf({ stderr }).kind).toBe('measured')
    }
  )
})
