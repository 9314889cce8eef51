import { describe, expect, test } from 'vitest'
import { readParseRequest } from '../../src/inputs/parse-request.ts'

const GIVEN = { host: 'ethrex-replay', zkvm: 'sp1', mode: 'prove', block: '7', stdout: 'out.log' }

const problemsOf = (texts: Readonly<Record<string, string>>): readonly string[] => {
  const read = readParseRequest({ ...GIVEN, ...texts })
  return read.ok ? [] : read.error.map(({ input, message }) => `${input}: ${message}`)
}

describe('what goes together', () => {
  test.each([
    [{ bench: 'b' }],
    [{ zkvm: 'risc0', bench: 'b' }],
    [{ zkvm: 'zisk', bench: 'b', result: 'r' }],
    [{ zkvm: 'none', mode: 'execute' }],
    [{ host: 'rsp', csv: 'c' }]
  ])('%j', (texts) => {
    expect(problemsOf(texts)).toEqual([])
  })

  test('`none` is native execution, and `-` our standard input', () => {
    const read = readParseRequest({ ...GIVEN, zkvm: 'none', mode: 'execute', stdout: '-' })
    expect(read).toMatchObject({ ok: true, value: { zkvm: null, stdout: null } })
  })

  test('`-` is a name like any other for a file that is not read from there', () => {
    expect(readParseRequest({ ...GIVEN, stderr: '-' })).toMatchObject({ ok: true, value: { stderr: '-' } })
  })
})

describe('what does not', () => {
  test.each([
    [{ zkvm: 'none' }, ['--mode: nothing is proved without a zkVM; allowed: --mode execute']],
    [
      { zkvm: 'none', mode: 'execute', bench: 'b' },
      ['--bench: is left by ethrex-replay with a zkVM only; allowed: leave it out']
    ],
    [{ result: 'r' }, ['--result: is left by ethrex-replay with zisk only; allowed: leave it out']],
    [{ csv: 'c' }, ['--csv: is left by rsp with sp1 only; allowed: leave it out']],
    [
      { host: 'rsp', zkvm: 'zisk', bench: 'b', result: 'r', csv: 'c' },
      [
        '--zkvm: "zisk" is not what rsp runs; allowed: sp1',
        '--bench: is left by ethrex-replay with a zkVM only; allowed: leave it out',
        '--result: is left by ethrex-replay with zisk only; allowed: leave it out',
        '--csv: is left by rsp with sp1 only; allowed: leave it out'
      ]
    ],
    [{ host: 'rsp', zkvm: 'none', mode: 'execute' }, ['--zkvm: "none" is not what rsp runs; allowed: sp1']]
  ])('%j', (texts, problems) => {
    expect(problemsOf(texts)).toEqual(problems)
  })

  test('is told beside all else that is wrong', () => {
    expect(problemsOf({ mode: 'proof', exit: '256', csv: 'c' })).toEqual([
      '--mode: "proof" is not known; allowed: execute or prove',
      '--exit: "256" cannot be used; allowed: a whole number from 0 to 255',
      '--csv: is left by rsp with sp1 only; allowed: leave it out'
    ])
  })
})
