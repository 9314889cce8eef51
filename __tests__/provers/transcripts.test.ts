import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { explainLines, parseResult } from '../../src/provers/parse-result.ts'
import { blockOf, contextOf, gasOf, readLog } from './read-log.ts'

const ROOT = join(import.meta.dirname, '..', 'transcripts', 'ethrex-replay')

const About = v.strictObject({
  kind: v.picklist(['real', 'derived']),
  source: v.pipe(v.string(), v.minLength(5)),
  date: v.pipe(v.string(), v.isoDate()),
  network: v.nullable(v.picklist(['mainnet', 'sepolia', 'hoodi'])),
  zkvm: v.literal('sp1'),
  mode: v.picklist(['execute', 'prove']),
  block: v.number(),
  exit: v.number(),
  signal: v.optional(v.string()),
  wall: v.optional(v.number()),
  gasOfWitness: v.optional(v.number()),
  benchFresh: v.optional(v.boolean(), true),
  benchRequired: v.optional(v.boolean(), true)
})

const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null)

const readTranscript = (folder: string) => {
  const about = v.parse(About, JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')))
  const context = contextOf({
    block: blockOf(about.block),
    network: about.network,
    mode: about.mode,
    gasOfWitness: about.gasOfWitness === undefined ? null : gasOf(about.gasOfWitness),
    benchRequired: about.benchRequired
  })
  return readLog(context, {
    stdout: readFileSync(join(folder, 'stdout.log')),
    stderr: readFileSync(join(folder, 'stderr.log')),
    exit:
      about.signal === undefined
        ? { kind: 'exited', code: about.exit }
        : { kind: 'signalled', signal: about.signal },
    bench: textOf(join(folder, 'bench_latest.json')),
    benchFresh: about.benchFresh,
    wall: about.wall ?? null
  })
}

describe.each(folders(ROOT))('ethrex-replay %s', (version) => {
  test.each(folders(join(ROOT, version)))('%s', async (name) => {
    const folder = join(ROOT, version, name)
    const reading = readTranscript(folder)
    const seen = { result: parseResult(reading), explain: explainLines(reading), unread: reading.unread }
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(join(folder, 'expected.json'))
  })
})
