import { bytes } from '../../domain/quantity.ts'
import type { ProverServer, ServerWatch } from '../ports.ts'
import type { Containers } from './containers.ts'
import { files } from './files.ts'
import { pause } from './pause.ts'
import { findPortHolder } from './tcp-port.ts'

export interface ProverServerOptions {
  readonly containers: Containers
  /** Where the container that is ours is written down; the next run removes it should this one be killed. */
  readonly stateFile: string
  readonly name?: string
  readonly port?: number
  /** ms between two looks while a trial runs. */
  readonly every?: number
  /** Told of each container that turns out to be ours. */
  readonly onContainer?: (id: string) => void
}

type Obstacle = Awaited<ReturnType<ProverServer['obstacle']>>

type Place = Required<ProverServerOptions>

const SP1 = { name: 'sp1-gpu', port: 3000, every: 2_000, onContainer: (): void => undefined }
const STATE_LIMIT = bytes(4_096)
const ID = /^[0-9a-f]{64}\n$/
/** A removed container's port is freed a little later. */
const PORT_LOOKS = 10
const PORT_WAIT = 100

/** The container and port of SP1's GPU prover: ours are removed, anybody else's are named. */
export const createProverServer = (options: ProverServerOptions): ProverServer => {
  const place = { ...SP1, ...options }
  return {
    clear: () => removeRecorded(place),
    obstacle: () => findObstacle(place),
    watch: () => startWatch(place)
  }
}

const recordedId = async ({ stateFile }: Place): Promise<string | null> => {
  const text = await files.readText(stateFile, STATE_LIMIT)
  return text !== null && ID.test(text) ? text.trim() : null
}

/** What cannot be removed is forgotten all the same: then it is an obstacle, told with the command that mends it. */
const removeRecorded = async (place: Place): Promise<readonly string[]> => {
  const id = await recordedId(place)
  if (id === null) return []
  const isRemoved = await place.containers.remove(id)
  await files.remove(place.stateFile)
  return isRemoved ? [`removed the container ${place.name} that the prover left`] : []
}

const findObstacle = async (place: Place): Promise<Obstacle> => {
  const container = await place.containers.named(place.name)
  if (container !== null && container.id === (await recordedId(place))) return null
  if (container !== null) {
    const what = `${container.id.slice(0, 12)} of ${container.image}`
    const message = `The container name ${place.name} is taken by ${what}, which is not of this run. Remove it: docker rm -f ${place.name}`
    return { reason: 'stale-container', message }
  }
  return portObstacle(place, PORT_LOOKS)
}

const portObstacle = async (place: Place, looks: number): Promise<Obstacle> => {
  const holder = await findPortHolder(place.port)
  if (holder === null) return null
  if (looks > 1) {
    await pause(PORT_WAIT)
    return portObstacle(place, looks - 1)
  }
  const container = await place.containers.publishing(place.port)
  const taken = `Port ${place.port}, which the prover needs, is taken by`
  if (container !== null) {
    return obstacle(
      `${taken} container ${container.name}. Remove it: docker rm -f ${container.id.slice(0, 12)}`
    )
  }
  if (holder.pid !== null)
    return obstacle(`${taken} process ${holder.pid} ${holder.name}. End it: kill ${holder.pid}`)
  return obstacle(`${taken} another user's process. Find it: sudo ss -ltnp 'sport = :${place.port}'`)
}

const obstacle = (message: string): Obstacle => ({ reason: 'port-taken', message })

/** The name was free when the trial began and the machine is locked, so what takes it meanwhile is the trial's. */
const startWatch = (place: Place): ServerWatch => {
  const ended = new AbortController()
  const look = async (): Promise<boolean> => {
    const container = await place.containers.named(place.name)
    if (container !== null) {
      place.onContainer(container.id)
      await files.write(place.stateFile, `${container.id}\n`)
    }
    return container !== null
  }
  const looking = (async (): Promise<boolean> => {
    for (;;) {
      await pause(place.every, ended.signal)
      if (ended.signal.aborted) return false
      if (await look()) return true
    }
  })()
  // A failure is told by `end`, which awaits it; until then it must not count as one that nobody handles.
  looking.catch(String)
  return {
    end: async () => {
      ended.abort()
      if (!(await looking)) await look()
      return removeRecorded(place)
    }
  }
}
