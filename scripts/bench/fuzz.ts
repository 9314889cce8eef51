import { fuzz as fuzzed, unexplained } from '../fuzz/fuzz.ts'
import type { Bench } from './row.ts'

const RUNS = 100_000
const SCRATCHED = 20_000

/** Generated output of every host, zkVM and version, damaged: the readers may know less than is there, never another. */
export const fuzz: Bench = {
  name: 'fuzz',
  run: () => {
    // Another each time, and said: with it the same cases come again.
    const seed = Date.now() % 2 ** 31
    const began = performance.now()
    const { runs, fault, measured } = fuzzed(RUNS, seed)
    const seconds = (performance.now() - began) / 1000
    if (fault !== null) console.error(fault)
    const silent = unexplained(SCRATCHED, seed)
    for (const one of silent.slice(0, 5)) console.error(one)
    return Promise.resolve([
      {
        name: 'fuzz',
        what: `generated transcripts of ${RUNS} that are read wrong`,
        measured: fault === null ? 0 : 1,
        limit: 0,
        unit: 'faults',
        how: `seed ${seed}: ${runs} read, ${measured} of the damaged ones with figures; ends at the first fault`
      },
      {
        name: 'fuzz',
        what: 'time for them',
        measured: seconds,
        limit: 300,
        unit: 's',
        how: 'generated, damaged, read and held against what was put there'
      },
      {
        name: 'fuzz',
        what: `of ${SCRATCHED} with one damaged byte, those whose line is not pointed at`,
        measured: silent.length,
        limit: 0,
        unit: 'faults',
        how: 'of those in which it changes what is read; the same seed'
      }
    ])
  }
}
