import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acquireMachineLock } from '../../../src/io/node/machine-lock.ts'
import { programPath, until } from './programs.ts'

const HOLDER = { pid: process.pid, since: '2026-01-01T00:00:00.000Z', what: 'this test' }

const startHolder = (
  name: string
): { child: ChildProcessByStdio<null, Readable, null>; said: () => string } => {
  const child = spawn(process.execPath, [programPath('lock-holder.mjs'), name], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, said: () => text }
}

const acquire = (name: string, signal = new AbortController().signal) => {
  const waits: string[] = []
  const lock = acquireMachineLock({ holder: HOLDER, onWait: (holder) => waits.push(holder), signal, name })
  return { lock, waits }
}

describe('the lock of the machine', { timeout: 30_000 }, () => {
  it('is had by one process at a time, and is free when its holder is killed', async () => {
    const name = randomUUID()
    const first = startHolder(name)
    await until(() => first.said() === 'holds\n')
    const second = startHolder(name)
    await until(() => second.said().includes('waits'))
    expect(second.said()).toBe(`waits for a test (pid ${first.child.pid}, since 2026-01-01T00:00:00.000Z)\n`)
    first.child.kill('SIGKILL')
    await until(() => second.said().endsWith('holds\n'))
  })

  it('is free after release', async () => {
    const name = randomUUID()
    const first = await acquire(name).lock
    const second = acquire(name)
    await until(() => second.waits.length === 1)
    await first?.release()
    const lock = await second.lock
    expect(lock).not.toBeNull()
    await lock?.release()
  })

  it('is not waited for after a cancel', async () => {
    const [name, cancel] = [randomUUID(), new AbortController()]
    const first = await acquire(name).lock
    const second = acquire(name, cancel.signal)
    await until(() => second.waits.length === 1)
    cancel.abort()
    expect(await second.lock).toBeNull()
    await first?.release()
  })

  it.for([
    ['says nothing', () => undefined],
    ['talks nonsense', (socket: Socket) => socket.end('{]')],
    ['says another thing', (socket: Socket) => socket.end('{"pid":"1","since":"x","what":"y"}\n')],
    ['does not stop', (socket: Socket) => socket.write('x'.repeat(10_000))],
    ['hangs up', (socket: Socket) => socket.destroy()]
  ] as const)('calls a holder that %s unknown', async ([, answer]) => {
    const [name, cancel] = [randomUUID(), new AbortController()]
    const sockets: Socket[] = []
    const squatter = createServer((socket) => {
      sockets.push(socket.on('error', String))
      answer(socket)
    })
    squatter.listen({ path: `\0${name}` })
    await once(squatter, 'listening')
    const { lock, waits } = acquire(name, cancel.signal)
    await until(() => waits.length === 1)
    cancel.abort()
    expect(waits).toEqual(['an unknown process'])
    expect(await lock).toBeNull()
    for (const socket of sockets) socket.destroy()
    squatter.close()
  })

  it('shows what a holder says without its tricks', async () => {
    const [name, cancel] = [randomUUID(), new AbortController()]
    const what = `\u001b[31mred\u202e\n::error::${'x'.repeat(500)}`
    const squatter = createServer((socket) => socket.end(JSON.stringify({ ...HOLDER, what })))
    squatter.listen({ path: `\0${name}` })
    const { lock, waits } = acquire(name, cancel.signal)
    await until(() => waits.length === 1)
    cancel.abort()
    await lock
    expect(waits[0]).toMatch(/^red\\u\{202e\} ::error::x+…$/)
    expect(waits[0]).toHaveLength(200)
    squatter.close()
  })
})
