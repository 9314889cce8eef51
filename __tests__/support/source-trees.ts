import { createHash } from 'node:crypto'
import { dirname } from 'node:path/posix'
import type { FoundLine, TreeEntry } from '../../src/domain/source-tree.ts'
import { readWhole } from '../../src/plan/outside-paths.ts'
import { isRead, sourceTree, UPWARD_PATHS, type Sources } from '../../src/plan/source-tree.ts'

/** A tree by path: a file's text, what a link leads to, or the commit of a submodule. */
export type TreeFiles = Readonly<
  Record<string, string | { readonly link: string } | { readonly module: string }>
>

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What would be read of a commit with these files. */
export const sourcesOf = (files: TreeFiles): Sources => {
  const leaves = Object.entries(files).map(([path, file]): TreeEntry & { readonly text: string } => {
    const kind = typeof file === 'string' ? 'file' : 'link' in file ? 'link' : 'module'
    const text = typeof file === 'string' ? file : 'link' in file ? file.link : file.module
    return { path, kind, object: sha256(`${kind} ${text}`), size: text.length, text }
  })
  const entries: TreeEntry[] = [...directoriesOf(leaves), ...leaves]
  const lines = leaves.flatMap(({ path, kind, text }): FoundLine[] =>
    kind === 'file' && /\.(rs|in|inc)$/.test(path)
      ? text
          .split('\n')
          .filter((line) => UPWARD_PATHS.texts.some((sought) => line.includes(sought)))
          .map((line) => ({ path, text: line }))
      : []
  )
  const whole = new Set(readWhole(sourceTree({ entries, lines, texts: new Map() })))
  const read = leaves.filter((entry) => isRead(entry) || whole.has(entry))
  return { entries, lines, texts: new Map(read.map(({ object, text }) => [object, text])) }
}

/** Each directory's id comes from all that is below it, as git's do. */
const directoriesOf = (leaves: readonly TreeEntry[]): readonly TreeEntry[] => {
  const below = new Map<string, string[]>([['.', []]])
  for (const { path, object } of leaves) {
    for (let at = dirname(path); ; at = dirname(at)) {
      below.set(at, [...(below.get(at) ?? []), `${path} ${object}`])
      if (at === '.') break
    }
  }
  return [...below].map(([path, content]) => ({
    path,
    kind: 'directory',
    object: sha256(content.toSorted().join('\n')),
    size: 0
  }))
}

const CRATE = (name: string, dependencies: string): string =>
  `[package]\nname = "${name}"\nversion.workspace = true\n\n[dependencies]\n${dependencies}`

const GIT = 'git = "https://github.com/lambdaclass/ethrex", branch = "main"'

/** A host in the shape of ethrex-replay. */
export const HOST_MANIFEST = `
[package]
name = "ethrex-replay"
version = "7.0.0"

[features]
sp1 = ["ethrex-prover/sp1"]
l2 = ["ethrex-l2/l2"]

[dependencies]
ethrex-rpc = { ${GIT} }
ethrex-vm = { ${GIT} }
ethrex-l2 = { ${GIT}, optional = true }
ethrex-prover = { ${GIT}, default-features = false }
guest_program = { ${GIT}, package = "ethrex-guest-program" }
`

const locked = (name: string, rest = ''): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${rest}\n`

const REGISTRY = 'source = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "'

/** A small ethrex: what the host takes, what that leads to, and what nobody takes. */
export const ETHREX: TreeFiles = {
  'Cargo.toml': `
[workspace]
resolver = "2"
members = ["cmd/*", "crates/*", "crates/networking/*"]
exclude = ["crates/guest-program/bin"]

[workspace.package]
version = "7.0.0"

[workspace.dependencies]
ethrex-common = { path = "./crates/common/" }
ethrex-vm = { path = "crates/vm", default-features = false }
serde = "1.0.1"
clap = "4.0.0"

[profile.release]
opt-level = 3
`,
  'Cargo.lock': [
    'version = 4\n',
    locked('clap', `${REGISTRY}11"`),
    locked('ethrex', 'dependencies = [\n "clap",\n "ethrex-common",\n]'),
    locked('ethrex-common', 'dependencies = [\n "serde",\n]'),
    locked('ethrex-vm', 'dependencies = [\n "ethrex-common",\n]'),
    locked('serde', `${REGISTRY}22"`)
  ].join('\n'),
  'README.md': 'ethrex',
  'docs/proving.md': 'How.',
  'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n',
  'cmd/ethrex/Cargo.toml': CRATE('ethrex', 'ethrex-common.workspace = true\nclap.workspace = true\n'),
  'cmd/ethrex/src/main.rs': 'fn main() {}',
  'crates/common/Cargo.toml': CRATE('ethrex-common', 'serde.workspace = true\n'),
  'crates/common/src/lib.rs': 'pub fn hash() {}',
  'crates/vm/Cargo.toml': CRATE(
    'ethrex-vm',
    'ethrex-common.workspace = true\n[dev-dependencies]\nbenches = { path = "../../tooling/benches" }\n'
  ),
  'crates/vm/src/lib.rs': 'pub fn run() {}',
  'crates/l2/Cargo.toml': CRATE('ethrex-l2', 'ethrex-common.workspace = true\n'),
  'crates/l2/src/lib.rs': 'pub fn sequence() {}',
  'crates/networking/rpc/Cargo.toml': CRATE('ethrex-rpc', 'ethrex-common.workspace = true\n'),
  'crates/networking/rpc/src/lib.rs': 'pub fn witness() {}',
  'crates/prover/Cargo.toml': CRATE(
    'ethrex-prover',
    'ethrex-common.workspace = true\nethrex-guest-program = { path = "../guest-program" }\n'
  ),
  'crates/prover/src/lib.rs': 'pub fn prove() {}',
  'crates/guest-program/Cargo.toml': CRATE('ethrex-guest-program', 'ethrex-vm.workspace = true\n'),
  'crates/guest-program/src/lib.rs': 'pub fn execute() {}',
  'crates/guest-program/bin/sp1/Cargo.toml':
    '[package]\nname = "ethrex-guest-sp1"\nversion = "7.0.0"\n[workspace]\n[dependencies]\nethrex-guest-program = { path = "../.." }\n',
  'crates/guest-program/bin/sp1/Cargo.lock': `version = 4\n${locked('sp1-zkvm', `${REGISTRY}33"`)}`,
  'crates/guest-program/bin/sp1/src/main.rs': 'fn main() {}',
  'tooling/benches/Cargo.toml': CRATE('benches', '')
}

/** The files with some of them changed, added, or, where undefined, taken away. */
export const withFiles = (
  files: TreeFiles,
  changes: Readonly<Record<string, TreeFiles[string] | undefined>>
): TreeFiles =>
  Object.fromEntries(
    Object.entries({ ...files, ...changes }).flatMap(([path, file]) =>
      file === undefined ? [] : [[path, file]]
    )
  )
