import type { Members } from './escalation.ts'
import type { ProcessEntry } from './process-table.ts'
import { listProcesses, readTag } from './process-table.ts'

/** What the leader of a tree and all that comes from it can be known by. */
export interface Root {
  /** The leader's pid, which is the group's number too. */
  readonly pid: number
  readonly startedAt: number
  /** The whole value of the tag: this child's alone. */
  readonly tag: string
}

/**
 * Looks for the live members of a tree: those of the leader's group, and those that carry its tag wherever they
 * moved to. Older processes are passed over, so most of the table costs one small read each.
 */
export const watchTree = (root: Root): (() => Members) => {
  // Once empty, a group's number may be given to a stranger: from then on only the tag counts.
  let hasGroup = true
  return () => {
    let unclear = false
    const isTagged = (process: ProcessEntry): boolean => {
      const reading = readTag(process)
      unclear ||= !reading.settled
      return reading.tag === root.tag
    }
    const recent = listProcesses().filter((process) => process.startedAt >= root.startedAt)
    const alive = recent.filter((process) => (hasGroup && process.group === root.pid) || isTagged(process))
    hasGroup &&= alive.some((process) => process.group === root.pid)
    return { alive, unclear }
  }
}
