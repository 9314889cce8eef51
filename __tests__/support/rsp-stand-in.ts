import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createRepository } from '../../stand-in/repositories.ts'

/** What goes wrong on a block: the variants of `Fault` in `crates/sdk/src/lib.rs`. */
export type RspFault = 'GasMismatch' | 'ProvingFails' | 'Panics' | 'Hangs'

/** What a revision of rsp decides; what is left out is as the template has it. */
export interface RspSources {
  /** 2c57180 prints no proving time, unless it is patched. */
  readonly revision?: '2c57180' | '2c57180-patched' | 'd1d8123'
  /** Each second that is reported is slept 1/timeScale of a second. */
  readonly timeScale?: number
  /** Proving time by block. */
  readonly seconds?: Readonly<Record<number, number>>
  /** Any other block: proving time by its gas. */
  readonly secondsPerGigagas?: number
  /** Instructions by block. */
  readonly cycles?: Readonly<Record<number, number>>
  /** Any other block: instructions for each unit of its gas. */
  readonly cyclesPerGas?: number
  readonly executedCyclesPerSecond?: number
  readonly faults?: Readonly<Record<number, RspFault>>
}

export interface RspStandIn {
  readonly repository: string
  /** The tip of `main`. */
  readonly sha: string
}

export interface RspStandInOptions {
  /** The root of this package: the template is in its `stand-in/rsp`. */
  readonly root: string
  /** Where `rsp/` is made; what is there under this name goes. */
  readonly directory: string
  readonly sources?: RspSources
}

const RECORDED = 'crates/sdk/src/recorded.rs'

/** Makes the repository. The same template and sources give the same SHA on every machine. */
export const createRspStandIn = async (options: RspStandInOptions): Promise<RspStandIn> => {
  const repository = join(options.directory, 'rsp')
  await mkdir(options.directory, { recursive: true })
  const sha = await createRepository(options.root, repository, async (checkout) => {
    for (const [path, content] of Object.entries(rspFiles(options.sources ?? {}))) {
      await mkdir(dirname(join(checkout, path)), { recursive: true })
      await writeFile(join(checkout, path), content)
    }
  })
  return { repository, sha }
}

/** The files that make a checkout of rsp this revision, by their path. */
export const rspFiles = (sources: RspSources): Readonly<Record<string, string>> => ({
  [RECORDED]: recorded(sources)
})

const REVISION = { '2c57180': 'C2c57180', '2c57180-patched': 'C2c57180Patched', d1d8123: 'D1d8123' } as const

const recorded = ({
  revision = 'd1d8123',
  timeScale = 1,
  seconds = {},
  secondsPerGigagas = 100,
  cycles = {},
  cyclesPerGas = 16,
  executedCyclesPerSecond = 1e9,
  faults = {}
}: RspSources): string => `use crate::{Fault, Revision};

pub const REVISION: Revision = Revision::${REVISION[revision]};
pub const TIME_SCALE: f64 = ${float(timeScale)};
pub const SECONDS: &[(u64, f64)] = ${byBlock(seconds, float)};
pub const SECONDS_PER_GIGAGAS: f64 = ${float(secondsPerGigagas)};
pub const CYCLES: &[(u64, u64)] = ${byBlock(cycles, String)};
pub const CYCLES_PER_GAS: u64 = ${cyclesPerGas};
pub const EXECUTED_CYCLES_PER_SECOND: f64 = ${float(executedCyclesPerSecond)};
pub const FAULTS: &[(u64, Fault)] = ${byBlock(faults, (fault) => `Fault::${fault}`)};
`

const byBlock = <T>(table: Readonly<Record<number, T>>, rust: (value: T) => string): string =>
  `&[${Object.entries(table)
    .map(([block, value]) => `(${block}, ${rust(value)})`)
    .join(', ')}]`

/** Rust wants a point in a float. */
const float = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))
