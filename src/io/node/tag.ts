import { randomBytes } from 'node:crypto'
import { readProcess } from './process-table.ts'

/** Who started what carries a tag. */
export interface Owner {
  readonly pid: number
  readonly startedAt: number
}

const TAG = /^[0-9a-f]{12}\.(\d{1,10})\.(\d{1,15})\.\d{1,10}$/

/** A tag for this process's children: `<random>.<our pid>.<our start time>`. Each child adds its own number. */
export const makeTag = (): string =>
  `${randomBytes(6).toString('hex')}.${process.pid}.${readProcess(process.pid)?.startedAt ?? 0}`

/** The owner named in a child's tag, or null where the tag is not of our making. */
export const ownerOf = (tag: string): Owner | null => {
  const match = TAG.exec(tag)
  return match === null ? null : { pid: Number(match[1]), startedAt: Number(match[2]) }
}

/** Whether the very process still runs, not one that was given its pid later. */
export const isAlive = (owner: Owner): boolean => {
  const found = readProcess(owner.pid)
  return found !== null && !found.zombie && found.startedAt === owner.startedAt
}
