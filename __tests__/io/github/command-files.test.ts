import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guardCommandFiles } from '../../../src/io/github/command-files.ts'
import { holdsOnly, parseOutputFile } from '../../../src/io/github/output-file.ts'

let directory = ''
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'command-files-'))))
afterEach(() => rm(directory, { recursive: true }))

const NAMES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
const path = (name: string): string => join(directory, name)

const guarded = async (content = 'before\n') => {
  await Promise.all(NAMES.map((name) => writeFile(path(name), content)))
  return guardCommandFiles(Object.fromEntries(NAMES.map((name) => [name, path(name)])))
}

test('files that nobody touched are fine', async () => {
  const files = await guarded()
  expect(await files.check()).toEqual([])
})

describe('what somebody else did is found and undone', () => {
  test.each([
    ['added a line', (file: string) => appendFile(file, 'PATH=/evil\n')],
    ['changed a byte', (file: string) => writeFile(file, 'Before\n')],
    ['emptied it', (file: string) => writeFile(file, '')],
    ['removed it', (file: string) => rm(file)],
    ['made it a flood', (file: string) => truncate(file, 20 * 1024 * 1024 * 1024)],
    [
      'made it a folder',
      (file: string) => rm(file).then(() => mkdir(join(file, 'sub'), { recursive: true }))
    ],
    ['made it a pipe', (file: string) => rm(file).then(() => promisify(execFile)('mkfifo', [file]))],
    [
      'made it a link to the same text',
      async (file: string) => {
        await rm(file)
        await writeFile(path('elsewhere'), 'before\n')
        await symlink(path('elsewhere'), file)
      }
    ]
  ])('%s', async (_name, act) => {
    const files = await guarded()
    await act(path('GITHUB_ENV'))
    expect(await files.check()).toEqual(['GITHUB_ENV'])
    expect(await readFile(path('GITHUB_ENV'), 'utf8')).toBe('before\n')
    // Put back, it is as it was; that it happened is not forgotten.
    expect(await files.check()).toEqual(['GITHUB_ENV'])
    if (existsSync(path('elsewhere'))) expect(await readFile(path('elsewhere'), 'utf8')).toBe('before\n')
  })
})

test('our own writes are no change by others, and what others did before them is undone first', async () => {
  const files = await guarded('')
  await files.write('GITHUB_STATE', () => appendFile(path('GITHUB_STATE'), 'a=1\n'))
  expect(await files.check()).toEqual([])
  await appendFile(path('GITHUB_OUTPUT'), 'verdict=improvement\n')
  await files.write('GITHUB_OUTPUT', () => appendFile(path('GITHUB_OUTPUT'), 'verdict=regression\n'))
  expect(await readFile(path('GITHUB_OUTPUT'), 'utf8')).toBe('verdict=regression\n')
  expect(await files.check()).toEqual(['GITHUB_OUTPUT'])
})

test('what slips in while we write goes with it, and is not forgotten', async () => {
  const files = await guarded('')
  const write = files.write(
    'GITHUB_OUTPUT',
    () => appendFile(path('GITHUB_OUTPUT'), 'verdict=regression\nverdict=improvement\n'),
    (text) => holdsOnly(text, { verdict: 'regression' })
  )
  await expect(write).rejects.toThrow('put back')
  expect(await readFile(path('GITHUB_OUTPUT'), 'utf8')).toBe('')
  expect(await files.check()).toEqual(['GITHUB_OUTPUT'])
})

test('a write that fails half way is ours all the same', async () => {
  const files = await guarded('')
  const half = files.write('GITHUB_OUTPUT', async () => {
    await appendFile(path('GITHUB_OUTPUT'), 'verd')
    throw new Error('no space')
  })
  await expect(half).rejects.toThrow('no space')
  expect(await files.check()).toEqual([])
})

test('a file that was not there is removed again', async () => {
  const files = await guardCommandFiles({ GITHUB_PATH: path('GITHUB_PATH') })
  await writeFile(path('GITHUB_PATH'), '/evil\n')
  expect(await files.check()).toEqual(['GITHUB_PATH'])
  expect(existsSync(path('GITHUB_PATH'))).toBe(false)
})

test('outside a runner there is nothing to guard and nothing is written', async () => {
  const files = await guardCommandFiles({ GITHUB_OUTPUT: '' })
  let isWritten = false
  await files.write('GITHUB_OUTPUT', () => (isWritten = true))
  expect(isWritten).toBe(false)
  expect(await files.check()).toEqual([])
})

describe('the outputs that the runner will read', () => {
  test.each([
    ['as lines', 'a=1\nb=\n', true],
    ['as blocks', 'a<<e1\n1\ne1\nb<<e2\n\ne2\n', true],
    ['with one more', 'a=1\nb=\nc=3\n', false],
    ['with one less', 'a=1\n', false],
    ['with another value', 'a=1\nb=2\n', false],
    ['twice', 'a=1\nb=\na=1\n', false],
    ['with one that ends early', 'a<<e1\n1\nb=\n', false],
    ['with a line that is none', 'a=1\nb=\nnonsense\n', false]
  ])('%s', (_name, text, expected) => {
    expect(holdsOnly(text, { a: '1', b: '' })).toBe(expected)
  })
})

test.each([
  ['', []],
  [
    'a=b=c\r\n\r\nd=\n',
    [
      ['a', 'b=c'],
      ['d', '']
    ]
  ],
  ['a=b<<c\n', [['a', 'b<<c']]],
  ['a<<b=c\nx\n\ny=z\nb=c\n', [['a', 'x\n\ny=z']]],
  ['a<<e\ne\n', [['a', '']]],
  ['=x\n', null],
  ['a<<\nx\n\n', null],
  ['a<<e\nx', null]
] as const)('%j is read as %j', (text, expected) => {
  expect(parseOutputFile(text)).toEqual(expected)
})

test('writes and looks that come at once do not take one another for a stranger’s', async () => {
  const files = await guarded('')
  const names = Array.from({ length: 20 }, (_, index) => NAMES[index % NAMES.length] ?? 'GITHUB_ENV')
  const writes = names.map((name, index) => files.write(name, () => appendFile(path(name), `${index}=x\n`)))
  const looks = names.map(() => files.check())
  await Promise.all(writes)
  expect(await Promise.all(looks)).toEqual(names.map(() => []))
  expect((await readFile(path('GITHUB_STATE'), 'utf8')).split('\n')).toHaveLength(5)
})
