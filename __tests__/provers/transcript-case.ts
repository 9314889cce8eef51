import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { NETWORKS, ZKVMS } from '../../src/domain/workload.ts'
import type { KeptName, Reading } from '../../src/provers/prover.ts'
import { KEPT_NAMES, PROVERS } from '../../src/provers/prover.ts'
import { blockOf, contextOf, gasOf, readLog } from './read-log.ts'

/** Whose output a transcript is about; a zkVM's is read inside its host's. */
export const TOOLS = ['ethrex-replay', 'sp1', 'risc0', 'zisk', 'openvm', 'rsp'] as const

/** Under which name a case has a kept file: that of the tool, where it has one. */
const KEPT_FILE: Readonly<Record<KeptName, string>> = {
  bench: 'bench_latest.json',
  result: 'result.json',
  emulator: 'emulator.log',
  csv: 'report.csv'
}

const FILES: readonly string[] = [
  'about.json',
  'stdout.log',
  'stderr.log',
  'expected.json',
  ...Object.values(KEPT_FILE)
]

/** A source file of a tool, and which version or commit of it. */
const isFormat = (source: string): boolean =>
  /\w\.rs\b/.test(source) && /\b(?:v?\d+\.\d+\.\d+|(?=[0-9a-f]*\d)[0-9a-f]{7,40})\b/.test(source)

const About = v.pipe(
  v.strictObject({
    kind: v.picklist(['real', 'derived']),
    source: v.pipe(v.string(), v.minLength(5)),
    date: v.pipe(v.string(), v.isoDate()),
    /** Whose reader reads it. */
    host: v.picklist(PROVERS),
    /** Null: native, without a zkVM. */
    zkvm: v.nullable(v.picklist(ZKVMS)),
    mode: v.picklist(['execute', 'prove']),
    block: v.number(),
    /** Null: whatever the log says. */
    network: v.nullable(v.picklist(NETWORKS)),
    /** Null: not known. */
    exit: v.nullable(v.number()),
    signal: v.optional(v.string()),
    wall: v.optional(v.number()),
    gasOfWitness: v.optional(v.number()),
    /** Kept files that are from before the process. */
    stale: v.optional(v.array(v.picklist(KEPT_NAMES)), []),
    benchRequired: v.optional(v.boolean(), true)
  }),
  v.check(
    ({ kind, source }) => kind === 'real' || isFormat(source),
    'source: derived from which format string? Name its file (x.rs) and version or commit'
  )
)
type About = v.InferOutput<typeof About>

const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null)

/** The header of a case; throws where it is not one. */
export const aboutOf = (folder: string): About => {
  const text = textOf(join(folder, 'about.json'))
  if (text === null) throw new Error(`${folder} has no about.json`)
  const strangers = readdirSync(folder).filter((name) => !FILES.includes(name))
  if (strangers.length > 0) throw new Error(`${folder} has what no case has: ${strangers.join(', ')}`)
  return v.parse(About, JSON.parse(text))
}

/** What its host's reader makes of a case. */
export const readCase = (folder: string): Reading => {
  const about = aboutOf(folder)
  const { block, network, zkvm, mode, gasOfWitness, benchRequired, exit, signal, stale, wall } = about
  const context = contextOf({
    block: blockOf(block),
    network,
    zkvm,
    mode,
    gasOfWitness: gasOfWitness === undefined ? null : gasOf(gasOfWitness),
    benchRequired
  })
  const kept = Object.fromEntries(KEPT_NAMES.map((name) => [name, textOf(join(folder, KEPT_FILE[name]))]))
  const log = {
    stdout: readFileSync(join(folder, 'stdout.log')),
    stderr: readFileSync(join(folder, 'stderr.log')),
    exit: exitOf(exit, signal),
    stale,
    wall: wall ?? null,
    ...kept
  }
  return readLog(context, log, about.host)
}

const exitOf = (code: number | null, signal: string | undefined) => {
  if (signal !== undefined) return { kind: 'signalled' as const, signal }
  return code === null ? null : { kind: 'exited' as const, code }
}
