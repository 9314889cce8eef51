import { join } from 'node:path'
import type { Sha } from '../../src/domain/revision.ts'
import type { BuildDescription, BuildPaths } from '../../src/provers/prover.ts'
import { commit } from './small-trees.ts'

const URL = 'https://github.com/lambdaclass/ethrex'
const SOURCE = `git+${URL}?branch=main#${'a'.repeat(40)}`

type Files = Readonly<Record<string, string>>

/** An ethrex of three crates, two of which say who they are. */
export const ethrexFiles = (says: string, version = '1.0.0'): Files => ({
  'Cargo.toml': `[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n[workspace.package]\nversion = "${version}"\nedition = "2021"\n`,
  ...crate('common', `pub fn says() -> &'static str { "${says}" }\n`),
  ...crate('vm', 'pub use ethrex_common::says;\n', 'ethrex-common = { path = "../common" }\n'),
  ...crate('prover', `pub fn proves() -> &'static str { "${says}" }\n`, 'ethrex-vm = { path = "../vm" }\n')
})

const crate = (name: string, source: string, dependencies = ''): Files => ({
  [`crates/${name}/Cargo.toml`]: `[package]\nname = "ethrex-${name}"\nversion.workspace = true\nedition.workspace = true\n[dependencies]\n${dependencies}`,
  [`crates/${name}/src/lib.rs`]: source
})

/** A host that takes ethrex from GitHub, one crate under another name, with a lock that says so. */
export const hostFiles = (dependencies = ''): Files => ({
  'Cargo.toml':
    `[package]\nname = "ethrex-replay"\nversion = "7.0.0"\nedition = "2021"\n[features]\nsp1 = []\n[dependencies]\n` +
    `ethrex-common = { git = "${URL}", branch = "main" }\n` +
    `prover = { git = "${URL}", branch = "main", package = "ethrex-prover" }\n${dependencies}`,
  'src/main.rs': 'fn main() { println!("{} {}", ethrex_common::says(), prover::proves()) }\n',
  'Cargo.lock': `version = 4\n${[
    locked('ethrex-common', SOURCE, []),
    locked('ethrex-prover', SOURCE, ['ethrex-vm']),
    locked('ethrex-replay', null, ['ethrex-common', 'ethrex-prover'], '7.0.0'),
    locked('ethrex-vm', SOURCE, ['ethrex-common'])
  ].join('')}`
})

const locked = (name: string, source: string | null, needs: readonly string[], version = '1.0.0'): string =>
  `\n[[package]]\nname = "${name}"\nversion = "${version}"\n${source === null ? '' : `source = "${source}"\n`}` +
  (needs.length === 0 ? '' : `dependencies = [\n${needs.map((need) => ` "${need}",\n`).join('')}]\n`)

export const buildCommand = ({ targetDir, patchFile }: BuildPaths): BuildDescription => ({
  program: 'cargo',
  args: [
    ...['build', '--release', '--bin', 'ethrex-replay', '--features', 'sp1', '--target-dir', targetDir],
    ...(patchFile === null ? [] : ['--config', patchFile])
  ],
  env: { CARGO_TERM_COLOR: 'never', CARGO_NET_RETRY: '0' },
  binary: 'release/ethrex-replay'
})

/** Repositories of both, the ethrex with a commit a side. */
export const commitBoth = async (
  place: string,
  sides: { readonly base: Files; readonly head: Files; readonly host?: Files }
): Promise<{ readonly base: Sha; readonly head: Sha; readonly host: Sha }> => ({
  host: await commit(join(place, 'ethrex-replay'), sides.host ?? hostFiles()),
  base: await commit(join(place, 'ethrex'), sides.base),
  head: await commit(join(place, 'ethrex'), sides.head)
})
