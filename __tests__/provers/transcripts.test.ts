import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { explainLines, parseResult } from '../../src/provers/parse-result.ts'
import { aboutOf, readCase, TOOLS } from './transcript-case.ts'

const ROOT = join(import.meta.dirname, '..', 'transcripts')

const entries = (path: string): readonly string[] => readdirSync(path).sort()

test('transcripts are of tools that we read', () => {
  expect(TOOLS).toEqual(expect.arrayContaining([...entries(ROOT)]))
})

/** `trap-1-…` are the facts that decide how a log is read: docs/notes/ethrex-replay.md numbers them. */
const titled = (name: string) => ({
  name,
  title: name.replace(/^trap-(\d+)-(.*)$/, (_, number: string, words: string) => {
    return `trap ${number}: ${words.replaceAll('-', ' ')}`
  })
})

const VERSIONS = entries(ROOT).flatMap((tool) =>
  entries(join(ROOT, tool)).map((version) => ({ tool, version }))
)

describe.each(VERSIONS)('$tool $version', ({ tool, version }) => {
  const folder = join(ROOT, tool, version)
  test.each(entries(folder).map(titled))('$title', async ({ name }) => {
    const reading = readCase(join(folder, name))
    const seen = { result: parseResult(reading), explain: explainLines(reading), unread: reading.unread }
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(
      join(folder, name, 'expected.json')
    )
  })
})

const ABOUT = {
  kind: 'derived',
  source: 'ethrex-replay src/report.rs:160 at 4561304',
  date: '2026-03-06',
  host: 'ethrex-replay',
  zkvm: 'sp1',
  mode: 'execute',
  block: 1,
  network: 'mainnet',
  exit: 0
}

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'transcript-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('a case has a header, and no file that nobody reads', () => {
  const about = JSON.stringify(ABOUT)
  expect(aboutOf(folderWith({ 'about.json': about }))).toMatchObject(ABOUT)
  expect(() => aboutOf(folderWith({ 'stdout.log': '' }))).toThrow('has no about.json')
  expect(() => aboutOf(folderWith({ 'about.json': about, 'bench.json': '' }))).toThrow('bench.json')
})

test.each([
  [{ walls: 1 }, 'walls'],
  [{ host: 'reth' }, 'host|reth'],
  [{ source: 'ethrex-replay' }, 'which format string'],
  [{ source: 'ethrex-replay src/report.rs' }, 'which format string'],
  [{ source: 'ethrex-replay at 4561304' }, 'which format string']
])('a header with %j is refused', (change, why) => {
  const text = JSON.stringify({ ...ABOUT, ...change })
  expect(() => aboutOf(folderWith({ 'about.json': text }))).toThrow(new RegExp(why))
})
