import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'
import { expectCode } from './errors.ts'

/** A live process as /proc shows it. */
export interface ProcessEntry {
  readonly pid: number
  /** At most 15 bytes, any bytes: print it with care. */
  readonly name: string
  readonly group: number
  /** Clock ticks since boot; with the pid it names one process for good, for pids are used again. */
  readonly startedAt: number
  readonly kernel: boolean
  /** Ended, and only waits for its parent to notice. */
  readonly zombie: boolean
}

/** Marks every process that we start, and what they start. */
export const TAG_VARIABLE = 'PROVING_REGRESSION_RUN'

/** Of a process: its tag or null; `settled` is false while it is between two programs and shows nothing. */
export interface TagReading {
  readonly tag: string | null
  readonly settled: boolean
}

const KERNEL_THREAD = 0x00200000
/** Of a process that ended meanwhile, and of one that we may not look into. */
const UNREADABLE = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM']
const NO_ENVIRONMENT: TagReading = { tag: null, settled: true }

// One buffer for all: these reads are synchronous, for a scan takes milliseconds and must not be torn.
let buffer = Buffer.alloc(16 * 1024)

const orNull = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch (error) {
    expectCode(error, UNREADABLE)
    return null
  }
}

/** A small file of /proc. Null where the process is gone or not ours to look into. */
const readProc = (path: string): Buffer | null =>
  orNull(() => {
    const file = openSync(path, 'r')
    try {
      return readWhole(file)
    } finally {
      closeSync(file)
    }
  })

/** These files come in one piece where there is room for it, so a read that leaves room was the last. */
const readWhole = (file: number): Buffer => {
  let length = 0
  for (;;) {
    length += readSync(file, buffer, length, buffer.length - length, null)
    if (length < buffer.length) return buffer.subarray(0, length)
    buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)])
  }
}

/** Field 2 is the name in brackets and may hold anything, hence the last bracket; see proc(5) for the others. */
const parseStat = (stat: string): ProcessEntry | null => {
  const [open, close] = [stat.indexOf('('), stat.lastIndexOf(')')]
  const fields = stat.slice(close + 2).split(' ')
  const state = fields[0]
  if (open < 0 || close < 0 || state === undefined) return null
  return {
    pid: Number(stat.slice(0, open)),
    name: stat.slice(open + 1, close),
    group: Number(fields[2]),
    startedAt: Number(fields[19]),
    kernel: (Number(fields[6]) & KERNEL_THREAD) !== 0,
    zombie: 'ZXx'.includes(state)
  }
}

/** The process, zombie or not; null where there is none. */
export const readProcess = (pid: number): ProcessEntry | null => {
  const stat = readProc(`/proc/${pid}/stat`)
  return stat === null ? null : parseStat(stat.toString())
}

/** All processes that run, as far as we may see them, in one pass. */
export const listProcesses = (): readonly ProcessEntry[] =>
  readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    const entry = Number.isInteger(pid) ? readProcess(pid) : null
    return entry === null || entry.zombie ? [] : [entry]
  })

/** The tag in a process's environment. Other users' processes have none that we could see. */
export const readTag = (process: ProcessEntry): TagReading => {
  if (process.kernel) return NO_ENVIRONMENT
  const environment = readProc(`/proc/${process.pid}/environ`)
  if (environment === null) return NO_ENVIRONMENT
  if (environment.length === 0) return { tag: null, settled: false }
  return { tag: findTag(environment), settled: true }
}

const ENTRY = Buffer.from(`${TAG_VARIABLE}=`)

const findTag = (environment: Buffer): string | null => {
  let at = environment.indexOf(ENTRY)
  while (at > 0 && environment[at - 1] !== 0) at = environment.indexOf(ENTRY, at + 1)
  if (at < 0) return null
  const end = environment.indexOf(0, at)
  return environment.toString('latin1', at + ENTRY.length, end < 0 ? environment.length : end)
}

/** The id of the container that a process lives in, 64 hex digits; null outside any, and where it cannot be seen. */
export const containerOf = (pid: number): string | null =>
  readProc(`/proc/${pid}/cgroup`)
    ?.toString('latin1')
    .match(/[0-9a-f]{64}/g)
    ?.at(-1) ?? null

/** Names the set of pids that a process lives in: a pid means nothing outside it. Null where it cannot be seen. */
export const pidNamespace = (pid: number | 'self'): string | null =>
  orNull(() => readlinkSync(`/proc/${pid}/ns/pid`))
