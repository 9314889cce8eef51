import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { limitCache } from '../../../src/io/node/cache-limit.ts'
import { createReferenceStore, type InputSubject } from '../../../src/io/node/reference-store.ts'
import { bytes } from '../../../src/domain/quantity.ts'
import { block, sha } from '../../support/plans.ts'
import { temporaryDirectory } from './programs.ts'

const subject: InputSubject = {
  sha: sha('e'),
  network: 'mainnet',
  block: block(100),
  path: 'input/1/100.bin'
}

const opened = (text = 'an input') => {
  const root = temporaryDirectory()
  const cacheDir = join(root, 'cache')
  const file = join(root, '100.bin')
  writeFileSync(file, text)
  return { cacheDir, file, ...createReferenceStore(cacheDir) }
}

test('an input is kept where the reference looks for it, and nobody changes it by accident', async () => {
  const { cacheDir, file, inputs } = opened()
  expect(await inputs.kept(subject)).toBeNull()
  const taken = await inputs.take(subject, file)
  if (!taken.ok) throw new Error(taken.error)
  const { directory, path, sha256 } = taken.value
  expect(directory).toBe(
    join(cacheDir, 'reference', 'inputs', 'mainnet', `100-${sha('e')}-${sha256.slice(0, 16)}`)
  )
  expect(path).toBe(join(directory, 'input/1/100.bin'))
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['an input', 0o444])
  utimesSync(directory, 1, 1)
  expect(await inputs.kept(subject)).toEqual(taken.value)
  expect(statSync(directory).mtimeMs).toBeGreaterThan(1_000_000)
  expect(await inputs.isIntact(taken.value)).toBe(true)
  expect(readdirSync(dirname(directory))).toHaveLength(1)
})

test.each<readonly [string, Partial<InputSubject>]>([
  ['commit', { sha: sha('f') }],
  ['block', { block: block(10) }],
  ['network', { network: 'sepolia' }]
])('it is not that of another %s', async (_, other) => {
  const { file, inputs } = opened()
  await inputs.take(subject, file)
  expect(await inputs.kept({ ...subject, ...other })).toBeNull()
})

test('one that was changed since is none', async () => {
  const { file, inputs } = opened()
  const taken = await inputs.take(subject, file)
  if (!taken.ok) throw new Error(taken.error)
  chmodSync(taken.value.path, 0o644)
  writeFileSync(taken.value.path, 'an infix')
  expect(await inputs.isIntact(taken.value)).toBe(false)
  expect(await inputs.kept(subject)).toBeNull()
  expect(await inputs.take(subject, file)).toEqual(taken)
  expect(await inputs.isIntact(taken.value)).toBe(true)
})

test.each<readonly [string, (path: string) => void, string]>([
  ['no file', () => undefined, 'is not there'],
  ['a directory', (path) => mkdirSync(path), 'is not there'],
  ['a link', (path) => symlinkSync('/etc/hostname', path), 'is not there'],
  ['an empty file', (path) => writeFileSync(path, ''), 'is empty']
])('%s is not taken', async (_, make, why) => {
  const { cacheDir, inputs } = opened()
  const path = join(dirname(cacheDir), 'left')
  make(path)
  expect(await inputs.take(subject, path)).toEqual({ ok: false, error: why })
  expect(readdirSync(join(cacheDir, 'reference', 'inputs', 'mainnet'))).toEqual([])
})

test('results lie beside, and both go when the cache is too large', async () => {
  const { cacheDir, file, inputs, results } = opened()
  await inputs.take(subject, file)
  await results.write('a'.repeat(64), 'figures')
  expect(results.pathOf('b')).toBe(join(cacheDir, 'reference', 'results', 'b.json'))
  expect(await results.read('a'.repeat(64))).toEqual({ kind: 'found', text: 'figures' })
  const { removed } = await limitCache({ cacheDir, limit: bytes(0), inUse: [] })
  expect(removed).toHaveLength(2)
  expect(await inputs.kept(subject)).toBeNull()
  expect(await results.read('a'.repeat(64))).toEqual({ kind: 'absent' })
})
