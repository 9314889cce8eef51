import { afterAll, describe } from 'vitest'
import { closeSharedScenario } from '../support/shared-scenario.ts'
afterAll(closeSharedScenario)
describe('a', async () => {
  await import('./pull-request.ts')
})
describe('b', async () => {
  await import('./prove-command.ts')
})
describe('c', async () => {
  await import('./cancelled-job.ts')
})
