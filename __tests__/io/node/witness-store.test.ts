import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBaseStore } from '../../../src/io/node/base-store.ts'
import { limitCache } from '../../../src/io/node/cache-limit.ts'
import { createWitnessStore } from '../../../src/io/node/witness-store.ts'
import { bytes } from '../../../src/domain/quantity.ts'
import { collectWitnesses, missingProblem, type WitnessStore } from '../../../src/stages/witnesses.ts'
import { block } from '../../support/plans.ts'
import { scratch } from '../../support/small-trees.ts'

const place = await scratch()
afterAll(place.dispose)

const SAMPLE = join(import.meta.dirname, '../../fixtures/cache_hoodi_1265656.json.gz')
const REAL = block(1265656)
const NAME = `cache_hoodi_${REAL}.json`

const witness = (changes: Readonly<Record<string, unknown>> = {}) => ({
  blocks: [{ header: { number: '0x10', gasUsed: '0x5208' }, body: {} }],
  witness: { state: [], keys: [], codes: [], headers: [] },
  network: { PublicNetwork: 'Hoodi' },
  ...changes
})

const isCancelled = (): boolean => false
let rounds = 0
let from: string
let cacheDir: string
let store: WitnessStore

beforeEach(async () => {
  const root = join(place.path, String(++rounds))
  from = join(root, 'witnesses')
  cacheDir = join(root, 'cache')
  await mkdir(from, { recursive: true })
  store = createWitnessStore({ cacheDir, network: 'hoodi' })
})

const put = (name: string, content: string | Buffer): Promise<void> => writeFile(join(from, name), content)

describe('a real cache file', () => {
  test('is kept unpacked, read-only, under the name that replay looks for', async () => {
    await put(`${NAME}.gz`, await readFile(SAMPLE))
    const { witnesses, missing, problems } = await collectWitnesses([REAL], from, {
      witnessStore: store,
      isCancelled
    })
    expect({ missing, problems }).toEqual({ missing: [], problems: [] })
    const [kept] = witnesses
    expect(kept).toMatchObject({
      block: REAL,
      gas: 0x432f03n,
      size: 1487182,
      path: join(store.directory, `${REAL}-${kept!.sha256.slice(0, 16)}`, NAME)
    })
    expect(await readFile(kept!.path)).toEqual(gunzipSync(await readFile(SAMPLE)))
    expect((await stat(kept!.path)).mode & 0o777).toBe(0o444)
    expect(await readdir(store.directory)).toEqual([`${REAL}-${kept!.sha256.slice(0, 16)}`])
    expect(await store.isIntact(kept!)).toBe(true)
    expect((await collectWitnesses([REAL], null, { witnessStore: store, isCancelled })).witnesses).toEqual(
      witnesses
    )
    expect((await collectWitnesses([REAL], from, { witnessStore: store, isCancelled })).witnesses).toEqual(
      witnesses
    )

    await chmod(kept!.path, 0o644)
    await writeFile(kept!.path, JSON.stringify(witness()))
    expect(await store.isIntact(kept!)).toBe(false)
    expect((await collectWitnesses([REAL], null, { witnessStore: store, isCancelled })).missing).toEqual([
      REAL
    ])
  })

  test('may be behind a link, but not become one', async () => {
    await put('elsewhere', gunzipSync(await readFile(SAMPLE)))
    await symlink(join(from, 'elsewhere'), join(from, NAME))
    const [kept] = (await collectWitnesses([REAL], from, { witnessStore: store, isCancelled })).witnesses
    expect(await store.isIntact(kept!)).toBe(true)
    expect(await store.isIntact({ ...kept!, path: join(from, NAME) })).toBe(false)
  })
})

describe('a file that is not the witness of its block', () => {
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
  test.each<readonly [string, string, Buffer, string]>([
    [
      'another network',
      '',
      json(witness({ network: { PublicNetwork: 'Mainnet' } })),
      'is of the network "Mainnet", not of hoodi'
    ],
    ['a local chain', '', json(witness({ network: 'LocalDevnet' })), 'is of the network null, not of hoodi'],
    [
      'another block',
      '',
      json(witness({ blocks: [{ header: { number: '0x11', gasUsed: '0x1' } }] })),
      'is of block 17, not of 16'
    ],
    [
      'two blocks',
      '',
      json(witness({ blocks: [...witness().blocks, ...witness().blocks] })),
      'holds 2 blocks, not one'
    ],
    ['no block', '', json(witness({ blocks: [] })), 'holds 0 blocks, not one'],
    [
      'no number',
      '',
      json(witness({ blocks: [{ header: { number: 16 } }] })),
      'has a block without a number'
    ],
    [
      'no gas',
      '',
      json(witness({ blocks: [{ header: { number: '0x10' } }] })),
      'does not say how much gas the block used'
    ],
    ['no witness', '', json(witness({ witness: null })), 'has no witness of the state'],
    ['not JSON', '', Buffer.from('{"blocks": ['), 'is not JSON'],
    ['null', '', Buffer.from('null'), 'is of the network null, not of hoodi'],
    ['empty', '', Buffer.alloc(0), 'is not JSON'],
    [
      'cut off',
      '.gz',
      gzipSync(json(witness())).subarray(0, 60),
      'ends too early: it is not a whole gzip file'
    ],
    ['not gzip', '.gz', json(witness()), 'is not a gzip file, or a damaged one'],
    ['damaged', '.gz', damage(gzipSync(json(witness()))), 'is not a gzip file, or a damaged one'],
    ['a bomb', '.gz', gzipSync(Buffer.alloc(9 << 20, ' ')), 'is larger than 8 MiB']
  ])('(%s) is named with what is wrong', async (_, ending, content, expected) => {
    const small = createWitnessStore({ cacheDir, network: 'hoodi', sizeLimit: bytes(8 << 20) })
    await put(`cache_hoodi_16.json${ending}`, content)
    const { witnesses, problems } = await collectWitnesses([block(16)], from, {
      witnessStore: small,
      isCancelled
    })
    const message = `${join(from, `cache_hoodi_16.json${ending}`)} ${expected}`
    expect({ witnesses, problems }).toEqual({ witnesses: [], problems: [{ input: 'witnesses', message }] })
    expect(await readdir(small.directory)).toEqual([])
  })
})

describe('witnesses', () => {
  test('that are bad or missing are all named at once', async () => {
    await put('cache_hoodi_16.json', JSON.stringify(witness()))
    await put('cache_hoodi_17.json', JSON.stringify(witness()))
    await mkdir(join(from, 'cache_hoodi_18.json'))
    const collected = await collectWitnesses([16, 17, 18, 19, 20].map(block), from, {
      witnessStore: store,
      isCancelled
    })
    expect(collected.witnesses.map((kept) => kept.block)).toEqual([16])
    expect(collected.problems.map(({ message }) => message)).toEqual([
      `${join(from, 'cache_hoodi_17.json')} is of block 16, not of 17`,
      `${join(from, 'cache_hoodi_18.json')} is not a file`
    ])
    expect(missingProblem(collected.missing, from).message).toBe(
      `${from} has no cache_<network>_<block>.json or .json.gz of blocks 19, 20, and no RPC URL is given`
    )
    expect(missingProblem(collected.missing.slice(1), null).message).toBe(
      'is not given, and neither is an RPC URL: there is nothing to replay block 20 from'
    )
  })

  test('that a host did not leave are missed in words', async () => {
    const taken = await store.takeFile(block(16), join(from, 'nothing.json'))
    expect(taken).toEqual({ ok: false, error: `${join(from, 'nothing.json')} is not there` })
  })
})

test('a cache over its limit loses what was not used for longest, and nothing in use', async () => {
  const age = async (path: string, day: number): Promise<void> => utimes(path, day * 86_400, day * 86_400)
  for (const [name, day] of [
    ['builds/old', 1],
    ['builds/new', 9],
    ['mirrors/a.git', 5],
    ['builds/used', 0]
  ] as const) {
    await mkdir(join(cacheDir, name), { recursive: true })
    await writeFile(join(cacheDir, name, 'file'), Buffer.alloc(1 << 20))
    await age(join(cacheDir, name), day)
  }
  const results = createBaseStore(cacheDir)
  await results.write('old', 'x'.repeat(1 << 20))
  await results.write('read', 'figures')
  for (const key of ['old', 'read']) await age(results.pathOf(key), 2)
  expect(await results.read('read')).toMatchObject({ kind: 'found' })
  await put('cache_hoodi_16.json', JSON.stringify(witness()))
  const taken = await store.take(block(16), from)
  const folder = taken?.ok === true ? dirname(taken.value.path) : ''
  await age(folder, 3)
  const inUse = [join(cacheDir, 'builds/used/file')]
  const all = await limitCache({ cacheDir, limit: bytes(1 << 30), inUse })
  expect(all.removed).toEqual([])
  const swept = await limitCache({ cacheDir, limit: bytes((2 << 20) + (64 << 10)), inUse })
  expect(swept.removed).toEqual([
    join(cacheDir, 'builds/old'),
    results.pathOf('old'),
    folder,
    join(cacheDir, 'mirrors/a.git')
  ])
  expect(await readdir(join(cacheDir, 'base'))).toEqual(['read.json'])
  expect(await readdir(join(cacheDir, 'builds'))).toEqual(['new', 'used'])
  expect(await readdir(store.directory)).toEqual([])
  expect(taken?.ok).toBe(true)
  const rest = await limitCache({ cacheDir, limit: bytes(0), inUse })
  expect(rest.removed).toEqual([join(cacheDir, 'builds/new'), results.pathOf('read')])
  expect(rest.size).toBeGreaterThan(1 << 20)
})

function damage(packed: Buffer): Buffer {
  packed.writeUInt32LE(0, packed.length - 8)
  return packed
}
