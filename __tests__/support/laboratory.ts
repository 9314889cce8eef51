import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStandIn, type StandIn } from '../../stand-in/repositories.ts'
import type { EthrexSources } from '../../stand-in/sources.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { ROOT } from './terminal.ts'

/** A folder with a stand-in of two revisions, witnesses, and a cache that its runs share. */
export interface Laboratory extends StandIn {
  readonly directory: string
  readonly cacheDir: string
  readonly witnesses: string
  /** Flags of a run on these blocks; head is the stand-in's unless `more` names one. */
  readonly flags: (blocks: string, reportDir: string, more?: readonly string[]) => readonly string[]
  readonly remove: () => void
}

/** Fast and of one second a second: nothing plays recorded times here. */
const QUICK: EthrexSources = {
  timeScale: 1,
  executedCyclesPerSecond: 1e12,
  secondsPerGigagas: 0.5,
  cyclesPerGas: { read_input: 1, execution: 40, 'execution/execute_block': 30, commit_public_inputs: 1 }
}

const BLOCKS = Array.from({ length: 24 }, (_, index) => 100 + index)

export const openLaboratory = async (head: EthrexSources, base: EthrexSources = {}): Promise<Laboratory> => {
  const directory = mkdtempSync(join(tmpdir(), 'proving-regression-'))
  const standIn = await createStandIn({
    root: ROOT,
    directory: join(directory, 'repositories'),
    base: { ...QUICK, ...base },
    head
  })
  const witnesses = join(directory, 'witnesses')
  for (const number of BLOCKS) {
    await writeWitness(witnesses, { number, gas: 10_000_000 + number, transactions: 3 })
  }
  const cacheDir = join(directory, 'cache')
  return {
    ...standIn,
    directory,
    cacheDir,
    witnesses,
    flags: (blocks, reportDir, more = []) => [
      ...['--repository', standIn.ethrex, '--host-repository', standIn.host],
      ...(more.includes('--head') ? [] : ['--head', standIn.headBranch]),
      ...['--blocks', blocks, '--witnesses', witnesses, '--resource', 'cpu'],
      // Most revisions here differ in the prover alone, and what they do when they execute is the point.
      ...(more.includes('--when-identical') ? [] : ['--when-identical', 'measure']),
      ...['--cache-dir', cacheDir, '--report-dir', reportDir, ...more]
    ],
    remove: () => rmSync(directory, { recursive: true, force: true })
  }
}

/** Environment and command line of a process, as one text; empty where it has ended or is not ours to read. */
const readProcess = (pid: string): string => {
  const read = (file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1').replaceAll('\0', ' ')
    } catch (error) {
      if (error instanceof Error && 'code' in error) return ''
      throw error
    }
  }
  return `${read('cmdline')}\n${read('environ')}`
}

/** Processes whose environment or command line holds this text, as `pid`, command and environment. */
export const processesWith = (text: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => `${pid} ${readProcess(pid)}`)
    .filter((found) => found.includes(text))

/** Every file below a directory, as text. */
export const textsBelow = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'latin1')])
  )
