import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const TESTS = join(import.meta.dirname, '..', '..')
const NOTES = join(TESTS, '..', 'docs', 'notes', 'ethrex-replay.md')

const paths = readdirSync(TESTS, { recursive: true, withFileTypes: true }).map((entry) =>
  relative(TESTS, join(entry.parentPath, entry.name))
)

/** Numbers of the traps that a title or a folder of a transcript names. */
const numbers = (texts: readonly string[], pattern: RegExp): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')))

test('each of the ten traps of the notes has a test named after it', () => {
  const noted = numbers([readFileSync(NOTES, 'utf8')], /^\| (\d+) +\|/gm)
  const sources = paths
    .filter((path) => path.endsWith('.ts') && !path.endsWith('traps.test.ts'))
    .map((path) => readFileSync(join(TESTS, path), 'utf8'))
  const tested = new Set([
    ...numbers(sources, /(?:test|it)\(\s*['"`]trap (\d+): /g),
    ...numbers(paths, /^transcripts\/[^/]+\/[^/]+\/trap-(\d+)-[^/]+$/g)
  ])
  expect([...noted].map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect([...noted].filter((number) => !tested.has(number))).toEqual([])
})
