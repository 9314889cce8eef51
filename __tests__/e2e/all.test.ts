import { describe } from 'vitest'

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
describe('action', async () => {
  await import('./action.ts')
})
describe('orphans', async () => {
  await import('../io/node/orphans.ts')
})
