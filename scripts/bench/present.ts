import { fileURLToPath } from 'node:url'
import { askScript } from './children.ts'
import { median } from './pairs.ts'
import { presentationSchema } from './present-run.ts'
import type { Bench } from './row.ts'

const TIMES = 5

/** Comparing and rendering the largest run that we promise to take. */
export const present: Bench = {
  name: 'report',
  run: async () => {
    const script = fileURLToPath(import.meta.resolve('./present-run.ts'))
    const made = []
    while (made.length < TIMES) made.push(await askScript([script], presentationSchema))
    const [{ blocks, rounds, trials, commentLength, reportBytes } = NOTHING] = made
    return [
      {
        name: 'report',
        what: `comment and report of ${blocks} blocks × 2 sides × ${rounds} pairs`,
        measured: median(made.map((one) => one.seconds)),
        limit: 1,
        unit: 's',
        how:
          `median of the first time in ${TIMES} processes: ${trials} trials to ` +
          `${commentLength} characters and ${(reportBytes / 1e6).toFixed(1)} MB`
      }
    ]
  }
}

const NOTHING = { blocks: 0, rounds: 0, trials: 0, commentLength: 0, reportBytes: 0 }
