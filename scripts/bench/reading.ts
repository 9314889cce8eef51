import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import * as v from 'valibot'
import { MEBIBYTE } from '../../src/domain/quantity.ts'
import { askScript } from './children.ts'
import { median } from './pairs.ts'
import type { LogKind } from './reading-log.ts'
import { LOGS, writeLog } from './reading-log.ts'
import type { ReadingMemory, ReadingPairs } from './reading-run.ts'
import type { Bench, Row } from './row.ts'

const PAIRS = 5
const SIZE = 256_000_000
/** So often the same log, read as one, is 2 GB. */
const TIMES = 8

const pairsSchema: v.GenericSchema<unknown, ReadingPairs> = v.array(
  v.object({ ours: v.number(), theirs: v.number() })
)
const memorySchema: v.GenericSchema<unknown, ReadingMemory> = v.object({ mostMemory: v.number() })

/** How fast a log is read, beside a pass that only cuts it into lines, and in how much memory. */
export const reading: Bench = {
  name: 'reading',
  run: async ({ directory: parent }) => {
    const directory = join(parent, 'reading')
    await mkdir(directory)
    const script = await makeScript(directory)
    const rows: Row[] = []
    for (const kind of LOGS) {
      const path = join(directory, `${kind}.log`)
      const bytes = await writeLog(path, kind, SIZE)
      const pairs = await askScript([script, 'pairs', path, String(PAIRS)], pairsSchema)
      const { mostMemory } = await askScript([script, 'memory', path, String(TIMES)], memorySchema)
      await rm(path)
      rows.push(...rowsOf(kind, { bytes, pairs, mostMemory }))
    }
    return rows
  }
}

const makeScript = async (directory: string): Promise<string> => {
  const script = join(directory, 'reading-run.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'reading-run.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'silent'
  })
  return script
}

const WORDS: Readonly<Record<LogKind, string>> = {
  mixed: 'an execution of SP1 among the lines of others',
  coloured: 'the same in colours',
  spans: 'spans of SP1 and nothing else'
}

interface Measured {
  readonly bytes: number
  readonly pairs: ReadingPairs
  readonly mostMemory: number
}

const rowsOf = (kind: LogKind, { bytes, pairs, mostMemory }: Measured): readonly Row[] => {
  const ours = median(pairs.map((pair) => pair.ours))
  const ratios = pairs.map((pair) => pair.ours / pair.theirs)
  const each = `${PAIRS} alternating pairs in one process over ${Math.round(bytes / 1e6)} MB in the page cache`
  return [
    {
      name: 'reading',
      what: `100 MB of log: ${WORDS[kind]}`,
      measured: (ours / 1000) * (100e6 / bytes),
      limit: 1,
      unit: 's',
      how: `median of ${each}: ${Math.round(bytes / 1000 / ours)} MB/s`
    },
    {
      name: 'reading',
      what: `the same over a bare line-by-line pass: ${kind}`,
      measured: median(ratios),
      limit: 3,
      unit: '×',
      how: `median of the same, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
    },
    {
      name: 'reading',
      what: `our memory, 2 GB of log: ${kind}`,
      measured: mostMemory / MEBIBYTE,
      limit: 150,
      unit: 'MiB',
      how: `most of a process of its own; the same file ${TIMES} times as one log`
    }
  ]
}
