import { describe } from 'vitest'
import { startApart } from '../support/terminal.ts'

// One file to vitest, which runs files side by side: the machine is locked to one run at a time, so that
// end-to-end runs in two files would only wait for each other, but for these, which need no network.
startApart()

describe('failures', async () => {
  await import('./failures.ts')
})
describe('resume', async () => {
  await import('./resume.ts')
})
describe('builds', async () => {
  await import('./builds.ts')
})
describe('verdict', async () => {
  await import('./verdict.ts')
})
describe('gpu', async () => {
  await import('./gpu.ts')
})
describe('calibrate', async () => {
  await import('./calibrate.ts')
})
describe('cancel', async () => {
  await import('./cancel.ts')
})
describe('legs', async () => {
  await import('./legs.ts')
})
describe('demo', async () => {
  await import('./demo.ts')
})
