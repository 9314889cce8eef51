import { readdirSync, readlinkSync } from 'node:fs'
import { bytes } from '../../domain/quantity.ts'
import { expectCode } from './errors.ts'
import { files } from './files.ts'
import { listProcesses } from './process-table.ts'
import { printableName } from '../text/printable.ts'

/** Who listens on a port; nulls where it is another user's process, which we cannot see into. */
export interface PortHolder {
  readonly pid: number | null
  readonly name: string | null
}

const LISTEN = '0A'
const LIMIT = bytes(64 * 1024 * 1024)

/** The process that listens on a TCP port of this machine, on any address; null where the port is free. */
export const findPortHolder = async (port: number): Promise<PortHolder | null> => {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => files.readText(path, LIMIT))
  )
  const inodes = tables.flatMap((table) => listeners(table ?? '', port))
  if (inodes.length === 0) return null
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`))
  const holder = listProcesses().find((process) => holdsAny(process.pid, sockets))
  return holder === undefined
    ? { pid: null, name: null }
    : { pid: holder.pid, name: printableName(holder.name) }
}

/** Rows are `sl local_address rem_address st ... inode`; see proc(5). */
const listeners = (table: string, port: number): readonly string[] =>
  table.split('\n').flatMap((row) => {
    const cells = row.trim().split(/\s+/)
    const [local, state, inode] = [cells[1], cells[3], cells[9]]
    if (local === undefined || inode === undefined || state !== LISTEN) return []
    return Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16) === port ? [inode] : []
  })

const holdsAny = (pid: number, sockets: ReadonlySet<string>): boolean => {
  const directory = `/proc/${pid}/fd`
  try {
    return readdirSync(directory).some((file) => sockets.has(readlinkSync(`${directory}/${file}`)))
  } catch (error) {
    expectCode(error, ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'])
    return false
  }
}
