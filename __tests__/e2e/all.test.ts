import { afterAll, describe } from 'vitest'
import { closeSharedScenario } from '../support/shared-scenario.ts'

afterAll(closeSharedScenario)

// One file to vitest, which runs files side by side: the machine is locked to one run at a time, so that
// end-to-end runs in two files would only wait for each other. Orphans are looked for on the whole machine too: a
// run beside that test would end what the test has left for itself.
describe('failures', async () => {
  await import('./failures.ts')
})
describe('resume', async () => {
  await import('./resume.ts')
})
describe('builds', async () => {
  await import('./builds.ts')
})
describe('deadline', async () => {
  await import('./deadline.ts')
})
describe('cancel', async () => {
  await import('./cancel.ts')
})
describe('demo', async () => {
  await import('./demo.ts')
})
describe('secrets', async () => {
  await import('./secrets.ts')
})
describe('refusals', async () => {
  await import('./refusals.ts')
})
describe('containers', async () => {
  await import('./containers.ts')
})
describe('pull request', async () => {
  await import('./pull-request.ts')
})
describe('/prove', async () => {
  await import('./prove-command.ts')
})
describe('cancelled job', async () => {
  await import('./cancelled-job.ts')
})
describe('orphans', async () => {
  await import('../io/node/orphans.ts')
})
