import { Worker } from 'node:worker_threads'
import type { RowSpec } from './rows.ts'
import type { Portion } from './simulate.ts'
import { add, NOTHING } from './tally.ts'
import type { Tally } from './tally.ts'

/** Sessions that a thread is sent at once. */
const AT_ONCE = 500

interface Wanted {
  readonly seed: number
  readonly threads: number
  /** Told whenever a row is done. */
  readonly done: (spec: RowSpec) => void
}

/** The tallies of every row, one for each effect, in the order of the rows. */
export const simulateAll = async (
  specs: readonly RowSpec[],
  { seed, threads, done }: Wanted
): Promise<readonly (readonly Tally[])[]> => {
  const portions = specs.map((spec) => portionsOf(spec, seed))
  const found: (readonly Tally[])[][] = portions.map(() => [])
  const left = portions.map((ofRow) => ofRow.length)
  const queue = portions.flatMap((ofRow, row) => ofRow.map((portion, place) => ({ portion, row, place })))
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { portion, row, place } = next
        const tallies = await ask(worker, portion)
        const ofRow = found[row]
        if (ofRow !== undefined) ofRow[place] = tallies
        left[row] = (left[row] ?? 0) - 1
        if (left[row] === 0) done(portion.spec)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  return specs.map((spec, row) => summed(spec, found[row] ?? []))
}

const portionsOf = (spec: RowSpec, seed: number): readonly Portion[] =>
  Array.from({ length: Math.ceil(spec.sessions / AT_ONCE) }, (_, index) => ({
    spec,
    seed,
    from: index * AT_ONCE,
    to: Math.min(spec.sessions, (index + 1) * AT_ONCE)
  }))

const ask = (worker: Worker, portion: Portion): Promise<readonly Tally[]> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (tallies: readonly Tally[]) => {
      worker.off('error', reject)
      resolve(tallies)
    })
    worker.postMessage(portion)
  })

/** In the order of the sessions, not of the threads: sums of floats depend on it. */
const summed = ({ effects }: RowSpec, parts: readonly (readonly Tally[])[]): readonly Tally[] =>
  effects.map((_, index) => parts.reduce((sum, tallies) => add(sum, tallies[index] ?? NOTHING), NOTHING))
