import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How a revision of ethrex can behave: the variants of `Behaviour` in `crates/prover/src/conduct.rs`. */
export type Behaviour =
  | 'Normal'
  | 'PanicsInExecution'
  | 'FailsInProving'
  | 'FailsInProvingExitsZero'
  | 'PanicsInProving'
  | 'PanicsOutsideCatch'
  | 'HangsInExecution'
  | 'Hangs'
  | 'IgnoresSignals'
  | 'FloodsTheLog'
  | 'FloodsForever'
  | 'LeavesChild'
  | 'LeavesDaemon'
  | 'StartsContainer'
  | 'ForgesReport'
  | 'ForgesFasterReport'
  | 'PrintsWorkflowCommands'
  | 'WritesCommandFiles'
  | 'DumpsEnvironment'
  | 'ReportsImplausibleTime'
  | 'MissingReportLine'
  | 'NonDeterministic'

/** The zkVMs that know no spans, each with a count of its own: user cycles, steps, instructions. */
export type CountingZkVm = 'risc0' | 'zisk' | 'openvm'

/** What another zkVM than SP1 makes of a block. */
export interface CountingSources {
  /** Its count by block. */
  readonly counts?: Readonly<Record<number, number>>
  /**
   * Any other block: thousandths of the cycles of SP1's outermost spans, rounded down. At first 1250 for RISC0, 700 for
   * ZisK and 900 for OpenVM.
   */
  readonly perMille?: number
  /** Proving time by block. */
  readonly seconds?: Readonly<Record<number, number>>
  /** Any other block: so many times that of SP1. At first 2 for RISC0, 0.5 for ZisK and 1.5 for OpenVM. */
  readonly secondsFactor?: number
}

/**
 * A host of ethrex-replay's history, named after the commit that it begins with: `Dialect` in
 * `ethrex-replay/src/dialect.rs` says what each can do.
 */
export type HostDialect = '2693e01' | '372aa07' | '6fae6c2' | '4561304'

/** Cycles by span; a path names its parents (`execution/execute_block`), which come first and hold them. */
export type SpanCycles = Readonly<Record<string, number>>

/**
 * A proof by its number, from 1, among those that a build made of the block in the place where it lies: warm-ups
 * and proofs made again count, and a later run goes on where this one ended.
 */
export interface NthProof {
  readonly block: number
  readonly proof: number
}

export interface Noise {
  /** Standard deviation of ln(time). */
  readonly sd: number
  readonly seed: number
}

/** What a revision of ethrex decides. What is left out stays as the revision before it has it. */
export interface EthrexSources {
  /** Proving time by block. */
  readonly seconds?: Readonly<Record<number, number>>
  /** Any other block: proving time by its gas. */
  readonly secondsPerGigagas?: number
  readonly cycles?: Readonly<Record<number, SpanCycles>>
  /** Any other block: cycles for each unit of its gas; 26,791 more are spent to commit. */
  readonly cyclesPerGas?: SpanCycles
  /** The other zkVMs; times and counts of which nothing is said follow SP1's. */
  readonly zkvms?: Readonly<Partial<Record<CountingZkVm, CountingSources>>>
  /** Each second that is reported is slept 1/timeScale of a second. */
  readonly timeScale?: number
  readonly executedCyclesPerSecond?: number
  /** Proofs that take longer than they are recorded to. */
  readonly outliers?: readonly (NthProof & { readonly percent: number })[]
  /** Proofs that fail; those before and after do not. */
  readonly failsOnce?: readonly NthProof[]
  /** From proof to proof; the same seed gives the same series, so each side wants its own. */
  readonly noise?: Noise
  /** On every block that `behaviours` does not name. */
  readonly behaviour?: Behaviour
  readonly behaviours?: Readonly<Record<number, Behaviour>>
  readonly floodMebibytes?: number
  readonly leftoverSeconds?: number
  /** Another number is another input for the same block. */
  readonly inputFormat?: number
  readonly sp1?: 'V5' | 'V6'
  /** From version 16 on a proof leaves no `result.json`. */
  readonly zisk?: 'V15' | 'V16'
  /** `ethrex`: does not compile. `host-api`: compiles, but not with the host, as since ethrex 93a7b16d. */
  readonly breaks?: 'ethrex' | 'host-api'
}

const CYCLES = 'crates/guest-program/src/cycles.rs'
const COUNTS = 'crates/guest-program/src/counts.rs'
const RECORDED = 'crates/prover/src/recorded.rs'
const IRREGULARITIES = 'crates/prover/src/irregularities.rs'
const BEHAVIOUR = 'crates/prover/src/behaviour.rs'
const INPUT_FORMAT = 'crates/networking/rpc/src/input_format.rs'
const EVM = 'crates/vm/src/evm.rs'
/** Of the host's repository. */
const DIALECT = 'src/dialect.rs'

type Edit = (text: string) => string

/** Rewrites the files that a checkout of ethrex needs to be this revision; `modifiedAt` backdates them. */
export const writeSources = async (
  checkout: string,
  sources: EthrexSources,
  modifiedAt?: Date
): Promise<void> => {
  await edit(checkout, editsOf(sources), modifiedAt)
}

/** Rewrites a checkout of the host, so that it speaks like another of its history. */
export const writeDialect = async (checkout: string, dialect: HostDialect): Promise<void> => {
  await edit(checkout, { [DIALECT]: constant('DIALECT', dialect, (commit) => `Dialect::At${commit}`) })
}

const edit = async (
  checkout: string,
  editsByPath: Readonly<Record<string, readonly Edit[]>>,
  modifiedAt?: Date
): Promise<void> => {
  for (const [path, edits] of Object.entries(editsByPath)) {
    if (edits.length === 0) continue
    const file = join(checkout, path)
    const before = await readFile(file, 'utf8')
    await writeFile(
      file,
      edits.reduce((text, edit) => edit(text), before)
    )
    if (modifiedAt !== undefined) await utimes(file, modifiedAt, modifiedAt)
  }
}

const editsOf = (sources: EthrexSources): Readonly<Record<string, readonly Edit[]>> => ({
  [CYCLES]: [
    ...constant('RECORDED', sources.cycles, (cycles) => list(byBlock(cycles, spans))),
    ...constant('PER_GAS', sources.cyclesPerGas, spans),
    ...(sources.breaks === 'ethrex' ? [doNotCompile] : [])
  ],
  [COUNTS]: ofZkVms(sources, (name, { counts, perMille }) => [
    ...constant(`${name}_COUNTS`, counts, (counts) => list(byBlock(counts, integer))),
    ...constant(`${name}_PER_MILLE`, perMille, integer)
  ]),
  [RECORDED]: [
    ...constant('TIME_SCALE', sources.timeScale, float),
    ...constant('SECONDS', sources.seconds, (seconds) => list(byBlock(seconds, float))),
    ...constant('SECONDS_PER_GIGAGAS', sources.secondsPerGigagas, float),
    ...constant('EXECUTED_CYCLES_PER_SECOND', sources.executedCyclesPerSecond, float),
    ...ofZkVms(sources, (name, { seconds, secondsFactor }) => [
      ...constant(`${name}_SECONDS`, seconds, (seconds) => list(byBlock(seconds, float))),
      ...constant(`${name}_SECONDS_FACTOR`, secondsFactor, float)
    ])
  ],
  [IRREGULARITIES]: [
    ...constant('OUTLIERS', sources.outliers, (outliers) =>
      list(outliers.map((outlier) => `(${nthProof(outlier)}, ${float(outlier.percent)})`))
    ),
    ...constant('FAILURES', sources.failsOnce, (proofs) =>
      list(proofs.map((proof) => `(${nthProof(proof)})`))
    ),
    ...constant('NOISE', sources.noise, ({ sd }) => float(sd)),
    ...constant('NOISE_SEED', sources.noise, ({ seed }) => integer(seed))
  ],
  [BEHAVIOUR]: [
    ...constant('BEHAVIOUR', sources.behaviour, variant),
    ...constant('BEHAVIOURS', sources.behaviours, (behaviours) => list(byBlock(behaviours, variant))),
    ...constant('FLOOD_MEBIBYTES', sources.floodMebibytes, integer),
    ...constant('LEFTOVER_SECONDS', sources.leftoverSeconds, integer),
    ...constant('SP1', sources.sp1, (generation) => `Sp1::${generation}`),
    ...constant('ZISK', sources.zisk, (generation) => `ZisK::${generation}`)
  ],
  [INPUT_FORMAT]: constant('INPUT_FORMAT', sources.inputFormat, integer),
  [EVM]: sources.breaks === 'host-api' ? [askForCrypto] : []
})

const ofZkVms = (
  { zkvms = {} }: EthrexSources,
  editsOf: (name: string, sources: CountingSources) => readonly Edit[]
): readonly Edit[] => Object.entries(zkvms).flatMap(([zkvm, sources]) => editsOf(zkvm.toUpperCase(), sources))

/** Gives a constant another value, where one is given. */
const constant = <T>(name: string, value: T | undefined, rust: (value: T) => string): readonly Edit[] => {
  if (value === undefined) return []
  const definition = new RegExp(`(pub const ${name}: [^=]+ = )[^;]*;`)
  return [(text) => replaced(text, definition, (head) => `${head}${rust(value)};`)]
}

const doNotCompile: Edit = (text) => `${text}\n/// Not a number.\npub const FEWER: u64 = "fewer";\n`

const askForCrypto: Edit = (text) => {
  const asking = replaced(
    text,
    /(new_for_l1\()block: &'a Block/,
    (head) => `${head}block: &'a Block, _: &dyn Crypto`
  )
  return `${asking}\n/// Hashes and curves, by whoever has the fastest.\npub trait Crypto {}\n`
}

const replaced = (text: string, pattern: RegExp, replace: (head: string) => string): string => {
  if (!pattern.test(text)) throw new Error(`the stand-in has no ${pattern.source}`)
  return text.replace(pattern, (_, head: string) => replace(head))
}

const byBlock = <T>(figures: Readonly<Record<number, T>>, rust: (figure: T) => string): readonly string[] =>
  Object.entries(figures).map(([block, figure]) => `(${integer(Number(block))}, ${rust(figure)})`)

const nthProof = ({ block, proof }: NthProof): string => `${integer(block)}, ${integer(proof)}`

const spans = (cycles: SpanCycles): string =>
  list(Object.entries(cycles).map(([path, count]) => `("${path}", ${integer(count)})`))

const list = (items: readonly string[]): string => `&[${items.map((item) => `\n    ${item},`).join('')}\n]`

const variant = (behaviour: Behaviour): string => `Behaviour::${behaviour}`

const integer = (value: number): string => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a count`)
  return value.toFixed(0)
}

/** Rust wants a point in a float. */
const float = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`)
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}
