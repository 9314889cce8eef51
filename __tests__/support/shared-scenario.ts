import { openScenario, type Scenario } from './scenario.ts'

let opened: Promise<Scenario> | null = null

/** One scenario for all end-to-end runs of the action: what is built for one is built for all. */
export const sharedScenario = (): Promise<Scenario> => {
  opened ??= openScenario({
    cyclesPerGas: { read_input: 1, execution: 50, commit_public_inputs: 1 },
    behaviours: { 101: 'HangsInExecution', 102: 'Hangs', 103: 'WritesCommandFiles', 104: 'PanicsInProving' }
  })
  return opened
}

export const closeSharedScenario = async (): Promise<void> => {
  await (await opened)?.close()
}
