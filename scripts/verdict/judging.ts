import { fileURLToPath } from 'node:url'
import { askScript } from '../bench/children.ts'
import { median } from '../bench/pairs.ts'
import { judgingSchema } from './judging-run.ts'
import type { Result } from './result.ts'

const PROCESSES = 5

/** How long it takes to plan a long run and to judge it to its last look: the median of the first time in a process. */
export const timeJudging = async (): Promise<Result['judging']> => {
  const script = fileURLToPath(import.meta.resolve('./judging-run.ts'))
  const found = []
  while (found.length < PROCESSES) found.push(await askScript([script], judgingSchema))
  const [{ blocks, pairs } = { blocks: 0, pairs: 0 }] = found
  return { milliseconds: median(found.map((one) => one.milliseconds)), processes: PROCESSES, blocks, pairs }
}
