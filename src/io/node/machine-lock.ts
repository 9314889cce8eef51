import { createConnection, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { errorCode } from './errors.ts'
import { pause } from './pause.ts'
import { printableName } from '../text/printable.ts'

/** What the holder of the lock says of itself to those who wait. */
export interface Holder {
  readonly pid: number
  /** ISO 8601. */
  readonly since: string
  /** One short line, without secrets: any user of the machine may ask. */
  readonly what: string
}

export interface LockOptions {
  readonly holder: Holder
  /** Called when somebody else holds the lock, and again when it is somebody else again. */
  readonly onWait: (holder: string) => void
  readonly signal: AbortSignal
  /** Another lock than the machine's; for tests. */
  readonly name?: string
}

export interface MachineLock {
  release(): Promise<void>
}

// An abstract socket: the kernel frees the name when the holder dies, however it dies, so that there is no
// stale lock; and it is the same for all users and cache folders of the machine.
const NAME = 'proving-regression'
const RETRY = 500
const ANSWER_WITHIN = 1_000
const LONGEST_ANSWER = 4_096
const UNKNOWN = 'an unknown process'

/** Waits for the one lock of this machine. Null where the signal was aborted first. */
export const acquireMachineLock = async (options: LockOptions): Promise<MachineLock | null> => {
  if (process.platform !== 'linux') throw new Error('proving-regression measures on Linux only.')
  const path = `\0${options.name ?? NAME}`
  let shown: string | null = null
  while (!options.signal.aborted) {
    const server = await tryToListen(path, options.holder)
    if (server !== null) return lockOn(server)
    const holder = await askHolder(path)
    if (holder !== null && holder !== shown) options.onWait(holder)
    shown = holder ?? shown
    await pause(RETRY, options.signal)
  }
  return null
}

const lockOn = (server: Server): MachineLock => ({
  release: () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve()
      })
    })
})

/** Null where the name is taken. */
const tryToListen = (path: string, holder: Holder): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      // A caller that hangs up early is no concern of the holder.
      socket.on('error', () => socket.destroy())
      socket.end(`${JSON.stringify(holder)}\n`, () => socket.destroy())
    })
    server.unref()
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen({ path }, () => {
      resolve(server)
    })
  })

/** One line on who holds the lock; null where it was just given up. */
const askHolder = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const socket: Socket = createConnection({ path })
    let answer = ''
    const conclude = (holder: string | null): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(holder)
    }
    const timer = setTimeout(() => conclude(UNKNOWN), ANSWER_WITHIN)
    socket.setEncoding('utf8')
    socket.on('error', (error) => conclude(errorCode(error) === 'ECONNREFUSED' ? null : UNKNOWN))
    socket.on('data', (text: string) => {
      answer += text
      if (answer.length > LONGEST_ANSWER) conclude(UNKNOWN)
    })
    socket.on('end', () => conclude(describe(answer)))
  })

/** The answer is a stranger's text: whoever holds the name may say anything. */
const describe = (answer: string): string => {
  const holder = parseAnswer(answer)
  return holder === null
    ? UNKNOWN
    : printableName(`${holder.what} (pid ${holder.pid}, since ${holder.since})`)
}

const parseAnswer = (answer: string): Holder | null => {
  try {
    const value: unknown = JSON.parse(answer)
    return isHolder(value) ? value : null
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return null
  }
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  Number.isSafeInteger(value.pid) &&
  'since' in value &&
  typeof value.since === 'string' &&
  'what' in value &&
  typeof value.what === 'string'
