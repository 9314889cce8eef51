import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerTo } from '../../scripts/vectors/answers.ts'
import { differencesBetween } from '../../scripts/vectors/difference.ts'
import { readVectors } from '../../scripts/vectors/read.ts'

const HOME = resolve(import.meta.dirname, '../..')
const VECTORS = join(HOME, '__tests__/fixtures/statistics-vectors.json')

const directory = mkdtempSync(join(tmpdir(), 'vectors-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const written = (content: unknown): string => {
  const path = join(directory, 'vectors.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const run = (...args: readonly string[]) => {
  const script = join(HOME, 'scripts/vectors.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr, lines: stdout.trimEnd().split('\n') }
}

const read = readVectors(readFileSync(VECTORS, 'utf8'))
if (!read.ok) throw new Error(read.error.join('\n'))
const vectors = read.value
const functions = [...new Set(vectors.map(({ fn }) => fn))]

describe('the product', () => {
  test.each(functions)('agrees on every case of %s', (fn) => {
    const differences = vectors
      .filter((vector) => vector.fn === fn)
      .flatMap((vector) => {
        const { expected, got } = answerTo(vector)
        return differencesBetween(expected, got).map((difference) => ({ id: vector.id, ...difference }))
      })
    expect(differences).toEqual([])
  })

  test('as the script says', () => {
    expect(run(VECTORS)).toMatchObject({ status: 0, stdout: '136 of 136 cases agree\n', stderr: '' })
  })
})

/** Where the numbers of a value are, those aside that are too small for nine digits to be told from noise. */
const places = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  if (typeof value === 'number') {
    const small = path.some((key) => /percent/i.test(key)) ? 1e-4 : 1e-6
    return Math.abs(value) > 0.9 * small ? [path] : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))
}

/** The value with the number at a place a little off. */
const nudged = (value: unknown, path: readonly string[]): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return Number(value) * (1 + 3e-9)
  const copy = structuredClone(value) as Record<string, unknown>
  copy[key] = nudged(copy[key], rest)
  return copy
}

describe('a number that is off by three in a billion', () => {
  test.each(functions)('of %s is found, wherever it is', (fn) => {
    let tried = 0
    for (const vector of vectors.filter((one) => one.fn === fn)) {
      const { expected, got } = answerTo(vector)
      for (const path of places(expected)) {
        tried += 1
        const found = differencesBetween(nudged(expected, path), got)
        expect(found.map((one) => one.path)).toEqual([path.join('.')])
      }
    }
    expect(tried).toBeGreaterThan(0)
  })

  test('is named by the script, which ends 1', () => {
    const changed = new Set<string>()
    const cases = vectors.map((vector) => {
      const path = places(vector.expected).findLast((one) => isFloat(vector.expected, one))
      if (path === undefined || changed.has(vector.fn)) return vector
      changed.add(vector.fn)
      const id = changed.size === 1 ? `${vector.id}\u001b[2J\u202e` : vector.id
      return { ...vector, id, expected: nudged(vector.expected, path) }
    })
    const { status, lines } = run(written({ cases }))
    expect(status).toBe(1)
    expect(lines).toHaveLength(changed.size + 1)
    expect(lines).toContainEqual(
      expect.stringMatching(/^tQuantile-1: expected 38\.188459\d+, got 38\.188459\d+$/)
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^session-1 percent: expected 0\.0329\d+, got 0\.0329\d+$/)
    )
    // The first name is not as it should be.
    expect(lines[0]).toMatch(/^boundaries-1\\u\{202e\} 2\.tSame: expected 2\.67\d+, got 2\.67\d+$/)
    expect(lines.at(-1)).toBe(`${136 - changed.size} of 136 cases agree`)
    // All that `pairsNeeded` answers are counts.
    expect(functions.filter((fn) => !changed.has(fn))).toEqual(['pairsNeeded'])
  })

  /** Counts must stay whole, or the file would not be read. */
  const isFloat = (value: unknown, path: readonly string[]): boolean =>
    !Number.isInteger(path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value))
})

describe('what differs is found', () => {
  test.each([
    ['another text', { verdict: 'no-change' }, { verdict: 'regression' }, ['verdict']],
    ['a number for null', { se: null }, { se: 0 }, ['se']],
    ['null for a number', { se: 0 }, { se: null }, ['se']],
    ['no number', { se: 1 }, { se: NaN }, ['se']],
    ['an item more', [1], [1, 2], ['1']],
    ['an item fewer', [1, 2], [1], ['1']],
    ['a key more', {}, { a: 1 }, ['a']],
    ['a list for an object', {}, [], ['']],
    ['nearly zero', { x: 0 }, { x: 2e-15 }, ['x']]
  ])('%s', (_, expected, got, paths) => {
    expect(differencesBetween(expected, got).map(({ path }) => path)).toEqual(paths)
  })

  test.each([
    ['the tenth digit', { x: 1 }, { x: 1 + 5e-10 }],
    ['what cancelling leaves of zero', { x: 0 }, { x: -5e-16 }],
    ['a hundred times as much in percent', { loPercent: 0 }, { loPercent: 5e-14 }]
  ])('but not %s', (_, expected, got) => {
    expect(differencesBetween(expected, got)).toEqual([])
  })
})

test('a repeat that the case has no time for is a difference', () => {
  const vector = vectors.find(({ id }) => id === 'session-11')
  if (vector?.fn !== 'session') throw new Error('no such session')
  const { got } = answerTo({ ...vector, input: { ...vector.input, repeats: {} } })
  expect(got).toMatch(/^the schedule asks for timed-r2-\d+-sp1-head-2, for which the case has no time$/)
})

describe('a strange file', () => {
  const T = { id: 't', fn: 'tQuantile', input: { p: 0.9, df: 3 }, expected: 1 }
  test.each([
    ['no JSON', 'hello', 'is not JSON'],
    ['NaN', '{"cases":[{"id":"t","fn":"tQuantile","input":{"p":NaN,"df":3},"expected":1}]}', 'is not JSON'],
    ['no cases', '{}', 'nothing at cases'],
    [
      'an unknown function',
      { cases: [{ ...T, fn: 'guess' }] },
      /^"guess" at cases\.0\.fn where .* is wanted$/
    ],
    ['a missing field', { cases: [{ ...T, input: { p: 0.9 } }] }, 'nothing at cases.0.input.df'],
    ['nothing expected', { cases: [{ ...T, expected: undefined }] }, 'nothing at cases.0.expected'],
    [
      'a field too many',
      { cases: [{ ...T, input: { p: 0.9, df: 3, q: 1 } }] },
      /does not have at cases\.0\.input\.q$/
    ],
    [
      'a text for a number',
      { cases: [{ ...T, expected: '1' }] },
      '"1" at cases.0.expected where number is wanted'
    ],
    [
      'beyond numbers',
      '{"cases":[{"id":"t","fn":"tQuantile","input":{"p":0.9,"df":3},"expected":1e999}]}',
      /^Infinity/
    ],
    ['cut off', { count: 3, cases: [T, T] }, '3 at count, and 2 cases'],
    ['a name with a meaning', '{"cases":[],"__proto__":{}}', 'has the key __proto__']
  ])('%s', (_, content, problem) => {
    const found = readVectors(typeof content === 'string' ? content : JSON.stringify(content))
    const expected: unknown = typeof problem === 'string' ? problem : expect.stringMatching(problem)
    expect(found).toEqual({ ok: false, error: [expected] })
  })

  test('has all of its problems named, nothing raw, and the script ends 2', () => {
    const hostile = '\u001b[31m\u202e'
    const path = written({
      cases: [
        { ...T, fn: hostile },
        { ...T, input: { [`${hostile}x`]: 1 } }
      ]
    })
    const { status, stdout, stderr } = run(path)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toHaveLength(4)
    expect([...stderr]).not.toContainEqual(expect.toBeOneOf(['\u001b', '\u202e']))
  })

  test('that is not there', () => {
    const wanted = { status: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) as string }
    expect(run(join(directory, 'absent.json'))).toMatchObject(wanted)
  })
})
