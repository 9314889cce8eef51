import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bytes } from '../../../src/domain/quantity.ts'
import { freeSpace, reserveSpace } from '../../../src/io/node/disk-space.ts'
import { asDiskFull, DiskFull } from '../../../src/io/node/errors.ts'
import { files } from '../../../src/io/node/files.ts'
import { tailOfFile, trimLog } from '../../../src/io/node/log-files.ts'
import { temporaryDirectory } from './programs.ts'

const LIMIT = bytes(1_000)

describe('files', () => {
  it('are written whole or not at all, and leave no part behind', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'report.json')
    await files.write(path, 'old')
    await files.write(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    mkdirSync(join(directory, 'taken'))
    await expect(files.write(join(directory, 'taken'), 'text')).rejects.toThrow('EISDIR')
    expect(readdirSync(directory)).toEqual(['report.json', 'taken'])
  })

  it('are read up to a limit, and are null where there is none', async () => {
    const path = join(temporaryDirectory(), 'text')
    expect(await files.readText(path, LIMIT)).toBeNull()
    writeFileSync(path, 'x'.repeat(1_000))
    expect(await files.readText(path, LIMIT)).toHaveLength(1_000)
    writeFileSync(path, 'x'.repeat(1_001))
    await expect(files.readText(path, LIMIT)).rejects.toThrow('larger than 1000 bytes')
  })

  it('are not waited for where a pipe was planted', async () => {
    const path = join(temporaryDirectory(), 'bench_latest.json')
    execFileSync('mkfifo', [path])
    await expect(files.readText(path, LIMIT)).rejects.toThrow('not a regular file')
    expect(await files.tail(path)).toBe('')
  })

  it('are copied into files of their own, which may be written to', async () => {
    const directory = temporaryDirectory()
    const [from, to] = [join(directory, 'from'), join(directory, 'to')]
    writeFileSync(from, 'bytes')
    chmodSync(from, 0o444)
    await files.copy(from, to)
    expect(readFileSync(to, 'utf8')).toBe('bytes')
    expect(statSync(to).mode & 0o777).toBe(0o644)
    expect(statSync(to).ino).not.toBe(statSync(from).ino)
  })

  it('are known by their hash, and nothing else in their place is', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'elf')
    expect(await files.sha256OfFile(path)).toBeNull()
    expect(await files.sha256OfFile(directory)).toBeNull()
    writeFileSync(path, 'bytes')
    symlinkSync(path, join(directory, 'link'))
    expect(await files.sha256OfFile(join(directory, 'link'))).toBeNull()
    expect(await files.sha256OfFile(path)).toBe(files.sha256OfText('bytes'))
  })

  it('come in chunks, each good until the next', async () => {
    const path = join(temporaryDirectory(), 'log')
    writeFileSync(path, Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 251)))
    const chunks: Uint8Array[] = []
    for await (const chunk of files.readChunks(path)) chunks.push(Uint8Array.from(chunk))
    expect(chunks.length).toBeGreaterThan(1)
    expect(Buffer.concat(chunks).equals(readFileSync(path))).toBe(true)
  })

  it('are moved, also to another file system', async () => {
    const from = temporaryDirectory()
    const to = existsSync('/dev/shm')
      ? mkdtempSync('/dev/shm/proving-regression-test-')
      : temporaryDirectory()
    onTestFinished(() => rmSync(to, { recursive: true }))
    mkdirSync(join(from, 'a/b'), { recursive: true })
    writeFileSync(join(from, 'a/b/c'), 'text')
    chmodSync(join(from, 'a/b/c'), 0o755)
    await files.move(join(from, 'a'), join(to, 'a'))
    expect(readFileSync(join(to, 'a/b/c'), 'utf8')).toBe('text')
    expect(statSync(join(to, 'a/b/c')).mode & 0o777).toBe(0o755)
    expect(readdirSync(from)).toEqual([])
    expect(await files.names(to)).toEqual(['a'])
  })

  it('are removed with their tree, links not followed', async () => {
    const directory = temporaryDirectory()
    const [tree, precious] = [join(directory, 'tree'), join(directory, 'precious')]
    mkdirSync(join(tree, 'locked'), { recursive: true })
    mkdirSync(precious)
    writeFileSync(join(precious, 'file'), '')
    writeFileSync(join(tree, 'locked/file'), '')
    symlinkSync(precious, join(tree, 'link'))
    chmodSync(join(tree, 'locked'), 0o500)
    await files.emptyDirectory(tree)
    expect(readdirSync(tree)).toEqual([])
    expect(readdirSync(precious)).toEqual(['file'])
    await files.remove(tree)
    await files.remove(tree)
    expect(await files.names(tree)).toEqual([])
  })
})

describe('a log', () => {
  it('is cut to its first and last bytes once', async () => {
    const path = join(temporaryDirectory(), 'log')
    writeFileSync(path, `${'a'.repeat(3_000_000)}${'b'.repeat(3_000_000)}${'c'.repeat(3_000_000)}`)
    await trimLog(path, bytes(3_000_000))
    const marker = '\n[... 3000000 bytes cut here ...]\n'
    expect(readFileSync(path, 'utf8') === 'a'.repeat(3_000_000) + marker + 'c'.repeat(3_000_000)).toBe(true)
  })

  it('stays as it is where there is nothing to cut', async () => {
    const path = join(temporaryDirectory(), 'log')
    writeFileSync(path, 'x'.repeat(2_010))
    await trimLog(path, LIMIT)
    expect(statSync(path).size).toBe(2_010)
  })

  it('has a tail of printable lines', async () => {
    const path = join(temporaryDirectory(), 'log')
    expect(await tailOfFile(path)).toBe('')
    writeFileSync(path, `${'é'.repeat(500)}\n1\n\u001b[31m2\u001b[0m\r3\u0007\u202e\n`)
    expect(await tailOfFile(path, 3)).toBe('1\n2\n3\\u{202e}'.split('\n').slice(-3).join('\n'))
    expect(await tailOfFile(path, 40, 100)).toBe('1\n2\n3\\u{202e}')
    writeFileSync(path, 'x'.repeat(5_000))
    expect(await tailOfFile(path)).toBe(`${'x'.repeat(1_000)}…`)
  })
})

describe('disk space', () => {
  it('is known, and can be kept back and given free', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'reserve')
    expect(await freeSpace(directory)).toBeGreaterThan(0)
    const reserve = await reserveSpace(path, bytes(2_500_000))
    expect(statSync(path).size).toBe(2_500_000)
    expect(statSync(path).blocks * 512).toBeGreaterThanOrEqual(2_500_000)
    await reserve.free()
    await reserve.free()
    expect(existsSync(path)).toBe(false)
  })

  it('that is spent is an error of its own', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const found = asDiskFull(full, '/some/path')
    expect(found).toBeInstanceOf(DiskFull)
    expect(found).toMatchObject({
      name: 'DiskFull',
      cause: full,
      message: expect.stringContaining('/some/path') as string
    })
    const other = new Error('another')
    expect(asDiskFull(other, '/some/path')).toBe(other)
  })
})
