import { milliseconds } from '../../domain/quantity.ts'
import type { Captured, Processes } from '../ports.ts'
import type { Environment } from './environment.ts'
import { printableName } from '../text/printable.ts'

/** A container of docker, running or not. */
export interface Container {
  /** 64 hex digits. */
  readonly id: string
  readonly name: string
  readonly image: string
}

/** The containers of this machine. No docker, or one that does not answer, is a machine without containers. */
export interface Containers {
  named(name: string): Promise<Container | null>
  /** The one that publishes a port of the machine. */
  publishing(port: number): Promise<Container | null>
  /** True where it is gone afterwards. */
  remove(id: string): Promise<boolean>
}

const LOOK_WITHIN = milliseconds(2_000)
const REMOVE_WITHIN = milliseconds(3_000)
const FORMAT = '{{.ID}}\t{{.Names}}\t{{.Image}}'
const ID = /^[0-9a-f]{64}$/

const isSuccess = ({ finished: { end } }: Captured): boolean =>
  end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0

const parseRow = (row: string): readonly Container[] => {
  const [id = '', names = '', image = ''] = row.split('\t')
  if (!ID.test(id)) return []
  return names.split(',').map((name) => ({ id, name, image: printableName(image, 100) }))
}

/** `processes` must not be the one that a cancelled run stops: what is left has to be removed then, too. */
export const createContainers = (processes: Processes, env: Environment): Containers => {
  const docker = (args: readonly string[], deadline = LOOK_WITHIN): Promise<Captured> =>
    processes.capture({ program: 'docker', args, cwd: '/', env }, deadline)
  const list = async (filter: string): Promise<readonly Container[]> => {
    const captured = await docker(['ps', '--all', '--no-trunc', '--filter', filter, '--format', FORMAT])
    return isSuccess(captured) ? captured.stdout.split('\n').flatMap(parseRow) : []
  }
  return {
    named: async (name) =>
      (await list(`name=^/?${name}$`)).find((container) => container.name === name) ?? null,
    publishing: async (port) => (await list(`publish=${port}`))[0] ?? null,
    remove: async (id) => {
      const captured = await docker(['rm', '--force', id], REMOVE_WITHIN)
      return isSuccess(captured) || captured.stderr.includes('No such container')
    }
  }
}
