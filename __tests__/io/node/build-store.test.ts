import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createBuildStore } from '../../../src/io/node/build-store.ts'
import { sha } from '../../support/plans.ts'
import { temporaryDirectory } from './programs.ts'

const IDENTITY = {
  ethrex: sha('a'),
  host: sha('c'),
  features: ['sp1', 'gpu'],
  passed: '',
  toolchain: 'rustc 1.90.0',
  toolchains: '7'.repeat(64),
  program: 'ethrex-replay'
}
const GUEST = { elf: '1'.repeat(64), key: '2'.repeat(64) }

/** A store with one build in it. */
const kept = async (guest: typeof GUEST | { elf: string; key: null } | null) => {
  const directory = temporaryDirectory()
  const binary = join(directory, 'built')
  await writeFile(binary, 'machine code')
  const store = createBuildStore(join(directory, 'cache'))
  const build = await store.keep(IDENTITY, { binary, guest, lockChanges: [] })
  return { store, build, record: join(build.binary, '../build.json') }
}

describe('a kept build', () => {
  test.each([[GUEST], [{ ...GUEST, key: null }], [null]])('is found with its guest %j', async (guest) => {
    const { store, build } = await kept(guest)
    expect(build.guest).toEqual(guest)
    expect(await store.find(IDENTITY)).toEqual({ kind: 'found', build: { ...build, reused: true } })
    expect(await store.find({ ...IDENTITY, ethrex: sha('b') })).toEqual({ kind: 'absent' })
    expect(await store.find({ ...IDENTITY, toolchains: '8'.repeat(64) })).toEqual({ kind: 'absent' })
  })

  test.each<readonly [string, object]>([
    ['no word of the guest', { guest: undefined }],
    ['a guest that is none', { guest: 'equal' }],
    ['a guest without an ELF', { guest: { key: GUEST.key } }],
    ['an ELF that is no hash', { guest: { ...GUEST, elf: 'equal' } }],
    ['a key that is no hash', { guest: { ...GUEST, key: 1 } }],
    ['another schema', { schema: 'build@1' }],
    ['another binary', { sha256: '3'.repeat(64) }]
  ])('whose record has %s is not used', async (_, change) => {
    const { store, record } = await kept(GUEST)
    const text = await readFile(record, 'utf8')
    await writeFile(record, JSON.stringify({ ...(JSON.parse(text) as object), ...change }))
    expect(await store.find(IDENTITY)).toMatchObject({ kind: 'damaged' })
  })
})
