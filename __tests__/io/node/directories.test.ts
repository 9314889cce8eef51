import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isDirectory, makeDirectory, realPath, whyNotWritable } from '../../../src/io/node/directories.ts'
import { scratch } from '../../support/small-trees.ts'

const place = await scratch()
afterAll(place.dispose)

test('a directory is made with those above it, once or again', async () => {
  const path = join(place.path, 'a/b/c')
  await makeDirectory(path)
  await makeDirectory(path)
  expect(await isDirectory(path)).toBe(true)
})

test('below /proc, where a parent exists and takes no children, making one ends with an error', async () => {
  await expect(makeDirectory('/proc/nowhere/below')).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['new/er/est', null],
  ['.', null],
  ['file', 'EEXIST'],
  ['file/below', 'ENOTDIR']
])('whether %s can be written to is %s, and asking leaves all as it was', async (path, code) => {
  writeFileSync(join(place.path, 'file'), '')
  const before = readdirSync(place.path, { recursive: true })
  expect(await whyNotWritable(join(place.path, path))).toBe(code)
  expect(readdirSync(place.path, { recursive: true })).toEqual(before)
})

test('a place has one name, also before it is there', async () => {
  mkdirSync(join(place.path, 'real'))
  symlinkSync('real', join(place.path, 'alias'))
  const names = ['real/new/er', 'alias/new/er', 'alias/../real/new/er'].map((name) => join(place.path, name))
  const [one, ...others] = await Promise.all(names.map(realPath))
  expect(others).toEqual([one, one])
  expect(one).toMatch(/\/real\/new\/er$/)
})

test('what is not a directory is none', async () => {
  mkdirSync(join(place.path, 'd'))
  expect(await isDirectory(join(place.path, 'd'))).toBe(true)
  expect(await isDirectory(join(place.path, 'file'))).toBe(false)
  expect(await isDirectory(join(place.path, 'nowhere'))).toBe(false)
})
