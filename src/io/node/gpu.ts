import type { Milliseconds } from '../../domain/quantity.ts'
import type { Gpu, GpuFate, GpuState, GpuWatch } from '../ports.ts'
import { IN_USE, traceOf } from './gpu-trace.ts'
import { foreignAmong, type ForeignProcess, type OurMarks } from './gpu-users.ts'
import type { Reading } from './nvidia-smi-answers.ts'
import type { Look, NvidiaSmi } from './nvidia-smi.ts'
import { pause } from './pause.ts'
import { containerOf } from './process-table.ts'

export interface GpuOptions extends Pick<OurMarks, 'tag'>, Partial<Pick<OurMarks, 'containerOf'>> {
  readonly nvidiaSmi: NvidiaSmi
  /** Ids of containers that our trials started; they are asked for as late as can be. */
  readonly containers: ReadonlySet<string>
  /** Called when somebody uses the GPU, and again when it is somebody else. */
  readonly onWait: (user: string) => void
  readonly signal: AbortSignal
  /** ms between two looks before a trial; five times as long once there were many. */
  readonly waitEvery?: number
  /** ms between two looks during a trial: a proof takes minutes. */
  readonly watchEvery?: number
}

type Place = Required<GpuOptions>

const DEFAULTS = { containerOf, waitEvery: 1_000, watchEvery: 2_000 }
const MANY = 30
const SLOWER = 5
const NOBODY = 'something that nvidia-smi does not name'

/** All GPUs of this machine, as nvidia-smi shows them. After it was silent once, it is not asked again for that trial. */
export const createGpu = (options: GpuOptions): Gpu => {
  const place = { ...DEFAULTS, ...options }
  let silence: string | null = null
  const look = async (): Promise<Look> => {
    if (silence !== null) return { kind: 'silent', why: silence }
    const found = await place.nvidiaSmi.look()
    if (found.kind === 'silent') silence = found.why
    return found
  }
  return {
    settle: (patience) => {
      silence = null
      return settle(place, look, patience)
    },
    watch: () => startWatch(place, look)
  }
}

type LookNow = () => Promise<Look>

const settle = async (place: Place, look: LookNow, patience: Milliseconds): Promise<GpuState> => {
  const began = performance.now()
  let shown: string | null = null
  let wasInUse = false
  for (let looks = 1; ; looks += 1) {
    const found = await look()
    if (place.signal.aborted) return { kind: 'cancelled' }
    if (found.kind === 'lost') return found
    if (found.kind !== 'seen') return { kind: 'unknown', why: found.why }
    const isInUse = found.readings.some(({ utilization }) => utilization !== null && utilization >= IN_USE)
    const users = namesOf(foreignAmong(found.apps, place), place.containers)
    // Utilization is an average of the last second, in which our own trial may have ended: one look is not enough.
    const by = users.length > 0 ? users.join(', ') : isInUse && wasInUse ? NOBODY : null
    if (by === null && !isInUse)
      return found.gap === null ? { kind: 'idle' } : { kind: 'unknown', why: found.gap }
    const left = patience - (performance.now() - began)
    if (by !== null && left <= 0) return { kind: 'busy', by }
    if (by !== null && by !== shown) place.onWait(by)
    shown = by ?? shown
    wasInUse = isInUse
    const wait = looks < MANY ? place.waitEvery : SLOWER * place.waitEvery
    await pause(by === null ? wait : Math.min(wait, left), place.signal)
  }
}

const namesOf = (foreign: readonly ForeignProcess[], containers: ReadonlySet<string>): readonly string[] => [
  ...new Set(
    foreign
      .filter(({ container }) => container === null || !containers.has(container))
      .map(({ text }) => text)
  )
]

/** What a watch has seen so far. */
interface Seen {
  readonly samples: (readonly Reading[])[]
  readonly foreign: ForeignProcess[]
  /** Why it did not see all. */
  gap: string | null
  lost: string | null
}

const startWatch = (place: Place, look: LookNow): GpuWatch => {
  const seen: Seen = { samples: [], foreign: [], gap: null, lost: null }
  const ended = new AbortController()
  const sample = async (): Promise<void> => {
    if (seen.lost === null) note(await look(), seen, place)
  }
  const looking = (async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await sample()
      await pause(place.watchEvery, ended.signal)
    }
  })()
  // A failure is told by `end`, which awaits it; until then it must not count as one that nobody handles.
  looking.catch(String)
  return {
    end: async () => {
      ended.abort()
      await looking
      await sample()
      return fateOf(seen, place)
    }
  }
}

const note = (found: Look, seen: Seen, place: Place): void => {
  if (found.kind === 'lost') seen.lost = found.why
  else if (found.kind !== 'seen') seen.gap ??= found.why
  else {
    seen.samples.push(found.readings)
    seen.foreign.push(...foreignAmong(found.apps, place))
    seen.gap ??= found.gap
  }
}

/** The container of a short trial is known only once it has ended, so who is foreign is settled at the very end. */
const fateOf = ({ samples, foreign, gap, lost }: Seen, { containers }: Place): GpuFate => {
  if (lost !== null) return { kind: 'lost', why: lost }
  const trace = samples.length === 0 ? null : traceOf(samples, namesOf(foreign, containers))
  return { kind: 'present', trace, gap }
}
