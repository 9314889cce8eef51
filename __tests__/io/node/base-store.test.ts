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
import { describe, expect, test } from 'vitest'
import { createBaseStore } from '../../../src/io/node/base-store.ts'
import { temporaryDirectory } from './programs.ts'

const KEY = 'a'.repeat(64)

const emptyStore = () => {
  const store = createBaseStore(join(temporaryDirectory(), 'cache'))
  return { ...store, path: store.pathOf(KEY) }
}

describe('a result of base', () => {
  test('is kept whole, for its owner alone, and dated anew when it is read', async () => {
    const { read, write, remove, path } = emptyStore()
    expect(await read(KEY)).toEqual({ kind: 'absent' })
    await write(KEY, 'old')
    await write(KEY, 'figures')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(path))).toEqual([`${KEY}.json`])
    utimesSync(path, 1, 1)
    expect(await read(KEY)).toEqual({ kind: 'found', text: 'figures' })
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_000_000)
    await remove(KEY)
    expect(await read(KEY)).toEqual({ kind: 'absent' })
  })

  test.each<readonly [string, (path: string) => void, string]>([
    ['that others may write to', (path) => chmodSync(path, 0o620), 'may be written to by others'],
    ['that is a directory', (path) => mkdirSync(join(path, 'x'), { recursive: true }), 'is not a file'],
    ['that is a link', (path) => symlinkSync('/etc/hostname', path), 'is not a file'],
    ['that is far too long', (path) => writeFileSync(path, Buffer.alloc((4 << 20) + 1)), 'cannot be read']
  ])('%s is not used, and makes room for a new one', async (_, spoil, why) => {
    const { read, write, remove, path } = emptyStore()
    await write(KEY, 'figures')
    if (why === 'is not a file') await remove(KEY)
    spoil(path)
    expect(await read(KEY)).toEqual({ kind: 'unusable', why: expect.stringContaining(why) as string })
    await write(KEY, 'new')
    expect(await read(KEY)).toEqual({ kind: 'found', text: 'new' })
    expect(readFileSync('/etc/hostname', 'utf8')).not.toBe('new')
  })
})
