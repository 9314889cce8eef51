import { availableParallelism, totalmem } from 'node:os'
import { bytes } from '../../domain/quantity.ts'
import type { Bytes } from '../../domain/quantity.ts'
import type { Machine } from '../../domain/machine.ts'
import { printableName } from '../text/printable.ts'
import { files } from './files.ts'
import { parseApps, rowsOf } from './nvidia-smi-answers.ts'
import { askNvidiaSmi, type Tools } from './nvidia-smi.ts'

const LONGEST = 120
const LIMIT = bytes(16 * 1024 * 1024)

/** Facts of this machine. What cannot be found out is null, never guessed. */
export const readMachine = async (tools: Tools, rustc: string | null): Promise<Machine> => {
  const [cpuinfo, release, gpus] = await Promise.all([
    files.readText('/proc/cpuinfo', LIMIT),
    files.readText('/etc/os-release', LIMIT),
    readGpus(tools)
  ])
  return {
    cpu: field(cpuinfo, /^model name\s*:\s*(.+)$/m),
    cores: availableParallelism(),
    memory: memory(),
    os: field(release, /^PRETTY_NAME="?([^"\n]+)"?$/m) ?? 'Linux',
    gpu: gpus.gpu,
    driver: gpus.driver,
    clocks: gpus.clocks,
    rustc: rustc === null ? null : fact(rustc),
    node: process.version
  }
}

const memory = (): Bytes => bytes(totalmem())

const fact = (text: string): string | null => {
  const name = printableName(text, LONGEST)
  return name === '' ? null : name
}

const field = (text: string | null, pattern: RegExp): string | null => {
  const value = text === null ? null : pattern.exec(text)?.[1]
  return value === null || value === undefined ? null : fact(value)
}

type Gpus = Pick<Machine, 'gpu' | 'driver' | 'clocks'>

const NO_GPUS: Gpus = { gpu: null, driver: null, clocks: null }

/** Three questions, each only where the one before was answered: a field that a driver does not know spoils a whole answer. */
const readGpus = async (tools: Tools): Promise<Gpus> => {
  const names = await askNvidiaSmi(tools, '--query-gpu=name,driver_version')
  if (names.kind !== 'answered') return NO_GPUS
  const gpus = parseGpus(names.text)
  const states = await askNvidiaSmi(
    tools,
    '--query-gpu=persistence_mode,utilization.gpu,clocks_throttle_reasons.active'
  )
  if (gpus.gpu === null || states.kind !== 'answered') return { ...gpus, clocks: null }
  const apps = await askNvidiaSmi(tools, '--query-compute-apps=pid,process_name')
  return { ...gpus, clocks: apps.kind === 'answered' ? clocksOf(states.text, apps.text) : null }
}

/** One line a GPU, `NVIDIA H100 80GB HBM3, 550.54.15`; equal ones are counted. */
const parseGpus = (csv: string): Omit<Gpus, 'clocks'> => {
  const rows = rowsOf(csv).flatMap(([name, driver]) =>
    name !== undefined && name !== '' && driver !== undefined ? [{ name, driver }] : []
  )
  const names = [...Map.groupBy(rows, (row) => row.name)].map(([name, same]) =>
    same.length === 1 ? name : `${same.length} × ${name}`
  )
  return { gpu: fact(names.join(', ')), driver: fact(rows[0]?.driver ?? '') }
}

/**
 * nvidia-smi has no word for a locked clock, so it is told by what an idle GPU does: one that is free to drop its
 * clock says so (`gpu idle`), one whose clock is held has no reason to give, or names the user's setting. Anything
 * else tells nothing: a GPU in use, or one whose driver only woke up to answer.
 */
const clocksOf = (states: string, apps: string): Machine['clocks'] => {
  const users = parseApps(apps)
  const clocks = rowsOf(states).map(clockOf)
  if (users.kind !== 'read' || users.apps.length > 0 || clocks.length === 0) return null
  if (clocks.includes('not-locked')) return 'not-locked'
  return clocks.every((clock) => clock === 'locked') ? 'locked' : null
}

const [NO_REASON, GPU_IDLE, USERS_SETTING] = [0n, 1n, 2n]

const clockOf = ([persistence, utilization, mask]: readonly string[]): Machine['clocks'] => {
  if (utilization !== '0' || mask === undefined || !/^0x[0-9a-f]{1,16}$/i.test(mask)) return null
  const reasons = BigInt(mask)
  if ((reasons & GPU_IDLE) !== 0n) return 'not-locked'
  const isHeld = reasons === NO_REASON || reasons === USERS_SETTING
  return isHeld && persistence === 'Enabled' ? 'locked' : null
}
