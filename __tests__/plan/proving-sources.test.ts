import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceComparison } from '../../src/domain/sameness.ts'
import { ethrexOf } from '../../src/plan/cargo-source.ts'
import { compareProvingSources, type ProvingSources } from '../../src/plan/proving-sources.ts'
import {
  ETHREX,
  HOST_MANIFEST,
  sha256,
  sourcesOf,
  withFiles,
  type TreeFiles
} from '../support/source-trees.ts'

const isEthrex = ethrexOf({ name: 'a', source: 'https://github.com/lambdaclass/ethrex', kind: 'url' })

const compare = (base: TreeFiles, head: TreeFiles, changes: Partial<ProvingSources> = {}): SourceComparison =>
  compareProvingSources({
    base: sourcesOf(base),
    head: sourcesOf(head),
    host: { manifests: new Map([['Cargo.toml', HOST_MANIFEST]]), lock: null, features: ['sp1'] },
    isEthrex,
    zkvm: 'sp1',
    digest: sha256,
    ...changes
  })

/** In a line: `identical`, the parts and paths that differ, or why nothing is known. */
const told = (comparison: SourceComparison): string => {
  if (comparison.kind === 'unknown') return `unknown: ${comparison.why}`
  if (comparison.kind === 'identical') return 'identical'
  return comparison.paths.map(({ path, parts }) => `${parts.join('+')} ${path}`).join(', ')
}

type Changes = Readonly<Record<string, TreeFiles[string] | undefined>>

/** What the head's changes come to, on top of what both sides have besides `ETHREX`. */
const after = (changes: Changes, both: Changes = {}): string => {
  const base = withFiles(ETHREX, both)
  return told(compare(base, withFiles(base, changes)))
}

const text = (path: string): string => {
  const file = ETHREX[path]
  if (typeof file !== 'string') throw new Error(`no ${path}`)
  return file
}

/** A file with its end changed. */
const more = (path: string, added: string): Changes => ({ [path]: text(path) + added })

const replaced = (path: string, from: string, to: string): Changes => {
  if (!text(path).includes(from)) throw new Error(`no ${from}`)
  return { [path]: text(path).replaceAll(from, to) }
}

const ALL = 'guest+input+prover'
const COMMON = 'crates/common/src/lib.rs'
const VM = 'crates/vm/src/lib.rs'

describe('a change', () => {
  test.each<[string, Changes, string]>([
    ['nothing', {}, 'identical'],
    ['docs', more('docs/proving.md', '!'), 'identical'],
    ['the readme', more('README.md', '!'), 'identical'],
    ['a program of its own', more('cmd/ethrex/src/main.rs', '//'), 'identical'],
    ['what only tests take', more('tooling/benches/Cargo.toml', '#'), 'identical'],
    ['an optional package that no feature takes', more('crates/l2/src/lib.rs', '//'), 'identical'],
    [
      'the guest',
      more('crates/guest-program/bin/sp1/src/main.rs', '//'),
      'guest crates/guest-program, guest crates/guest-program/bin/sp1'
    ],
    ['the guest library', more('crates/guest-program/src/lib.rs', '//'), 'guest crates/guest-program'],
    [
      "the guest's lock",
      replaced('crates/guest-program/bin/sp1/Cargo.lock', '33', '34'),
      'guest crates/guest-program, guest crates/guest-program/bin/sp1'
    ],
    ['the conversion', more('crates/networking/rpc/src/lib.rs', '//'), 'input crates/networking/rpc'],
    ['the prover', more('crates/prover/src/lib.rs', '//'), 'prover crates/prover'],
    ['what all take', more(COMMON, '//'), `${ALL} crates/common`],
    ['what the host takes besides', more(VM, '//'), `${ALL} crates/vm`],
    ['the toolchain', replaced('rust-toolchain.toml', '90', '91'), `${ALL} rust-toolchain.toml`],
    ['a toolchain on the way', { 'crates/rust-toolchain': '1.80.0' }, `${ALL} crates/rust-toolchain`],
    ['a toolchain elsewhere', { 'cmd/rust-toolchain': '1.80.0' }, 'identical'],
    ['settings of cargo', { '.cargo/config.toml': '[build]\nrustflags = ["-O"]\n' }, `${ALL} .cargo`],
    ['settings of git', { '.gitattributes': '*.rs eol=crlf' }, `${ALL} .gitattributes`],
    ['a file in a package', { 'crates/prover/x.bin': '' }, 'prover crates/prover'],
    ['a file that is gone', { [VM]: undefined }, `${ALL} crates/vm`],
    ['a submodule', { 'crates/vm/fixtures': { module: 'a' } }, `${ALL} crates/vm`],
    ['a submodule elsewhere', { fixtures: { module: 'a' } }, 'identical']
  ])('of %s', (_, changes, expected) => {
    expect(after(changes)).toBe(expected)
  })

  test.each<[string, Changes, string]>([
    ['a member', replaced('Cargo.toml', '"cmd/*"', '"cmd/*", "new"'), 'identical'],
    [
      'a comment and the order',
      { 'Cargo.toml': text('Cargo.toml').split('\n\n').toReversed().join('\n\n# x\n') },
      'identical'
    ],
    [
      'a dependency that nobody here takes',
      replaced('Cargo.toml', 'clap = "4.0.0"', 'clap = "5.0.0"'),
      'identical'
    ],
    ['a dependency more', more('Cargo.toml', '[workspace.dependencies.new]\nversion = "1"\n'), 'identical'],
    [
      'a dependency that is taken',
      replaced('Cargo.toml', 'serde = "1.0.1"', 'serde = "1.0.2"'),
      `${ALL} Cargo.toml`
    ],
    ['a profile', replaced('Cargo.toml', 'opt-level = 3', 'opt-level = 2'), `${ALL} Cargo.toml`],
    [
      'a patch',
      more('Cargo.toml', '[patch.crates-io]\nserde = { git = "https://e.org/serde" }\n'),
      `${ALL} Cargo.toml`
    ],
    ['lints', more('Cargo.toml', '[workspace.lints.rust]\nunsafe_code = "deny"\n'), `${ALL} Cargo.toml`],
    ['the version', replaced('Cargo.toml', '"7.0.0"', '"7.1.0"'), `${ALL} Cargo.toml`],
    ['the resolver', replaced('Cargo.toml', 'resolver = "2"', 'resolver = "3"'), `${ALL} Cargo.toml`],
    ['a locked package that nobody here takes', replaced('Cargo.lock', '"11"', '"12"'), 'identical'],
    ['a locked package that is taken', replaced('Cargo.lock', '"22"', '"23"'), `${ALL} Cargo.lock`],
    ['all of the lock', { 'Cargo.lock': undefined }, `${ALL} Cargo.lock`]
  ])('of the workspace: %s', (_, changes, expected) => {
    expect(after(changes)).toBe(expected)
  })
})

describe('what packages lead to', () => {
  const manifest = (path: string, added: string): Changes => more(`${path}/Cargo.toml`, added)
  const other = {
    'tooling/other/Cargo.toml': '[package]\nname = "other"\nversion = "1.0.0"\n',
    'tooling/other/src/lib.rs': ''
  }
  test.each<[string, Changes, string]>([
    [
      'a dependency by path',
      manifest('crates/vm', '[dependencies.other]\npath = "../../tooling/other/"\n'),
      ALL
    ],
    [
      'an optional one',
      manifest('crates/prover', 'other = { path = "../../tooling/other", optional = true }\n'),
      'prover'
    ],
    [
      'one of the build',
      manifest(
        'crates/networking/rpc',
        '[build-dependencies]\nx = { path = "../../../tooling/other", package = "other" }\n'
      ),
      'input'
    ],
    [
      'one of a target',
      manifest(
        'crates/guest-program',
        "[target.'cfg(unix)'.dependencies]\nother = { path = '../../tooling/other' }\n"
      ),
      'guest'
    ],
    [
      'one from ethrex itself',
      manifest(
        'crates/prover',
        'x = { git = "https://github.com/lambdaclass/ethrex.git", package = "other" }\n'
      ),
      'prover'
    ],
    [
      'one of the workspace',
      {
        ...manifest('crates/prover', 'other = { workspace = true, features = [] }\n'),
        ...more('Cargo.toml', '[workspace.dependencies.other]\npath = "tooling/other"\n')
      },
      'prover'
    ],
    [
      'a patch of the workspace',
      more('Cargo.toml', '[patch.crates-io]\nother = { path = "tooling/other" }\n'),
      ALL
    ],
    ['a replacement', more('Cargo.toml', '[replace]\n"other:1.0.0" = { path = "tooling/other" }\n'), ALL],
    ['one of a test', manifest('crates/vm', '[dev-dependencies.other]\npath = "../../tooling/other"\n'), '']
  ])('%s', (_, both, parts) => {
    const expected = parts === '' ? 'identical' : `${parts} tooling/other`
    expect(after({ 'tooling/other/src/lib.rs': '//' }, { ...other, ...both })).toBe(expected)
  })

  test.each<[string, Changes, Changes, string]>([
    [
      'an include',
      { [VM]: 'include_str!("../../../assets/table.txt")' },
      { 'assets/table.txt': 'x' },
      `${ALL} assets/table.txt`
    ],
    [
      'an include by the manifest',
      { [VM]: 'include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/table.txt"))' },
      { 'assets/table.txt': 'x' },
      `${ALL} assets/table.txt`
    ],
    [
      'an include in pieces',
      { [VM]: 'include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../", "assets", "/table.txt"))' },
      { 'assets/table.txt': 'x' },
      `${ALL} assets`
    ],
    [
      'an include on a line of its own',
      { [VM]: 'include_str!(\n  "../../../assets/table.txt"\n)' },
      { 'assets/table.txt': 'x' },
      `${ALL} assets/table.txt`
    ],
    [
      'a raw literal of the prover',
      { 'crates/prover/src/lib.rs': 'sol!(r#"../../../assets/table.txt"#)' },
      { 'assets/table.txt': 'x' },
      'prover assets/table.txt'
    ],
    ['a directory', { [VM]: 'embed!("../../assets/")' }, { 'assets/deep/table.txt': 'x' }, `${ALL} assets`],
    [
      'a module and its modules',
      { [VM]: '#[path = "../../../shared/one.rs"] mod one;', 'shared/one.rs': 'mod two;' },
      { 'shared/two.rs': 'x' },
      `${ALL} shared`
    ],
    [
      'a module in a module',
      { [VM]: 'mod a { #[path = "../../../../shared/one.rs"] mod one; }' },
      { 'shared/one.rs': 'x' },
      `${ALL} shared`
    ],
    [
      'what is reached from there',
      { [VM]: '#[path = "../../../shared/one.rs"] mod one;', 'shared/one.rs': 'include_str!("../assets/a")' },
      { 'assets/a': 'x' },
      `${ALL} assets/a`
    ],
    [
      'a build script',
      {
        'crates/vm/build.rs': 'let x = 1;\nlet p = root.join("../..")\n  .join("contracts")\n  .join("src");'
      },
      { 'contracts/src/a.sol': 'x' },
      `${ALL} contracts`
    ],
    [
      'a build script below where the package is',
      { 'crates/vm/build.rs': 'root.join("../..").join("crates").join("contracts")' },
      { 'crates/contracts/a.sol': 'x' },
      `${ALL} crates/contracts`
    ],
    [
      'a build script with a format',
      { 'crates/vm/build.rs': 'format!("{}/../../contracts/a.sol", root)' },
      { 'contracts/a.sol': 'x' },
      `${ALL} contracts/a.sol`
    ],
    ['a link', { 'crates/vm/assets': { link: '../../assets' } }, { 'assets/a': 'x' }, `${ALL} assets`],
    [
      'a link over a link',
      { 'crates/vm/a': { link: '../../links/assets/a' }, 'links/assets': { link: '../assets' } },
      { 'assets/a': 'x' },
      `${ALL} assets, ${ALL} assets/a`
    ],
    [
      'a link on the way',
      { [VM]: 'include_str!("../../../links/a")', links: { link: 'assets' } },
      { 'assets/a': 'x' },
      `${ALL} assets, ${ALL} assets/a`
    ],
    ['a link to the root', { 'crates/vm/root': { link: '../..' } }, { 'docs/proving.md': 'x' }, `${ALL} .`],
    [
      'a toolchain behind a link',
      { 'rust-toolchain.toml': { link: 'tools/rust' } },
      { 'tools/rust': 'x' },
      `${ALL} tools/rust`
    ],
    [
      'a library outside of its package',
      manifest('crates/prover', '[lib]\npath = "../../shared/lib.rs"\n'),
      { 'shared/lib.rs': 'x' },
      'prover shared'
    ],
    ['a literal that leads to all', { [VM]: 'root.join("../..")' }, { 'docs/proving.md': 'x' }, 'identical'],
    [
      'a literal that leads out of the repository',
      { [VM]: 'open("../../../../../etc")' },
      { 'etc/a': 'x' },
      'identical'
    ],
    [
      'a literal of a package that nobody takes',
      { 'cmd/ethrex/src/main.rs': 'include_str!("../../../assets/a")' },
      { 'assets/a': 'x' },
      'identical'
    ],
    [
      'a link out of the repository',
      { 'crates/vm/hosts': { link: '/etc/hosts' }, 'crates/vm/up': { link: '../../../x' } },
      { x: 'x' },
      'identical'
    ],
    [
      'links in a circle',
      { 'crates/vm/a': { link: 'b' }, 'crates/vm/b': { link: 'a' } },
      { x: 'x' },
      'identical'
    ]
  ])('%s', (_, both, changes, expected) => {
    const before = Object.fromEntries(Object.keys(changes).map((path) => [path, 'before']))
    expect(after(changes, { ...before, ...both })).toBe(expected)
  })

  test('a file that was not there when it was named', () => {
    const both = { [VM]: 'include_str!("../../../assets/a")' }
    expect(after({ 'assets/a': 'x' }, both)).toBe(`${ALL} assets/a`)
  })
})

describe('what cannot be read to the end', () => {
  const broken = (path: string): Changes => ({ [path]: '[[[' })
  test.each<[string, Changes, RegExp]>([
    [
      'a manifest',
      broken('crates/common/Cargo.toml'),
      /^unknown: at base, crates\/common\/Cargo\.toml is not TOML: /
    ],
    ['the workspace', broken('Cargo.toml'), /^unknown: at base, .*Cargo\.toml/],
    ['the lock', broken('Cargo.lock'), /^unknown: at base, Cargo\.lock is not TOML: /],
    [
      'an entry of the lock',
      { 'Cargo.lock': '[[package]]\nname = 1\n' },
      /Cargo\.lock has an entry that cannot be read$/
    ],
    [
      'a manifest that is a pointer',
      { 'crates/vm/Cargo.toml': 'version https://git-lfs.github.com/spec/v1\n' },
      /crates\/vm\/Cargo\.toml|ethrex-vm/
    ],
    [
      'a manifest that is a link',
      { 'crates/common/Cargo.toml': { link: 'x' } },
      /crates\/common\/Cargo\.toml cannot be read$/
    ],
    [
      'a guest that is missing',
      { 'crates/guest-program/bin/sp1/Cargo.toml': undefined },
      /no guest program of sp1 is found/
    ],
    [
      'a path to nothing',
      more('crates/vm/Cargo.toml', '[dependencies.x]\npath = "../x"\n'),
      /crates\/x\/Cargo\.toml does not exist$/
    ],
    [
      'a path out of the repository',
      more('crates/vm/Cargo.toml', '[dependencies.x]\npath = "../../../x"\n'),
      /crates\/vm\/Cargo\.toml has x outside of the repository, at \.\.\/\.\.\/\.\.\/x$/
    ],
    [
      'a path of the machine',
      more('crates/vm/Cargo.toml', '[dependencies.x]\npath = "/x"\n'),
      /outside of the repository/
    ],
    [
      'a path that is none',
      more('crates/vm/Cargo.toml', '[dependencies.x]\npath = 1\n'),
      /in a form that is not known$/
    ],
    [
      'a dependency that the workspace lacks',
      more('crates/vm/Cargo.toml', '[dependencies.x]\nworkspace = true\n'),
      /takes x from a workspace that does not have it$/
    ],
    [
      'a package that the host wants',
      replaced('crates/prover/Cargo.toml', 'ethrex-prover', 'moved'),
      /the host depends on the package `ethrex-prover`, which this ethrex does not have$/
    ],
    [
      'a package that is there twice',
      {
        'tooling/x/Cargo.toml': text('crates/prover/Cargo.toml'),
        ...replaced('Cargo.toml', '"crates/*"', '"crates/*", "tooling/*"')
      },
      /the package `ethrex-prover` is in this ethrex more than once/
    ],
    [
      'an unusual build script',
      replaced('crates/vm/Cargo.toml', '[dependencies]', 'build = "make.rs"\n[dependencies]'),
      /names a build script that is not looked into$/
    ],
    [
      'crates from elsewhere',
      { '.cargo/config.toml': 'paths = ["x"]' },
      /\.cargo\/config\.toml may take crates from elsewhere$/
    ],
    [
      'settings of cargo',
      { 'crates/.cargo/config': '[[[' },
      /crates\/\.cargo\/config may take crates from elsewhere$/
    ],
    ['a name', { 'crates/vm/\uFFFD': '' }, /the name of crates\/vm\/\uFFFD is not UTF-8$/]
  ])('%s', (_, both, why) => {
    expect(after({ 'docs/proving.md': 'x' }, both)).toMatch(why)
  })

  test('nor can a glob of members that is none', () => {
    const head = withFiles(ETHREX, replaced('Cargo.toml', '"cmd/*"', '"cmd/[z-a]"'))
    expect(() => compare(ETHREX, head)).toThrow(/regular expression/)
  })

  test('is of no weight where both trees are one and the same', () => {
    const files = withFiles(ETHREX, broken('crates/vm/Cargo.toml'))
    const object = sourcesOf(files).entries[0]?.object
    expect(compare(files, files)).toEqual({
      kind: 'identical',
      paths: [{ path: '.', parts: ['guest', 'input', 'prover'], base: object, head: object }]
    })
  })

  test('a host that is no host', () => {
    const host = (manifest: string, lock: string | null = null) =>
      told(
        compare(ETHREX, withFiles(ETHREX, { x: 'x' }), {
          host: { manifests: new Map([['Cargo.toml', manifest]]), lock, features: [] }
        })
      )
    expect(host('[[[')).toMatch(/Cargo\.toml of the host is not TOML/)
    expect(host('[package]\nname = "x"')).toMatch(/no Cargo\.toml of the host has a git dependency on ethrex/)
    expect(host(HOST_MANIFEST, '[[[')).toMatch(/Cargo\.lock of the host is not TOML/)
  })
})

describe('the host', () => {
  const l2 = withFiles(ETHREX, more('crates/l2/src/lib.rs', '//'))
  const host = (features: readonly string[], manifest = HOST_MANIFEST, lock: string | null = null) => ({
    host: { manifests: new Map([['Cargo.toml', manifest]]), lock, features }
  })
  test.each<[string, ReturnType<typeof host>, string]>([
    ['takes an optional package by a feature', host(['sp1', 'l2']), 'input+prover crates/l2'],
    [
      'takes it by a feature of its default',
      host([], HOST_MANIFEST.replace('[features]', '[features]\ndefault = ["l2"]')),
      'input+prover crates/l2'
    ],
    ['takes it by its own name', host(['ethrex-l2']), 'input+prover crates/l2'],
    [
      'does not take it for a feature that it may have',
      host([], HOST_MANIFEST.replace('"ethrex-prover/sp1"', '"ethrex-l2?/x"')),
      'identical'
    ],
    [
      'takes it where its features cannot be followed',
      host(['l2'], HOST_MANIFEST.replace('["ethrex-l2/l2"]', '"x"')),
      'input+prover crates/l2'
    ]
  ])('%s', (_, changes, expected) => {
    expect(told(compare(ETHREX, l2, changes))).toBe(expected)
  })

  test('takes what its lock has from ethrex, but for what leads to it alone', () => {
    const source = 'source = "git+https://github.com/lambdaclass/ethrex?branch=main#abc"'
    const entry = (name: string, dependencies: readonly string[] = []): string =>
      `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}\ndependencies = ${JSON.stringify(dependencies)}\n`
    const names = ['ethrex-rpc', 'ethrex-vm', 'ethrex-guest-program', 'ethrex-common']
    const lock = (of: 'ethrex-prover' | 'ethrex-l2'): string =>
      [
        ...names.map((name) => entry(name)),
        entry('ethrex-prover', of === 'ethrex-prover' ? ['extra 1.0.0'] : []),
        entry('ethrex-l2', of === 'ethrex-l2' ? ['extra'] : []),
        entry('extra')
      ].join('')
    const files = withFiles(ETHREX, { 'tooling/extra/Cargo.toml': '[package]\nname = "extra"\n' })
    const head = withFiles(files, { 'tooling/extra/x': 'x' })
    const found = (of: 'ethrex-prover' | 'ethrex-l2'): string =>
      told(compare(files, head, host(['sp1'], HOST_MANIFEST, lock(of))))
    expect(found('ethrex-prover')).toBe('input+prover tooling/extra')
    expect(found('ethrex-l2')).toBe('identical')
  })
})

describe('the guest', () => {
  test('is found at the place that it had before, and where it moves', () => {
    const move = (path: string): string =>
      path
        .replace('crates/guest-program/bin/', 'crates/l2/prover/src/guest_program/src/')
        .replace('crates/guest-program', 'crates/l2/prover/src/guest_program')
    const before = Object.fromEntries(
      Object.entries(ETHREX).map(([path, file]) => [
        move(path),
        typeof file === 'string'
          ? file.replaceAll('../guest-program', '../l2/prover/src/guest_program')
          : file
      ])
    )
    const sp1 = 'crates/l2/prover/src/guest_program/src/sp1/src/main.rs'
    const differing = compare(before, withFiles(before, { [sp1]: 'x' }))
    expect(told(differing)).toBe(
      'guest crates/l2/prover/src/guest_program, guest crates/l2/prover/src/guest_program/src/sp1'
    )
    expect(told(compare(before, ETHREX))).toContain('guest crates/guest-program,')
    expect(told(compare(before, withFiles(before, { 'docs/x': 'x' })))).toBe('identical')
  })

  test('of another zkVM is another', () => {
    const changes = { 'docs/x': 'x' }
    expect(told(compare(ETHREX, withFiles(ETHREX, changes), { zkvm: 'risc0' }))).toMatch(
      /no guest program of risc0/
    )
  })
})

describe('what was compared', () => {
  test('is listed with the objects of both sides', () => {
    const compared = compare(ETHREX, withFiles(ETHREX, { 'docs/x': 'x' }))
    expect(
      compared.kind === 'identical' && compared.paths.map(({ path, parts }) => [path, parts.join('+')])
    ).toEqual([
      ['Cargo.lock', ALL],
      ['Cargo.toml', ALL],
      ['crates/common', ALL],
      ['crates/guest-program', 'guest'],
      ['crates/guest-program/bin/sp1', 'guest'],
      ['crates/l2/Cargo.toml', 'input+prover'],
      ['crates/networking/rpc', 'input'],
      ['crates/prover', 'prover'],
      ['crates/vm', ALL],
      ['rust-toolchain.toml', ALL]
    ])
    expect(
      compared.kind === 'identical' &&
        compared.paths.every(({ base, head }) => base === head && /^[0-9a-f]{64}$/.test(base ?? ''))
    ).toBe(true)
  })
})

describe('whatever changes', () => {
  const paths = Object.keys(ETHREX)
  const isInside = (path: string): boolean =>
    /^crates\/(common|vm|networking|prover|guest-program)\//.test(path)
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '.', '/', '\n', 'é'), maxLength: 12 })
  const change = fc.tuple(
    fc.constantFrom(...paths, 'crates/vm/new.rs', 'docs/new.md', '.cargo/config.toml'),
    letters
  )

  test('swapping sides swaps base and head and nothing else', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const head = withFiles(ETHREX, Object.fromEntries(changes))
        const there = compare(ETHREX, head)
        const back = compare(head, ETHREX)
        expect(back.kind).toBe(there.kind)
        if (there.kind === 'unknown' || back.kind === 'unknown') return
        expect(back.paths).toEqual(
          there.paths.map(({ path, parts, base: one, head: other }) => ({
            path,
            parts,
            base: other,
            head: one
          }))
        )
      }),
      { numRuns: 60 }
    )
  })

  test('a file more outside of the closure changes nothing', () => {
    const name = fc.stringMatching(/^[a-z0-9 "é]{1,8}$/)
    const outside = fc.tuple(
      fc.constantFrom('', 'docs/', 'cmd/ethrex/src/', 'crates/', 'crates/l2/', 'tooling/benches/', 'new/'),
      name,
      fc.constantFrom('.md', '.rs', '', '/x.rs', '.toml')
    )
    const before = compare(ETHREX, withFiles(ETHREX, { 'docs/x': 'x' }))
    fc.assert(
      fc.property(outside, letters, ([directory, stem, end], content) => {
        fc.pre(!paths.some((path) => path.startsWith(`${directory}${stem}${end}`)))
        const head = withFiles(ETHREX, { [`${directory}${stem}${end}`]: content })
        expect(compare(ETHREX, head)).toEqual(before)
      }),
      { numRuns: 60 }
    )
  })

  test('a byte in the closure is never identical', () => {
    const inside = fc.constantFrom(...paths.filter(isInside), 'crates/vm/new.rs', 'rust-toolchain.toml')
    fc.assert(
      fc.property(inside, fc.nat(), fc.constantFrom('a', '\n', '#', '"'), (path, at, letter) => {
        const file = ETHREX[path] ?? ''
        const whole = typeof file === 'string' ? file : ''
        const cut = at % (whole.length + 1)
        const head = withFiles(ETHREX, { [path]: whole.slice(0, cut) + letter + whole.slice(cut) })
        expect(compare(ETHREX, head).kind).not.toBe('identical')
      }),
      { numRuns: 80 }
    )
  })
})
