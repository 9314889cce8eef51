/**
 * The numbers that are promised, measured on this machine, in one table. Ends 1 where one is over its limit.
 *
 *     npm run bench -- [--only start,flood] [--json]
 *
 * Takes some minutes, needs rustc and cargo, and measures dist/ as it is: build it first.
 */
import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { EXIT } from '../src/domain/exit-status.ts'
import { cancel } from './bench/cancel.ts'
import { childStreams } from './bench/child-streams.ts'
import { cliOf } from './bench/children.ts'
import { flood } from './bench/flood.ts'
import { fuzz } from './bench/fuzz.ts'
import { openLaboratory } from './bench/laboratory.ts'
import type { Laboratory } from './bench/laboratory.ts'
import { present } from './bench/present.ts'
import { reading } from './bench/reading.ts'
import type { Bench, Workshop } from './bench/row.ts'
import { loaded, start } from './bench/start.ts'
import { isGood, renderJson, renderTable } from './bench/table.ts'
import type { Finished } from './bench/table.ts'
import { trial } from './bench/trial.ts'

const BENCHES: readonly Bench[] = [start, loaded, trial, flood, reading, fuzz, present, cancel, childStreams]

const root = resolve(import.meta.dirname, '..')

function choose(only: string | undefined): readonly Bench[] {
  const names = only?.split(',') ?? BENCHES.map((bench) => bench.name)
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name))
  if (unknown.length > 0) {
    const known = BENCHES.map((bench) => bench.name).join(', ')
    throw new Error(`no such bench: ${unknown.join(', ')}; there are ${known}`)
  }
  return BENCHES.filter((bench) => names.includes(bench.name))
}

async function inWorkshop<T>(work: (workshop: Workshop) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'proving-regression-bench-'))
  let laboratory: Promise<Laboratory> | null = null
  const open = (): Promise<Laboratory> =>
    (laboratory ??= openLaboratory({ root, directory: join(directory, 'laboratory') }))
  // From the keyboard, which the children hear too; a gigabyte must not stay.
  process.once('SIGINT', () => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    process.exit(EXIT.cancelled)
  })
  try {
    return await work({ root, directory, laboratory: open })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function finish({ name, run }: Bench, workshop: Workshop): Promise<Finished> {
  console.error(`measuring: ${name}`)
  try {
    return { name, rows: await run(workshop), problem: null }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(error.stack)
    return { name, rows: [], problem: error.message }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, json: { type: 'boolean', default: false } }
  })
  const benches = choose(values.only)
  if (!existsSync(cliOf(root))) throw new Error('dist/cli.js is missing: npm run build')
  const finished: Finished[] = []
  const load = [loadavg()[0] ?? NaN]
  await inWorkshop(async (workshop) => {
    // One after the other: each wants the machine for itself.
    for (const bench of benches) {
      finished.push(await finish(bench, workshop))
      load.push(loadavg()[0] ?? NaN)
    }
  })
  const conditions = { node: process.version, cores: availableParallelism(), load }
  console.log((values.json ? renderJson : renderTable)(finished, conditions))
  if (!isGood(finished)) process.exitCode = 1
}

await main()
