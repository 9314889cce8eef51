/** As a process of its own: plans a long run and judges all of its records once, with code that is cold. */
import * as v from 'valibot'
import { courseOf } from '../../src/plan/schedule.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { startMachine } from './machine.ts'
import { provenTrial, simulatedPlan } from './product.ts'
import { SCENARIO } from './scenarios.ts'

const PAIRS = 64
const COSTS = Array.from({ length: 12 }, (_, index) => 140 + 20 * index)
/** So much noise that no look decides, and every one is made. */
const RUN_SD = 0.3

export const judgingSchema = v.object({
  milliseconds: v.number(),
  blocks: v.number(),
  pairs: v.number(),
  looks: v.number()
})

const judgeOnce = (): v.InferOutput<typeof judgingSchema> => {
  const blocks = simulatedPlan('thorough', COSTS)
  const scenario = { ...SCENARIO.typical, runSd: RUN_SD }
  const machine = startMachine({ scenario, costs: COSTS, effect: 0, seed: 1, number: 0 })
  if (blocks.timing === null) throw new Error('nothing is timed')
  const plan = { ...blocks, timing: { ...blocks.timing, looks: [...blocks.timing.looks, PAIRS] } }
  const first = plan.blocks[0]?.block ?? NaN
  const records = plannedTrials(plan).map((trial) =>
    provenTrial(trial, machine.prove(trial.block - first, trial.side))
  )
  const began = performance.now()
  const planned = plannedTrials(plan)
  const { timing } = courseOf(plan, records)
  const milliseconds = performance.now() - began
  const pairs = (planned.length - 1) / 2 / COSTS.length
  return { milliseconds, blocks: COSTS.length, pairs, looks: timing?.looks.length ?? 0 }
}

if (import.meta.main) console.log(JSON.stringify(judgeOnce()))
