/**
 * As a process of its own, bundled as dist is: reads a log as `parse` does, again and again.
 *
 *     node reading-run.js pairs FILE COUNT     beside a bare pass over the same file
 *     node reading-run.js memory FILE COUNT    as one log that is so many times as long
 */
import { readFileSync } from 'node:fs'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import { files } from '../../src/io/node/files.ts'
import { createLineSplitter } from '../../src/provers/line.ts'
import { NO_FILES } from '../../src/provers/prover.ts'
import { REGISTRY } from '../../src/provers/registry.ts'
import { alternate } from './pairs.ts'
import type { Pair } from './pairs.ts'
import { WANTED } from './reading-log.ts'

/** Milliseconds of each pass, as this process prints them. */
export type ReadingPairs = readonly Pair<number, number>[]

/** The most memory that this process had at any time, in bytes. */
export interface ReadingMemory {
  readonly mostMemory: number
}

const repeated = async function* (path: string, count: number): AsyncGenerator<Uint8Array> {
  for (let time = 0; time < count; time += 1) yield* files.readChunks(path)
}

/** Everything that `parse` does with stdout. Throws where the figures are not there: then nothing was measured. */
const readAll = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  const block = parseBlockNumber(String(WANTED))
  if (block === null) throw new Error('no block')
  const reader = REGISTRY['ethrex-replay'].createReader({
    block,
    network: null,
    zkvm: 'sp1',
    mode: 'execute',
    gasOfWitness: null,
    timeScale: 1,
    benchRequired: false
  })
  const splitter = createLineSplitter((line) => {
    reader.line('stdout', line)
  })
  for await (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  const { outcome } = reader.end({ kind: 'exited', code: 0 }, NO_FILES, null)
  if (outcome.kind !== 'measured' || outcome.sample.metrics.cycles?.value !== 1_492_946_578n) {
    throw new Error(`the log was not read: ${JSON.stringify(outcome, (_, value: unknown) => String(value))}`)
  }
}

/** What anybody would write who wants the lines of a file: its chunks as text, cut at newlines, a line at a time. */
const readBare = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  const decoder = new TextDecoder()
  let [rest, lines, characters] = ['', 0, 0]
  const take = (line: string): void => {
    lines += 1
    characters += line.length
  }
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true })
    let from = 0
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      take(text.slice(from, to))
      from = to + 1
    }
    rest = text.slice(from)
  }
  if (lines === 0 || characters === 0) throw new Error('a log without lines')
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Not `maxRSS` of the resource usage: that begins with the memory of whoever started us. */
const mostMemory = (): number => {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(kibibytes) * 1024
}

const [mode, path = '', count = '1'] = process.argv.slice(2)
if (mode === 'pairs') {
  const pairs: ReadingPairs = await alternate(
    Number(count),
    () => timed(() => readAll(files.readChunks(path))),
    () => timed(() => readBare(files.readChunks(path)))
  )
  console.log(JSON.stringify(pairs))
} else {
  await readAll(repeated(path, Number(count)))
  console.log(JSON.stringify({ mostMemory: mostMemory() } satisfies ReadingMemory))
}
