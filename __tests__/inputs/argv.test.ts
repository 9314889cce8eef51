import { describe, expect, test } from 'vitest'
import { parseArgv } from '../../src/inputs/argv.ts'
import { problemLine } from '../../src/inputs/parse.ts'

/** The command line, split at blanks. */
const parse = (line: string): ReturnType<typeof parseArgv> =>
  parseArgv(line.split(' ').filter((word) => word !== ''))

const PARSE = 'parse --host ethrex-replay --zkvm sp1 --mode prove --block 7 --stdout out.log'
const REQUEST = {
  host: 'ethrex-replay',
  zkvm: 'sp1',
  mode: 'prove',
  block: 7,
  exit: null,
  stdout: 'out.log',
  stderr: null,
  bench: null,
  result: null,
  csv: null,
  json: false,
  explain: false
}

describe('understood', () => {
  test.each<[string, unknown]>([
    ['run', { kind: 'run', inputs: {}, json: false }],
    ['run --json', { kind: 'run', inputs: {}, json: true }],
    [
      'run --blocks 1-3 --mode=execute',
      { kind: 'run', inputs: { blocks: '1-3', mode: 'execute' }, json: false }
    ],
    ['--json --head a run', { kind: 'run', inputs: { head: 'a' }, json: true }],
    ['run --base=a=b', { kind: 'run', inputs: { base: 'a=b' }, json: false }],
    ['run --blocks -5', { kind: 'run', inputs: { blocks: '-5' }, json: false }],
    ['run --head run', { kind: 'run', inputs: { head: 'run' }, json: false }],
    ['check --resource cpu', { kind: 'check', inputs: { resource: 'cpu' } }],
    ['witnesses --witnesses w', { kind: 'witnesses', inputs: { witnesses: 'w' } }],
    ['report out', { kind: 'report', directory: 'out', json: false }],
    ['report --json out', { kind: 'report', directory: 'out', json: true }],
    ['demo', { kind: 'demo', inputs: {}, json: false }],
    [
      'demo --report-dir r --cache-dir c --json',
      { kind: 'demo', inputs: { 'report-dir': 'r', 'cache-dir': 'c' }, json: true }
    ],
    [PARSE, { kind: 'parse', request: REQUEST }],
    [
      `${PARSE} --exit 0 --stderr e --bench b --json --explain`,
      {
        kind: 'parse',
        request: { ...REQUEST, exit: 0, stderr: 'e', bench: 'b', json: true, explain: true }
      }
    ],
    ['--help', { kind: 'help', command: null }],
    ['run --help', { kind: 'help', command: 'run' }],
    ['--help parse', { kind: 'help', command: 'parse' }],
    ['run --blokcs 1 --help', { kind: 'help', command: 'run' }],
    ['--version', { kind: 'version' }],
    ['--version --help', { kind: 'help', command: null }]
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual({ ok: true, value: expected })
  })

  test('an empty argument is no value: it is what an unset variable leaves', () => {
    expect(parseArgv(['run', '--base', ''])).toEqual({
      ok: false,
      error: [{ input: '--base', message: 'needs a value; allowed: --base REF' }]
    })
  })
})

const REFUSED: readonly (readonly string[])[] = [
  [],
  ['rnu'],
  ['measure'],
  ['Run'],
  ['--json'],
  ['--blocks', '1'],
  ['run', 'now'],
  ['run', '-h'],
  ['run', '--'],
  ['run', '--blocks'],
  ['run', '--blocks', '--json'],
  ['run', '--blokcs', '1'],
  ['run', '--blokcs', '--json'],
  ['--verbose', 'run'],
  ['run', '--no-colour=1'],
  ['run', '--blocks', '1', '--blocks', '2'],
  ['run', '--json', '--json'],
  ['run', '--json=true'],
  ['run', '--help=run', '--version=1', '--explain'],
  ['run', '--rpc-url', 'https://node.example/hunter2'],
  ['run', '--rpc-url=https://node.example/hunter2', '--github-token', 'ghp_0123456789abcdef'],
  ['run', '--rpc-urll', 'https://node.example/hunter2'],
  ['run', 'https://node.example/hunter2'],
  ['run', '--ghp_0123456789abcdef'],
  ['run', '--a\n::warning::b', '1'],
  ['check', '--json'],
  ['demo', '--blocks', '1'],
  ['demo', '--effort=default'],
  ['report'],
  ['report', ''],
  ['report', 'a', 'b', 'c'],
  ['report', 'a', '--report-dir', 'b'],
  ['parse'],
  ['parse', '--blocks', '1'],
  [...PARSE.split(' '), '--exit', '256'],
  [...PARSE.split(' '), '--exit', '-1', '--stderr', ''],
  [...PARSE.replace('sp1', 'sp2').replace('prove', 'proof').replace('7', '7-8').split(' '), '--csv=']
]

test('refused, each with its sentences', async () => {
  const sections = REFUSED.map((argv) => {
    const result = parseArgv(argv)
    const lines = result.ok
      ? [`understood: ${JSON.stringify(result.value)}`]
      : result.error.map((problem) => problemLine(problem, 'terminal'))
    return [argv.map((word) => JSON.stringify(word)).join(' '), ...lines].join('\n  ')
  })
  await expect(`${sections.join('\n')}\n`).toMatchFileSnapshot('golden/argv.txt')
})

test.each(REFUSED.map((argv) => [argv]))('%j says what is allowed and shows no secret', (argv) => {
  const result = parseArgv(argv)
  if (result.ok) {
    // --help wins over whatever is wrong beside it.
    expect(argv.some((word) => word.startsWith('--help'))).toBe(true)
    return
  }
  expect(result.error).not.toEqual([])
  for (const problem of result.error) {
    const line = problemLine(problem, 'terminal')
    expect(line).toMatch(/allowed( for now)?: /)
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|hunter2|ghp_/u)
  }
})
