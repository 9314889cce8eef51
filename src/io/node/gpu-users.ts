import { printableName } from '../text/printable.ts'
import type { App } from './nvidia-smi-answers.ts'
import type { ProcessEntry } from './process-table.ts'
import { readProcess, readTag } from './process-table.ts'

/** A process on the GPU that nothing yet shows to be ours. */
export interface ForeignProcess {
  /** Printable: `pid name`. */
  readonly text: string
  /** The id of the container that it lives in; null outside any. */
  readonly container: string | null
}

/** What our processes are known by. */
export interface OurMarks {
  /** Of `makeTag`: what the tags of our children begin with. */
  readonly tag: string
  /** The id of the container that a process lives in, or null. */
  readonly containerOf: (pid: number) => string | null
}

/**
 * Of the processes on the GPU those that are not this run's children: neither they nor the head of their process group
 * carry its tag. One that is gone, or between two programs, cannot be judged and is not named.
 */
export const foreignAmong = (
  apps: readonly App[],
  { tag, containerOf }: OurMarks
): readonly ForeignProcess[] =>
  apps.flatMap(({ pid, name }) => {
    const process = readProcess(pid)
    if (process === null || process.zombie || isOurs(process, tag) !== false) return []
    return [{ text: `${pid} ${printableName(name ?? process.name, 100)}`, container: containerOf(pid) }]
  })

/** Null where it cannot be told now. */
const isOurs = (process: ProcessEntry, tag: string): boolean | null => {
  const own = carriesTag(process, tag)
  if (own !== false) return own
  const leader = process.group === process.pid ? null : readProcess(process.group)
  return leader === null ? false : carriesTag(leader, tag)
}

const carriesTag = (process: ProcessEntry, tag: string): boolean | null => {
  const reading = readTag(process)
  return reading.settled ? (reading.tag?.startsWith(`${tag}.`) ?? false) : null
}
