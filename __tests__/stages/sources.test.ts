import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { failure, success } from '../../src/domain/problem.ts'
import { parseSha, type Revision } from '../../src/domain/revision.ts'
import type { SourceComparison } from '../../src/domain/sameness.ts'
import type { TreeEntry } from '../../src/domain/source-tree.ts'
import { createGit } from '../../src/io/node/git.ts'
import type { Mirror } from '../../src/stages/repositories.ts'
import { compareSources, type SourceTrees } from '../../src/stages/sources.ts'
import { commit, createStandIn, type StandIn } from '../../stand-in/repositories.ts'
import { asRepository, environment, realProcesses, scratch } from '../support/small-trees.ts'
import { ROOT } from '../support/terminal.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const place = await scratch()
afterAll(place.dispose)

const repositories = createGit({
  processes: realProcesses(),
  environment,
  cacheDir: join(place.path, 'cache')
})
const files = { sha256OfText: (text: string) => createHash('sha256').update(text).digest('hex') }

const HOST = 'lambdaclass/ethrex-replay'
const LIBRARY = '//! Another.\n'

/** Commits on top of the stand-in's main, by the branch they are on. */
const CHANGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  docs: { 'docs/proving.md': 'More.\n', 'README.md': 'Other.\n' },
  client: { 'cmd/ethrex/src/main.rs': 'fn main() {}\n' },
  guest: { 'crates/guest-program/src/other.rs': LIBRARY },
  'guest-program': { 'crates/guest-program/bin/sp1/src/other.rs': LIBRARY },
  input: { 'crates/networking/rpc/src/other.rs': LIBRARY },
  prover: { 'crates/prover/src/other.rs': LIBRARY },
  common: { 'crates/common/src/other.rs': LIBRARY },
  l2: { 'crates/l2/src/other.rs': LIBRARY },
  toolchain: { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' },
  broken: { 'crates/vm/levm/Cargo.toml': '[[[' }
}

const standIn: { made: StandIn | null; ethrex: Mirror | null; host: Mirror | null } = {
  made: null,
  ethrex: null,
  host: null
}

beforeAll(async () => {
  const made = await createStandIn({ root: ROOT, directory: join(place.path, 'repositories') })
  standIn.made = made
  for (const [branch, changes] of Object.entries(CHANGES))
    await commit({ repository: made.ethrex, branch, message: branch, files: changes })
  await commit({ repository: made.ethrex, branch: 'member', message: 'member', files: await memberOf(made) })
  standIn.ethrex = await open(made.ethrex, 'lambdaclass/ethrex')
  standIn.host = await open(made.host, HOST)
})

/** A new member of the workspace, with its lines in the root's manifest and lock. */
const memberOf = async ({ ethrex, baseSha }: StandIn): Promise<Readonly<Record<string, string>>> => {
  const mirror = await open(ethrex, 'lambdaclass/ethrex')
  const text = async (name: string): Promise<string> => {
    const found = await repositories.files(mirror, shaOf(baseSha), name)
    return (found.ok ? found.value.get(name) : undefined) ?? ''
  }
  const manifest = await text('Cargo.toml')
  const entry = '\n[[package]]\nname = "zebra"\nversion = "7.0.0"\n'
  return {
    'Cargo.toml': manifest
      .replace('members = [', 'members = [\n  "crates/zebra",')
      .replace('[workspace.dependencies]', '[workspace.dependencies]\nzebra = { path = "crates/zebra" }'),
    'Cargo.lock': (await text('Cargo.lock')) + entry,
    'crates/zebra/Cargo.toml': '[package]\nname = "zebra"\nversion.workspace = true\n',
    'crates/zebra/src/lib.rs': ''
  }
}

const open = async (path: string, name: string): Promise<Mirror> => {
  const opened = await repositories.mirror(asRepository(path, name))
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

const shaOf = (text: string) => parseSha(text)!

const compare = (
  branch: string,
  trees: SourceTrees = repositories,
  features: readonly string[] = ['sp1']
): Promise<SourceComparison> => {
  const { made, ethrex, host } = standIn
  const revision = (ref: string, sha: string | undefined): Revision => ({
    repository: 'lambdaclass/ethrex',
    ref,
    sha: shaOf(sha ?? '')
  })
  const head = ethrex!.refs.find(({ name }) => name === `refs/heads/${branch}`)?.sha
  const resolved = {
    revisions: { base: revision('main', made!.baseSha), head: revision(branch, head) },
    host: { ...revision('main', made!.hostSha), repository: HOST },
    mirrors: { ethrex: ethrex!, host: host! }
  }
  return compareSources({ resolved, zkvm: 'sp1', features }, { trees, files })
}

const told = (comparison: SourceComparison): string =>
  comparison.kind === 'different'
    ? comparison.paths.map(({ path, parts }) => `${parts.join('+')} ${path}`).join(', ')
    : comparison.kind

const ALL = 'guest+input+prover'

describe('the sources of the stand-in', () => {
  test.each([
    ['main', 'identical'],
    ['docs', 'identical'],
    ['client', 'identical'],
    ['member', 'identical'],
    ['l2', 'identical'],
    ['guest', 'guest crates/guest-program'],
    ['guest-program', 'guest crates/guest-program, guest crates/guest-program/bin/sp1'],
    ['input', 'input crates/networking/rpc'],
    ['prover', 'prover crates/prover'],
    ['common', `${ALL} crates/common`],
    ['toolchain', `${ALL} rust-toolchain.toml`],
    ['broken', 'unknown']
  ])('with %s changed', async (branch, expected) => {
    expect(told(await compare(branch))).toBe(expected)
  })

  test('are listed with their objects, also for one and the same commit', async () => {
    const [same, docs] = await Promise.all([compare('main'), compare('docs')])
    expect(docs).toEqual(same)
    const paths = same.kind === 'identical' ? same.paths : []
    expect(paths.map(({ path }) => path)).toEqual([
      'Cargo.lock',
      'Cargo.toml',
      'crates/common',
      'crates/guest-program',
      'crates/guest-program/bin/sp1',
      'crates/l2/Cargo.toml',
      'crates/networking/rpc',
      'crates/prover',
      'crates/vm',
      'crates/vm/levm'
    ])
    expect(paths.every(({ base, head }) => base !== null && base === head)).toBe(true)
  })

  test('take in what a feature of the host adds', async () => {
    expect(told(await compare('l2', repositories, ['sp1', 'l2']))).toBe('input+prover crates/l2')
  })

  test('are unknown wherever git fails, with its words', async () => {
    const broken = (part: keyof SourceTrees): SourceTrees => ({
      ...repositories,
      [part]: async () => failure(`no ${part}`)
    })
    for (const part of ['entries', 'texts', 'lines'] as const)
      expect(await compare('docs', broken(part))).toEqual({ kind: 'unknown', why: `no ${part}` })
    const throws: SourceTrees = { ...repositories, texts: () => Promise.reject(new Error('no disk')) }
    expect(await compare('docs', throws)).toEqual({ kind: 'unknown', why: 'no disk' })
  })

  test('say no more of a stranger’s name than fits in a line', async () => {
    const long: SourceTrees = {
      ...repositories,
      entries: async (mirror, sha) => {
        const found = await repositories.entries(mirror, sha)
        const name = `crates/common/${'x'.repeat(70_000)}\uFFFD`
        const file: TreeEntry = { path: name, kind: 'file', object: 'a'.repeat(40), size: 0 }
        return found.ok ? success([...found.value, file]) : found
      }
    }
    const { why } = { why: '', ...(await compare('docs', long)) }
    expect(why).toMatch(/^at base, the name of crates\/common\/x+…$/)
    expect(why.length).toBeLessThan(400)
  })
})
