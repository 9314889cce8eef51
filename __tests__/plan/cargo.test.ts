import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { gitCopiesOf, lockChanges, patchedLock } from '../../src/plan/cargo-lock.ts'
import { planPatch, type PatchInput } from '../../src/plan/cargo-patch.ts'
import { canonicalUrl, ethrexOf } from '../../src/plan/cargo-source.ts'

const GITHUB = 'https://github.com/lambdaclass/ethrex'
const isEthrex = ethrexOf({ name: 'me/fork', source: 'https://example.org/me/renamed.git', kind: 'url' })

const manifest = (name: string, rest = 'version = "1.0.0"'): string =>
  `[package]\nname = "${name}"\n${rest}\n`

const HOST = `
[package]
name = "ethrex-replay"
[dependencies]
serde = "1"
ethrex-common = { git = "${GITHUB}", branch = "main" }
prover = { git = "${GITHUB}.git", package = "ethrex-prover", branch = "main", default-features = false }
ethrex-l2 = { git = "https://GitHub.com/LambdaClass/Ethrex/", optional = true }
shared = { workspace = true }
[dev-dependencies]
ethrex-dev = { git = "${GITHUB}", tag = "v1" }
[build-dependencies.ethrex-build]
git = "${GITHUB}"
[target.'cfg(unix)'.dependencies]
ethrex-unix = { git = "${GITHUB}", rev = "abc" }
[workspace.dependencies]
shared = { package = "ethrex-shared", git = "https://example.org/me/renamed" }
other = { git = "https://github.com/someone/toolbox" }
`

const NAMES = ['common', 'prover', 'l2', 'dev', 'build', 'unix', 'shared', 'only-locked']

const input = (changes: Partial<PatchInput> = {}): PatchInput => ({
  hostManifests: new Map([['Cargo.toml', HOST]]),
  hostLock: null,
  ethrexManifests: new Map([
    [
      'Cargo.toml',
      '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.package]\nversion = "2.0.0"'
    ],
    ...NAMES.map((name): [string, string] => [
      `crates/${name}/Cargo.toml`,
      manifest(`ethrex-${name}`, 'version.workspace = true')
    ])
  ]),
  ethrexDirectory: '/cache/build/ethrex',
  isEthrex,
  ...changes
})

const locked = (name: string, source: string | null, version = '1.0.0'): string =>
  `\n[[package]]\nname = "${name}"\nversion = "${version}"\n${source === null ? '' : `source = "${source}"\n`}`

const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index'
const COPY = `git+${GITHUB}?branch=main#${'a'.repeat(40)}`

describe('a patch', () => {
  test('trap 10: covers renamed, optional, target, inherited and fork dependencies', () => {
    const patch = planPatch(input())
    expect(patch.ok && parse(patch.value.toml)).toEqual({
      patch: {
        [GITHUB]: Object.fromEntries(
          ['build', 'common', 'dev', 'l2', 'prover', 'unix'].map((name) => [
            `ethrex-${name}`,
            { path: `/cache/build/ethrex/crates/${name}` }
          ])
        ),
        'https://example.org/me/renamed': { 'ethrex-shared': { path: '/cache/build/ethrex/crates/shared' } }
      }
    })
    expect(patch.ok && patch.value.versions.get('ethrex-common')).toBe('2.0.0')
  })

  test('covers what only the lock has from ethrex, and nothing that the tree has besides', () => {
    const direct = ['common', 'prover', 'l2', 'dev', 'build', 'unix', 'shared']
    const hostLock = [...direct, 'only-locked', 'gone'].map((name) => locked(`ethrex-${name}`, COPY)).join('')
    const patch = planPatch(input({ hostLock: hostLock + locked('serde', REGISTRY) }))
    expect(patch.ok && patch.value.toml).toContain('"ethrex-only-locked" = { path =')
    expect(patch.ok && patch.value.toml).not.toMatch(/gone|serde/)
  })

  test('names every dependency that the tree does not have', () => {
    const ethrexManifests = new Map([['Cargo.toml', manifest('ethrex-common')]])
    const patch = planPatch(input({ ethrexManifests }))
    expect(patch.ok ? [] : patch.error).toContain(
      'the host depends on the package `ethrex-prover`, which this ethrex does not have'
    )
    expect(patch.ok ? [] : patch.error).toHaveLength(6)
  })

  test('takes the member of the workspace where a name is in the tree twice', () => {
    const { ethrexManifests } = input()
    const twice = new Map([...ethrexManifests, ['crates/old/Cargo.toml', manifest('ethrex-common')]])
    const patch = planPatch(input({ ethrexManifests: twice }))
    expect(patch.ok && patch.value.toml).toContain('/cache/build/ethrex/crates/common"')
    const strangers = new Map([
      ...ethrexManifests,
      ['crates/common/Cargo.toml', manifest('moved')],
      ['a/Cargo.toml', manifest('ethrex-common')],
      ['b/Cargo.toml', manifest('ethrex-common')]
    ])
    const unclear = planPatch(input({ ethrexManifests: strangers }))
    expect(unclear).toEqual({
      ok: false,
      error: ['the package `ethrex-common` is in this ethrex more than once: a, b']
    })
  })

  test('writes any path as TOML', () => {
    const patch = planPatch(input({ ethrexDirectory: '/a "b"\\c\n\u007f/é' }))
    expect(JSON.stringify(patch.ok && parse(patch.value.toml))).toContain(
      '/a \\"b\\"\\\\c\\n\u007f/é/crates/common'
    )
  })

  test('says that a host without ethrex, or with a broken manifest, is none', () => {
    const none = planPatch(input({ hostManifests: new Map([['Cargo.toml', manifest('x')]]) }))
    expect(none).toEqual({ ok: false, error: ['no Cargo.toml of the host has a git dependency on ethrex'] })
    const broken = planPatch(input({ hostManifests: new Map([['Cargo.toml', '[[[']]) }))
    expect(broken.ok ? '' : broken.error[0]).toMatch(/^Cargo.toml of the host is not TOML: /)
  })

  test('compares URLs as cargo does', () => {
    expect(canonicalUrl('git+https://GitHub.com/A/B.git/?branch=x#1')).toBe('https://github.com/a/b')
    expect(canonicalUrl('https://gitlab.com/A/B')).toBe('https://gitlab.com/A/B')
    expect([GITHUB, 'ssh://git@github.com/x/ethrex', 'https://e.org/ethrex-replay'].map(isEthrex)).toEqual([
      true,
      true,
      false
    ])
  })
})

describe('a lock', () => {
  const before =
    'version = 4\n' +
    locked('ethrex-common', COPY) +
    locked('ethrex-gone', COPY) +
    locked('ethrex-replay', null) +
    'dependencies = [\n "ethrex-common 1.0.0 (git+https://github.com/lambdaclass/ethrex?branch=main)",\n "serde",\n]\n' +
    locked('ethrex-common', REGISTRY, '0.1.0') +
    locked('serde', REGISTRY)

  test('shows what still comes from an ethrex repository', () => {
    expect(gitCopiesOf(before, isEthrex)).toEqual(['ethrex-common 1.0.0', 'ethrex-gone 1.0.0'])
    expect(gitCopiesOf('not a lock [', isEthrex)).toEqual([])
  })

  test("takes the tree's versions without its sources", () => {
    const after = patchedLock(before, isEthrex, new Map([['ethrex-common', '2.0.0']]))
    expect(gitCopiesOf(after, isEthrex)).toEqual([])
    expect(after).toBe(
      'version = 4\n' +
        locked('ethrex-common', null, '2.0.0') +
        locked('ethrex-replay', null) +
        'dependencies = [\n "ethrex-common 2.0.0",\n "serde",\n]\n' +
        locked('ethrex-common', REGISTRY, '0.1.0') +
        locked('serde', REGISTRY)
    )
  })

  test('reports version changes, without those that were asked for', () => {
    const after =
      locked('ethrex-common', null, '2.0.0') + locked('serde', REGISTRY, '1.1.0') + locked('new', REGISTRY)
    expect(lockChanges(locked('ethrex-common', COPY) + locked('serde', REGISTRY), after, isEthrex)).toEqual([
      'new none -> 1.0.0',
      'serde 1.0.0 -> 1.1.0'
    ])
  })

  test('reports that a version is from somebody else', () => {
    const fork = (commit: string): string =>
      locked('sp1-sdk', `git+https://github.com/a/sp1?branch=x#${commit}`)
    const from = (before: string, after: string) => lockChanges(before, after, isEthrex)
    expect(from(fork('1'), fork('1'))).toEqual([])
    expect(from(locked('sp1-sdk', REGISTRY), fork('1'))).toEqual([
      'sp1-sdk 1.0.0 -> 1.0.0 (git+https://github.com/a/sp1?branch=x#1)'
    ])
    expect(from(fork('1'), fork('2'))).toEqual([
      'sp1-sdk 1.0.0 (git+https://github.com/a/sp1?branch=x#1) -> 1.0.0 (git+https://github.com/a/sp1?branch=x#2)'
    ])
  })
})
