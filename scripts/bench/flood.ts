import { execFile } from 'node:child_process'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import * as v from 'valibot'
import { MEBIBYTE } from '../../src/domain/quantity.ts'
import { childEnvironment } from '../../src/io/node/environment.ts'
import { askScript, timeBare } from './children.ts'
import type { FloodReading } from './flood-trial.ts'
import { alternate, median } from './pairs.ts'
import type { Pair } from './pairs.ts'
import type { Bench, Row } from './row.ts'

const PAIRS = 5
const PRINTED = 1_000_000_000
const LINES = PRINTED / 256

const readingSchema: v.GenericSchema<unknown, FloodReading> = v.object({
  wall: v.number(),
  mostMemory: v.number(),
  lines: v.literal(LINES),
  reason: v.literal('report-line-missing')
})

/** A child that writes every line at once, a gigabyte of them: we must not slow it, nor keep what it says. */
export const flood: Bench = {
  name: 'flood',
  run: async ({ directory: parent }) => {
    const directory = join(parent, 'flood')
    await mkdir(directory)
    const tools = await makeTools(directory)
    const pairs = await alternate(
      PAIRS,
      () => floodThroughUs(tools, directory),
      () => floodIntoFile(tools, directory)
    )
    return rowsOf(pairs)
  }
}

interface Tools {
  /** Prints the gigabyte. */
  readonly program: string
  /** Runs it as a trial. */
  readonly script: string
}

const makeTools = async (directory: string): Promise<Tools> => {
  const [program, script] = [join(directory, 'flood'), join(directory, 'flood-trial.mjs')]
  await promisify(execFile)('rustc', ['-O', '-o', program, join(import.meta.dirname, 'flood.rs')])
  await build({
    entryPoints: [join(import.meta.dirname, 'flood-trial.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'silent'
  })
  return { program, script }
}

const floodThroughUs = async ({ program, script }: Tools, directory: string): Promise<FloodReading> => {
  const logs = join(directory, 'logs')
  await mkdir(logs)
  const reading = await askScript([script, program, logs], readingSchema)
  await rm(logs, { recursive: true })
  return reading
}

const floodIntoFile = async ({ program }: Tools, directory: string): Promise<number> => {
  const [stdout, stderr] = [join(directory, 'stdout.log'), join(directory, 'stderr.log')]
  const env = childEnvironment(process.env, { purpose: 'trial' })
  const elapsed = await timeBare({ program, args: [], cwd: directory, env }, stdout, stderr)
  const { size } = await stat(stdout)
  if (size !== PRINTED) throw new Error(`the child printed ${size} bytes`)
  await rm(stdout)
  return elapsed
}

const rowsOf = (pairs: readonly Pair<FloodReading, number>[]): readonly Row[] => {
  const ratios = pairs.map(({ ours, theirs }) => ours.wall / theirs)
  const alone = median(pairs.map(({ theirs }) => theirs)) / 1000
  return [
    {
      name: 'flood',
      what: 'our memory, a child printing 1 GB a line at a time',
      measured: Math.max(...pairs.map(({ ours }) => ours.mostMemory)) / MEBIBYTE,
      limit: 120,
      unit: 'MiB',
      how: `most of ${PAIRS} trials, each in a process of its own, to the end of reading`
    },
    {
      name: 'flood',
      what: 'wall time of that child over the same into a file without us',
      measured: median(ratios),
      limit: 1.05,
      unit: '×',
      how:
        `median of ${PAIRS} alternating pairs, ${Math.min(...ratios).toFixed(3)} to ` +
        `${Math.max(...ratios).toFixed(3)}; ${alone.toFixed(1)} s without us`
    }
  ]
}
