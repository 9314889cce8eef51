import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { Exit } from '../../domain/trial.ts'
import type { Command } from '../ports.ts'
import { errorCode } from './errors.ts'
import type { Outputs } from './outputs.ts'
import { printableName } from '../text/printable.ts'
import { readProcess, TAG_VARIABLE } from './process-table.ts'
import type { Root } from './process-tree.ts'

/** The first process of a tree. */
export interface Leader {
  readonly root: Root
  /** ms, monotonic. */
  readonly startedAt: number
  /** Resolves on `exit`, never `close`, which waits for every grandchild that holds the descriptors. */
  readonly exited: Promise<{ readonly exit: Exit; readonly at: number }>
}

export type Start =
  | { readonly kind: 'started'; readonly leader: Leader }
  | { readonly kind: 'not-started'; readonly message: string }

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such program.',
  EACCES: 'It may not be executed.',
  E2BIG: 'Its arguments and environment are longer than the system takes.',
  ENOEXEC: 'It is not a program of this machine.',
  ENOTDIR: 'A part of its path is not a directory.',
  EAGAIN: 'The limit of processes is reached.',
  ENOMEM: 'No memory is left.',
  EMFILE: 'Too many files are open.',
  ENFILE: 'Too many files are open on the machine.'
}

const notStarted = (command: Command, error: unknown): Start => {
  const code = errorCode(error)
  const reason = code === null ? undefined : NOT_STARTED[code]
  if (code === null || reason === undefined) throw error
  // The system says ENOENT of a missing working directory in the same words as of the program.
  const why = existsSync(command.cwd) ? reason : `The directory ${printableName(command.cwd)} does not exist.`
  return { kind: 'not-started', message: `${printableName(command.program)} did not start (${code}). ${why}` }
}

/** Starts a program at the head of a session and process group of its own. */
export const startLeader = async (command: Command, tag: string, outputs: Outputs): Promise<Start> => {
  const startedAt = performance.now()
  let child: ChildProcess
  try {
    child = spawn(command.program, [...command.args], {
      cwd: command.cwd,
      env: { ...command.env, [TAG_VARIABLE]: tag },
      stdio: ['ignore', outputs.stdout, outputs.stderr],
      detached: true
    })
  } catch (error) {
    return notStarted(command, error)
  }
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as unknown[]
    return notStarted(command, error)
  }
  // Not reaped before the event loop turns: even if it has ended, the table still has it.
  const root = { pid: child.pid, startedAt: readProcess(child.pid)?.startedAt ?? 0, tag }
  return { kind: 'started', leader: { root, startedAt, exited: exitOf(child) } }
}

const exitOf = (child: ChildProcess): Leader['exited'] =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const exit: Exit = signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'signalled', signal }
      resolve({ exit, at: performance.now() })
    })
  })
