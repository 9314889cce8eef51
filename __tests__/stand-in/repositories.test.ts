import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoSources, writeWitnesses } from '../../stand-in/demo.ts'
import { commit, createStandIn } from '../../stand-in/repositories.ts'
import { writeSources } from '../../stand-in/sources.ts'
import { CRATES, ROOT, Workshop } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })

const git = async (repository: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('git', ['-C', repository, ...args])).stdout.trim()

describe('the repositories', () => {
  let workshop: Workshop
  beforeAll(async () => {
    workshop = await Workshop.open()
  })
  afterAll(() => workshop.close())

  it('have the same SHAs wherever and whenever they are made', async () => {
    const options = { root: ROOT, base: demoSources('base'), head: demoSources('head') }
    const first = await createStandIn({ ...options, directory: workshop.path('first') })
    const second = await createStandIn({ ...options, directory: workshop.path('second') })
    const again = await createStandIn({ ...options, directory: workshop.path('second') })
    const shas = [first, second, again].map(({ baseSha, headSha, hostSha }) => [baseSha, headSha, hostSha])
    expect(shas[1]).toEqual(shas[0])
    expect(shas[2]).toEqual(shas[0])
    expect(new Set(shas[0]).size).toBe(3)
  })

  it('are on main, with the head one commit ahead and nothing uncommitted', async () => {
    const { ethrex, host, baseSha, headSha, headBranch } = workshop.standIn
    expect(await git(ethrex, 'rev-parse', 'HEAD')).toBe(baseSha)
    expect(await git(ethrex, 'rev-parse', `${headBranch}~1`)).toBe(baseSha)
    expect(await git(ethrex, 'rev-parse', headBranch)).toBe(headSha)
    expect(await git(ethrex, 'status', '--porcelain')).toBe('')
    expect(await git(host, 'branch', '--show-current')).toBe('main')
    expect(await git(ethrex, 'log', '-1', '--format=%an <%ae> %at')).toBe(
      'A Prover Engineer <engineer@example.org> 1772442000'
    )
  })

  it('take further commits, on a new branch and on a known one', async () => {
    const { ethrex, baseSha } = workshop.standIn
    const message = 'docs: say more'
    const docs = { repository: ethrex, branch: 'docs', message, files: { 'docs/more.md': 'More.\n' } }
    const first = await commit(docs)
    const second = await commit({ ...docs, files: { 'docs/deep/most.md': 'Most.\n' } })
    expect(await git(ethrex, 'log', '--format=%H', 'docs', '--')).toBe([second, first, baseSha].join('\n'))
    expect(await git(ethrex, 'diff', '--name-only', 'main', 'docs', '--')).toBe(
      'docs/deep/most.md\ndocs/more.md'
    )
    expect(await git(ethrex, 'branch', '--show-current')).toBe('main')
  })

  it('have as many variants of the base as are asked for, and the host of any time', async () => {
    const variants = { jets: { secondsPerGigagas: 2 }, trie: { zkvms: { zisk: { perMille: 650 } } } }
    const directory = workshop.path('variants')
    const made = await createStandIn({ root: ROOT, directory, variants, dialect: '372aa07' })
    const { ethrex, host, baseSha, variantShas } = made
    expect(Object.keys(variantShas)).toEqual(['jets', 'trie'])
    for (const [branch, sha] of Object.entries(variantShas)) {
      expect(await git(ethrex, 'rev-parse', branch, `${branch}~1`)).toBe([sha, baseSha].join('\n'))
    }
    expect(await git(ethrex, 'show', 'trie:crates/guest-program/src/counts.rs')).toContain(
      'pub const ZISK_PER_MILLE: u64 = 650;'
    )
    const dialect = (branch: string): Promise<string> => git(host, 'show', `${branch}:src/dialect.rs`)
    expect(await dialect('main')).toContain('pub const DIALECT: Dialect = Dialect::At372aa07;')
    await commit({ repository: host, branch: 'newer', message: 'feat: new words', dialect: '6fae6c2' })
    expect(await dialect('newer')).toContain('pub const DIALECT: Dialect = Dialect::At6fae6c2;')
  })

  it('name only crates that the workspace has', async () => {
    const manifest = await readFile(join(workshop.standIn.host, 'Cargo.toml'), 'utf8')
    const named = [...manifest.matchAll(/^(\S+) = \{ git = .*?(?:package = "([^"]+)")?, branch/gm)]
    expect(named.map(([, key, renamed]) => renamed ?? key).sort()).toEqual(Object.keys(CRATES).sort())
  })

  it('can be given sources of an older date', async () => {
    const { ethrex } = workshop.standIn
    const before = new Date('2020-01-01T00:00:00Z')
    await writeSources(ethrex, { timeScale: 3 }, before)
    const file = join(ethrex, 'crates/prover/src/recorded.rs')
    expect(await readFile(file, 'utf8')).toContain('pub const TIME_SCALE: f64 = 3.0;')
    expect((await stat(file)).mtime).toEqual(before)
    await git(ethrex, 'checkout', '--quiet', '.')
  })

  it('refuse figures that no machine could have measured', async () => {
    const { ethrex } = workshop.standIn
    await expect(writeSources(ethrex, { cyclesPerGas: { execution: 0.5 } })).rejects.toThrow(
      '0.5 is not a count'
    )
    await expect(writeSources(ethrex, { timeScale: NaN })).rejects.toThrow('NaN is not a finite number')
  })
})

describe('the demo', () => {
  it('plays the recorded times of every block, which end in the recorded percentages', () => {
    const [base, head] = [demoSources('base').seconds, demoSources('head').seconds]
    const percent = Object.entries(base!).map(([block, seconds]) => {
      return (100 * (head![Number(block)]! / seconds - 1)).toFixed(1)
    })
    expect(percent).toEqual(['-29.2', '-30.6', '-28.3', '-26.8'])
  })

  it.each(['base', 'head'] as const)('has spans at %s that hold what is inside them', (side) => {
    for (const spans of Object.values(demoSources(side).cycles!)) {
      const inside = Object.entries(spans).filter(([path]) => path.startsWith('execution/'))
      const sum = inside.reduce((total, [, cycles]) => total + cycles, 0)
      expect(spans['execution']).toBeGreaterThan(sum)
      expect(spans['execution']! - sum).toBeLessThan(100_000)
    }
  })

  it('has a cache file of every block', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'witnesses-'))
    await writeWitnesses(directory)
    const blocks = Object.keys(demoSources('base').seconds!)
    expect(await readdir(directory)).toEqual(blocks.map((block) => `cache_mainnet_${block}.json`))
    await rm(directory, { recursive: true })
  })
})

describe('cargo', () => {
  let workshop: Workshop
  beforeAll(async () => {
    workshop = await Workshop.open()
  })
  afterAll(() => workshop.close())

  const lock = (): Promise<string> => readFile(join(workshop.standIn.host, 'Cargo.lock'), 'utf8')

  it('trap 10: builds offline from a patch of every crate, and leaves no git source in the lock file', async () => {
    const source = 'source = "git+https://github.com/lambdaclass/ethrex?branch=main#'
    expect((await lock()).split(source).length - 1).toBe(7)
    expect(await workshop.cargoFetch()).toMatchObject({ code: 0 })
    expect(await workshop.cargoBuild(['sp1', 'gpu'])).toMatchObject({ code: 0 })
    expect(await lock()).not.toContain('git+')
  })

  it.each(Object.keys(CRATES))('does not build where the patch lacks %s', async (missing) => {
    await git(workshop.standIn.host, 'checkout', '--quiet', 'Cargo.lock')
    const patched = Object.keys(CRATES).filter((name) => name !== missing)
    const ended = await workshop.cargoBuild(['sp1'], patched)
    expect(ended.code).toBe(101)
    expect(ended.stderr).toContain(`failed to get \`${missing}\` as a dependency`)
  })

  it('says which ethrex does not compile', async () => {
    await writeSources(workshop.standIn.ethrex, { breaks: 'ethrex' })
    const ended = await workshop.cargoBuild(['sp1'])
    await git(workshop.standIn.ethrex, 'checkout', '--quiet', '.')
    expect(ended.code).toBe(101)
    expect(ended.stderr).toContain('error: could not compile `ethrex-guest-program`')
  })

  it('says that the host does not compile with this ethrex', async () => {
    await writeSources(workshop.standIn.ethrex, { breaks: 'host-api' })
    const ended = await workshop.cargoBuild(['sp1'])
    await git(workshop.standIn.ethrex, 'checkout', '--quiet', '.')
    expect(ended.code).toBe(101)
    expect(ended.stderr).toContain(
      'error[E0061]: this function takes 2 arguments but 1 argument was supplied'
    )
    expect(ended.stderr).toContain('error: could not compile `ethrex-replay`')
  })
})
