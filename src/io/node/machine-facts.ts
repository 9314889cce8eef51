import { availableParallelism, totalmem } from 'node:os'
import { bytes, milliseconds } from '../../domain/quantity.ts'
import type { Bytes } from '../../domain/quantity.ts'
import type { Machine } from '../../domain/machine.ts'
import type { Command, Processes } from '../ports.ts'
import type { Environment } from './environment.ts'
import { files } from './files.ts'
import { printableName } from '../text/printable.ts'

const DEADLINE = milliseconds(5_000)
const LONGEST = 120
const LIMIT = bytes(16 * 1024 * 1024)

/** What starts the tools that are asked, and what they may see. */
export interface Tools {
  readonly processes: Processes
  /** Of purpose `tool`. */
  readonly env: Environment
}

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

const QUERY = ['--query-gpu=name,driver_version', '--format=csv,noheader']

const readGpus = async ({ processes, env }: Tools): Promise<Pick<Machine, 'gpu' | 'driver'>> => {
  const command: Command = { program: 'nvidia-smi', args: QUERY, cwd: '/', env }
  const { finished, stdout } = await processes.capture(command, DEADLINE)
  const { end } = finished
  const isGood = end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0
  return isGood ? parseGpus(stdout) : { gpu: null, driver: null }
}

/** One line a GPU, `NVIDIA H100 80GB HBM3, 550.54.15`; equal ones are counted. */
const parseGpus = (csv: string): Pick<Machine, 'gpu' | 'driver'> => {
  const rows = csv.split('\n').flatMap((line) => {
    const [name, driver] = line.split(',').map((cell) => cell.trim())
    return name !== undefined && name !== '' && driver !== undefined ? [{ name, driver }] : []
  })
  const names = [...Map.groupBy(rows, (row) => row.name)].map(([name, same]) =>
    same.length === 1 ? name : `${same.length} × ${name}`
  )
  return { gpu: fact(names.join(', ')), driver: fact(rows[0]?.driver ?? '') }
}
