import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { StepLog } from './step-log.ts'

/** Milliseconds. */
export interface Delays {
  /** From SIGINT to SIGTERM. */
  readonly interrupt: number
  /** From SIGTERM to SIGKILL. */
  readonly terminate: number
  /** How long streams are waited for after the process ended. */
  readonly streams: number
}

/** actions/runner `src/Runner.Sdk/ProcessInvoker.cs`: `_sigintTimeout`, `_sigtermTimeout`, `ProcessExitedHandler`. */
export const REAL_DELAYS: Delays = { interrupt: 7_500, terminate: 2_500, streams: 5_000 }

export interface Sent {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'
  /** Seconds since the process began. */
  readonly at: number
}

export interface ProcessEnd {
  readonly exitCode: number | null
  /** What ended it, where it did not exit. */
  readonly signal: NodeJS.Signals | null
  /** To its exit. */
  readonly seconds: number
  /** Signals that it was sent. */
  readonly sent: readonly Sent[]
  /** Whether something else held its streams open until we went on. */
  readonly wasHeldOpen: boolean
  /** All that it printed until then, before anything was masked or obeyed. */
  readonly printed: { readonly stdout: string; readonly stderr: string }
}

export interface StepProcess {
  readonly pid: number
  readonly ended: Promise<ProcessEnd>
  /** SIGINT, SIGTERM, SIGKILL: each to this one process, as long as it lives. */
  cancel(): void
  /** Lets go of the streams, for the end of the job: until then whoever holds them may write into the void. */
  release(): void
}

export interface StepCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Starts one process of a step. Rejects if it cannot be started. */
export const startProcess = (command: StepCommand, log: StepLog, delays: Delays): StepProcess => {
  const { program, args, cwd, env } = command
  const began = performance.now()
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  // The runner closes it, so that nothing waits for an answer.
  child.stdin.end()
  const since = (): number => (performance.now() - began) / 1000
  const streams = [readInto(child.stdout, log.stdout), readInto(child.stderr, log.stderr)] as const
  const exited = new Promise<Pick<ProcessEnd, 'exitCode' | 'signal' | 'seconds'>>((settle, reject) => {
    child.on('error', reject)
    child.on('exit', (exitCode, signal) => settle({ exitCode, signal, seconds: since() }))
  })
  const escalation = createEscalation(child, since, delays)
  const end = async (): Promise<ProcessEnd> => {
    const exit = await exited
    escalation.stop()
    const wasHeldOpen = await outlast(
      streams.map(({ ended }) => ended),
      delays.streams
    )
    const [stdout, stderr] = [streams[0].stop(), streams[1].stop()]
    return { ...exit, sent: escalation.sent, wasHeldOpen, printed: { stdout, stderr } }
  }
  return {
    pid: child.pid ?? NaN,
    ended: end(),
    cancel: escalation.start,
    release: () => {
      child.stdout.destroy()
      child.stderr.destroy()
    }
  }
}

/** Reads a stream until it ends or `stop`, which gives what was read; after that what comes is thrown away. */
const readInto = (stream: Readable, lines: StepLog['stdout']) => {
  const read: Buffer[] = []
  let isRead = true
  stream.on('data', (bytes: Buffer) => {
    if (!isRead) return
    read.push(bytes)
    lines.push(bytes)
  })
  return {
    ended: new Promise<void>((settle) => stream.on('close', settle)),
    stop: () => {
      isRead = false
      lines.end()
      return Buffer.concat(read).toString('utf8')
    }
  }
}

/** Whether the promises took longer than that. */
const outlast = async (promises: readonly Promise<void>[], milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((settle) => (timer = setTimeout(() => settle(true), milliseconds)))
  const wasLate = await Promise.race([late, Promise.all(promises).then(() => false)])
  clearTimeout(timer)
  return wasLate
}

const createEscalation = (child: ChildProcess, since: () => number, delays: Delays) => {
  const sent: Sent[] = []
  let timer: NodeJS.Timeout | undefined
  const send = (signal: Sent['signal']): void => {
    // To the one pid; a process that is gone is not one.
    if (child.kill(signal)) sent.push({ signal, at: since() })
  }
  const terminate = (): void => {
    send('SIGTERM')
    timer = setTimeout(() => send('SIGKILL'), delays.terminate)
  }
  return {
    sent,
    start: () => {
      if (sent.length > 0) return
      send('SIGINT')
      timer = setTimeout(terminate, delays.interrupt)
    },
    stop: () => clearTimeout(timer)
  }
}
