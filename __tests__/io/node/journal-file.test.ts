import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openJournal } from '../../../src/io/node/journal-file.ts'
import { programPath, temporaryDirectory, until } from './programs.ts'

const newPath = (): string => join(temporaryDirectory(), 'journal.jsonl')

describe('a journal', () => {
  it('is created, and appended to when it is opened again', async () => {
    const path = newPath()
    const first = await openJournal(path)
    await first.append('one')
    await first.close()
    const second = await openJournal(path)
    await Promise.all([second.append('two'), second.append('three')])
    await second.close()
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n')
  })

  it.for([
    ['half a line', 'one\ntw', 'one\n'],
    ['nothing but half a line', 'on', ''],
    ['half a line longer than a look', `one\n${'x'.repeat(200_000)}`, 'one\n'],
    ['a whole line longer than a look', `${'x'.repeat(200_000)}\n`, `${'x'.repeat(200_000)}\n`],
    ['nothing', '', '']
  ] as const)('that ends with %s goes on after its last whole line', async ([, text, kept]) => {
    const path = newPath()
    writeFileSync(path, text)
    const journal = await openJournal(path)
    await journal.append('next')
    await journal.close()
    expect(readFileSync(path, 'utf8')).toBe(`${kept}next\n`)
  })

  it('has every line of which it was said, though its writer was killed', { timeout: 30_000 }, async () => {
    const path = newPath()
    const writer = spawn(process.execPath, [programPath('journal-writer.mjs'), path], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    onTestFinished(() => void writer.kill('SIGKILL'))
    let said = ''
    writer.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await until(() => said.split('\n').length > 30)
    writer.kill('SIGKILL')
    await once(writer, 'close')
    appendFileSync(path, '{"line":')
    await (await openJournal(path)).close()

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const numbers = lines.map((line) => (JSON.parse(line) as { line: number }).line)
    expect(numbers).toEqual(numbers.map((_, index) => index))
    expect(numbers.length).toBeGreaterThanOrEqual(said.split('\n').length - 1)
  })

  it('refuses a line that is two', async () => {
    const journal = await openJournal(newPath())
    expect(() => journal.append('a\nb')).toThrow('line break')
    await journal.close()
  })
})
