import { describe, expect, test } from 'vitest'
import type { SourceComparison } from '../../src/domain/sameness.ts'
import { ethrexOf } from '../../src/plan/cargo-source.ts'
import { compareProvingSources, type ProvingSources } from '../../src/plan/proving-sources.ts'
import type { Sources } from '../../src/plan/source-tree.ts'
import {
  ETHREX,
  HOST_MANIFEST,
  sha256,
  sourcesOf,
  withFiles,
  type TreeFiles
} from '../support/source-trees.ts'

const isEthrex = ethrexOf({ name: 'a', source: 'https://github.com/lambdaclass/ethrex', kind: 'url' })
const HOST = { manifests: new Map([['Cargo.toml', HOST_MANIFEST]]), lock: null, features: ['sp1'] }

const compareSources = (
  base: Sources,
  head: Sources,
  host: ProvingSources['host'] = HOST
): SourceComparison => compareProvingSources({ base, head, host, isEthrex, zkvm: 'sp1', digest: sha256 })

const told = (comparison: SourceComparison): string => {
  if (comparison.kind === 'unknown') return `unknown: ${comparison.why}`
  if (comparison.kind === 'identical') return 'identical'
  return comparison.paths.map(({ path, parts }) => `${parts.join('+')} ${path}`).join(', ')
}

type Changes = Readonly<Record<string, TreeFiles[string] | undefined>>

/** What these changes come to, on top of what both sides have besides `ETHREX`. */
const after = (changes: Changes, both: Changes, host?: ProvingSources['host']): string => {
  const before = Object.fromEntries(Object.keys(changes).map((path) => [path, ETHREX[path] ?? 'before']))
  const base = withFiles(ETHREX, { ...before, ...both })
  return told(compareSources(sourcesOf(base), sourcesOf(withFiles(base, changes)), host))
}

const text = (path: string): string => {
  const file = ETHREX[path]
  if (typeof file !== 'string') throw new Error(`no ${path}`)
  return file
}

const ALL = 'guest+input+prover'
const SP1 = 'crates/guest-program/build.rs'
const VM = 'crates/vm/src/lib.rs'
const SCRIPT = 'crates/vm/build.rs'
const crate = (name: string, dependencies = ''): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\n[dependencies]\n${dependencies}`

describe('what is read of other places', () => {
  test.each<[string, Changes, Changes, string]>([
    [
      'a place that a variable begins',
      { [VM]: 'static D: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../assets");' },
      { 'assets/a': 'x' },
      `${ALL} assets`
    ],
    [
      'an include in pieces over several lines',
      {
        [VM]: 'include_str!(concat!(\n  env!("CARGO_MANIFEST_DIR"),\n  "/../..",\n  "/assets/table.txt"\n))'
      },
      { 'assets/table.txt': 'x' },
      `${ALL} assets/table.txt`
    ],
    [
      'an include whose end is in another file',
      { [VM]: 'concat!(env!("CARGO_MANIFEST_DIR"), "/../..", $path)' },
      { 'assets/table.txt': 'x' },
      `${ALL} .`
    ],
    [
      'a build script that goes on elsewhere',
      { [SCRIPT]: 'for each in read_dir(root.join("../.."))? {}' },
      { 'assets/table.txt': 'x' },
      `${ALL} .`
    ],
    [
      'a build script that climbs without a literal',
      { [SCRIPT]: 'let up = root\n  .parent()\n  .unwrap()\n  .parent();\nread(up.join("assets"))' },
      { 'assets/table.txt': 'x' },
      `${ALL} assets`
    ],
    [
      'what an included source includes from beside it',
      { [VM]: 'include!("../../shared.rs");', 'crates/shared.rs': 'include!("tables.rs");' },
      { 'crates/tables.rs': 'x' },
      `${ALL} crates`
    ],
    [
      'the same where it is no .rs',
      { [VM]: 'include!("../../../shared/a.inc");', 'shared/a.inc': 'include!("b.inc");' },
      { 'shared/b.inc': 'x' },
      `${ALL} shared`
    ],
    [
      'what git makes of a file',
      { [VM]: 'include_str!("../../../assets/a")', 'assets/a': 'a' },
      { 'assets/.gitattributes': '* text eol=crlf' },
      `${ALL} assets/.gitattributes`
    ],
    [
      'a program that settings of cargo name',
      { '.cargo/config.toml': '[build]\nrustc-wrapper = "tools/wrap.sh"\n' },
      { 'tools/wrap.sh': 'x' },
      `${ALL} tools/wrap.sh`
    ],
    [
      'a script for the linker',
      { '.cargo/config.toml': '[build]\nrustflags = ["-C", "link-arg=-Ttools/guest.ld"]\n' },
      { 'tools/guest.ld': 'x' },
      `${ALL} tools/guest.ld`
    ],
    [
      'a toolchain in the tree',
      { 'rust-toolchain.toml': '[toolchain]\npath = "tools/rust"\n' },
      { 'tools/rust/rustc': 'x' },
      `${ALL} tools/rust`
    ]
  ])('%s', (_, both, changes, expected) => {
    expect(after(changes, both)).toBe(expected)
  })

  test('and a link in the place of a file of the same bytes', () => {
    const files = withFiles(ETHREX, { [VM]: 'include_str!("../../../assets/a")', 'assets/b': 'b' })
    const side = (kind: 'file' | 'link'): Sources => {
      const sources = sourcesOf(withFiles(files, { 'assets/a': 'b' }))
      const entries = sources.entries.map((entry) => (entry.path === 'assets/a' ? { ...entry, kind } : entry))
      const root = { ...entries[0], path: '.', object: kind, size: 0, kind: 'directory' as const }
      const object = entries.find(({ path }) => path === 'assets/a')?.object ?? ''
      return {
        ...sources,
        entries: [root, ...entries.slice(1)],
        texts: new Map([...sources.texts, [object, 'b']])
      }
    }
    expect(told(compareSources(side('file'), side('link')))).toBe(`${ALL} assets/a`)
  })
})

describe('packages that nothing depends on', () => {
  const library = { 'libs/deep/Cargo.toml': crate('deep'), 'libs/deep/src/lib.rs': '' }
  test.each<[string, Changes]>([
    [
      'a guest elsewhere, named by the script that builds it',
      {
        [SP1]: 'build_program("../../programs/sp1")',
        'programs/sp1/Cargo.toml': crate('program', 'deep = { path = "../../libs/deep" }')
      }
    ],
    [
      'a package inside of the script’s own',
      {
        [SP1]: 'cargo.arg("--manifest-path").arg("tables/Cargo.toml")',
        'crates/guest-program/tables/Cargo.toml': crate('tables', 'deep = { path = "../../../libs/deep" }')
      }
    ]
  ])('%s', (_, both) => {
    expect(after({ 'libs/deep/src/lib.rs': 'x' }, { ...library, ...both })).toBe('guest libs/deep')
  })

  test('but not those of other zkVMs', () => {
    const both = {
      ...library,
      [SP1]: 'build("./bin/risc0")',
      'crates/guest-program/bin/risc0/Cargo.toml': crate('other', 'deep = { path = "../../../../libs/deep" }')
    }
    expect(after({ 'libs/deep/src/lib.rs': 'x' }, { ...both })).toBe('identical')
  })
})

describe('what decides which versions are locked', () => {
  const manifest = (path: string, added: string): Changes => ({
    [`${path}/Cargo.toml`]: `${text(`${path}/Cargo.toml`)}${added}`
  })

  test('is also what an optional package wants that is not built', () => {
    expect(after(manifest('crates/l2', 'serde = "=1.0.99"\n'), {})).toBe('input+prover crates/l2/Cargo.toml')
    expect(after(manifest('crates/l2', '[dev-dependencies]\nserde = "=1.0.99"\n'), {})).toBe('identical')
  })

  test('and what the workspace says for it', () => {
    const workspace = (version: string): Changes => ({
      'Cargo.toml': text('Cargo.toml').replace('clap = "4.0.0"', `clap = "${version}"`)
    })
    const both = manifest('crates/l2', 'clap.workspace = true\n')
    expect(after(workspace('=4.0.1'), both)).toContain(' Cargo.toml')
  })
})

describe('the host', () => {
  const GIT = 'git = "https://github.com/lambdaclass/ethrex"'
  const l2 = { 'crates/l2/src/lib.rs': 'x' }
  const locked = (name: string, source: string, dependencies: readonly string[] = []): string =>
    `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "${source}"\ndependencies = ${JSON.stringify(dependencies)}\n`

  test.each<[string, string]>([
    ['by its git', `ethrex-l2 = { ${GIT} }`],
    ['by another name', `layer-two = { ${GIT}, package = "ethrex-l2" }`],
    ['as the workspace has it', 'ethrex-l2.workspace = true']
  ])('may have a package that takes %s what its root leaves out', (_, dependency) => {
    const root = `${HOST_MANIFEST}\n[workspace]\nmembers = ["inner"]\n[workspace.dependencies]\nethrex-l2 = { ${GIT} }\n`
    const manifests = new Map([
      ['Cargo.toml', root],
      ['inner/Cargo.toml', crate('inner', dependency)]
    ])
    expect(after(l2, {}, { ...HOST, manifests })).toBe('input+prover crates/l2')
  })

  test('may take ethrex by way of somebody else', () => {
    const own = 'git+https://github.com/lambdaclass/ethrex#abc'
    const names = ['ethrex-rpc', 'ethrex-vm', 'ethrex-prover', 'ethrex-guest-program', 'ethrex-common']
    const lock = [
      ...names.map((name) => locked(name, own)),
      locked('ethrex-l2', own),
      locked('theirs', 'git+https://example.org/theirs#abc', ['ethrex-l2'])
    ].join('')
    expect(after(l2, {}, { ...HOST, lock })).toBe('input+prover crates/l2')
  })
})

describe('what nobody can follow', () => {
  test('a path that begins at what settings name', () => {
    const both = { 'crates/vm/Cargo.toml': crate('ethrex-vm', 'x = { base = "up", path = "x" }\n') }
    expect(after({ 'docs/a': 'x' }, both)).toMatch(/has x in a form that is not known$/)
  })

  test('files that lead on for ever', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`a${at + 1}/x.rs`, `include!("../a${at}/x.rs");`])
    )
    const both = { ...chain, [VM]: 'include!("../../../a300/x.rs");' }
    expect(after({ 'docs/a': 'x' }, both)).toMatch(/files lead from one to the next without an end$/)
  })

  test.each<[string, Changes, RegExp]>([
    ['a path without end', { [`${'a/'.repeat(64)}b`]: '' }, /a path is too long$/],
    ['a manifest without end', { 'x/Cargo.toml': '#'.repeat(2_000_001) }, /the manifests are too long$/],
    ['a script without end', { 'x/build.rs': '"a" '.repeat(500_001) }, /are too long to look through$/]
  ])('%s', (_, both, why) => {
    expect(after({ 'docs/a': 'x' }, both)).toMatch(why)
  })

  test('lines without number', () => {
    const both = { 'docs/a.rs': '"../x"\n'.repeat(50_001) }
    expect(after({ 'docs/b': 'x' }, both)).toMatch(/too many lines have paths that lead upwards$/)
  })
})

test('the workspace is that of a package above which names one', () => {
  const workspace = (level: string): string => `[workspace]\n[profile.release]\nopt-level = ${level}\n`
  const both = {
    'crates/prover/Cargo.toml': `${text('crates/prover/Cargo.toml')}inner = { path = "../../outer/inner" }\n`,
    'outer/Cargo.toml': crate('outer').replace('[dep', 'workspace = "../ws"\n[dep'),
    'outer/inner/Cargo.toml': crate('inner'),
    'ws/Cargo.toml': workspace('3')
  }
  expect(after({ 'ws/Cargo.toml': workspace('1') }, both)).toBe('prover ws/Cargo.toml')
})
