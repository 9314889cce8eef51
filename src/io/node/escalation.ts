import { errorCode } from './errors.ts'
import { pause } from './pause.ts'
import type { ProcessEntry } from './process-table.ts'
import { readProcess } from './process-table.ts'
import { printableName } from '../text/printable.ts'

/** What a look at the process table found of a tree. */
export interface Members {
  readonly alive: readonly ProcessEntry[]
  /** True where a process between two programs may yet turn out to be one. */
  readonly unclear: boolean
}

export interface Patience {
  /** From the first TERM to KILL, ms. */
  readonly grace: number
  /** Aborted: KILL at once. */
  readonly hardSignal?: AbortSignal | undefined
}

export interface Ended {
  /** Everything that was found alive, as `pid name`. */
  readonly found: readonly string[]
  /** What could not be ended: another user's, or stuck in the kernel. */
  readonly remaining: readonly string[]
}

/** After KILL, ms. A process in an uninterruptible wait on a device may outlast any patience. */
const GIVE_UP = 2_000
const FIRST_LOOK = 4
const LAST_LOOK = 50
/** Looks in a row that must find nothing, once something was found: a chain of forks can hide from one. */
const CLEAN_LOOKS = 2
/** How long an unclear process is waited for, in looks. Another user's `env -i` stays unclear for good. */
const UNCLEAR_LOOKS = 5

const identity = (process: ProcessEntry): string => `${process.pid}.${process.startedAt}`
const describe = (process: ProcessEntry): string => `${process.pid} ${printableName(process.name)}`

const send = (target: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(target, signal)
  } catch (error) {
    // Gone meanwhile, or not ours to signal: the next look tells.
    const code = errorCode(error)
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

/** KILL takes whole groups, for a group that forks cannot outrun it; never the group that we are in ourselves. */
const kill = (members: readonly ProcessEntry[]): void => {
  const ours = readProcess(process.pid)?.group
  const groups = new Set(members.map((member) => member.group).filter((group) => group > 1 && group !== ours))
  for (const group of groups) send(-group, 'SIGKILL')
  for (const member of members) if (!groups.has(member.group)) send(member.pid, 'SIGKILL')
}

/** Each process is asked once: many take a second TERM for impatience. */
const terminate = (members: readonly ProcessEntry[], asked: ReadonlyMap<string, string>): void => {
  for (const member of members) if (!asked.has(identity(member))) send(member.pid, 'SIGTERM')
}

/** TERM, then KILL, until nothing is left. `look` is asked anew each time, just before anything is signalled. */
export const endAll = async (look: () => Members, patience: Patience): Promise<Ended> => {
  const found = new Map<string, string>()
  const began = performance.now()
  let [clean, unclear, wait] = [0, 0, FIRST_LOOK]
  for (;;) {
    const { alive, unclear: isUnclear } = look()
    const elapsed = performance.now() - began
    const isHard = patience.hardSignal?.aborted === true
    clean = alive.length === 0 ? clean + 1 : 0
    unclear = isUnclear ? unclear + 1 : 0
    const isClear = unclear === 0 || unclear > UNCLEAR_LOOKS
    if (isClear && (found.size === 0 ? clean > 0 : clean >= CLEAN_LOOKS)) break
    if (elapsed > patience.grace + GIVE_UP)
      return { found: [...found.values()], remaining: alive.map(describe) }
    if (isHard || elapsed >= patience.grace) kill(alive)
    else terminate(alive, found)
    for (const member of alive) found.set(identity(member), describe(member))
    const untilKill = elapsed < patience.grace ? patience.grace - elapsed : LAST_LOOK
    await pause(Math.min(wait, Math.max(1, untilKill)), isHard ? undefined : patience.hardSignal)
    wait = Math.min(wait * 2, LAST_LOOK)
  }
  return { found: [...found.values()], remaining: [] }
}
