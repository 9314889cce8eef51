import { afterAll, describe } from 'vitest'
import { closeSharedScenario } from '../support/shared-scenario.ts'

// One file to vitest, as the machine is locked to one run at a time. These need the network: the endpoint of
// blocks, the prover's port, the lock itself, GitHub.
afterAll(closeSharedScenario)

describe('pull request', async () => {
  await import('./pull-request.ts')
})
describe('/prove', async () => {
  await import('./prove-command.ts')
})
describe('cancelled job', async () => {
  await import('./cancelled-job.ts')
})
describe('deadline', async () => {
  await import('./deadline.ts')
})
describe('secrets', async () => {
  await import('./secrets.ts')
})
describe('refusals', async () => {
  await import('./refusals.ts')
})
describe('calibration in a job', async () => {
  await import('./calibrate-job.ts')
})
describe('containers', async () => {
  await import('./containers.ts')
})
describe('reference', async () => {
  await import('./reference.ts')
})
describe('orphans', async () => {
  await import('../io/node/orphans.ts')
})
