import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { processesWith } from '../support/laboratory.ts'
import { ourStep, type Scenario } from '../support/scenario.ts'
import { sharedScenario } from '../support/shared-scenario.ts'

let scenario: Scenario

beforeAll(async () => {
  scenario = await sharedScenario()
})

const dispatch = (more: Readonly<Record<string, string>>) => {
  const inputs = { base: 'main', blocks: '100', mode: 'calibrate', effort: 'quick', 'gpu-minutes': '240' }
  const { ended } = scenario.happen('examples/dispatch.yml', 'workflow_dispatch', {
    inputs: { ...inputs, ...more },
    sender: 'maintainer'
  })
  return ended
}

test('a machine is measured by dispatch: summary, outputs and a line, and no word to the forge', async () => {
  const before = scenario.github.requests.length
  const { main, post } = ourStep(await dispatch({}))
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  const json = join(scenario.reportDir, 'calibration.json')
  const markdown = join(scenario.reportDir, 'comment.md')
  expect(main.outputs).toMatchObject({
    verdict: '',
    proofs: '20',
    'report-json': json,
    'report-markdown': markdown
  })
  expect(main.summary?.trimEnd()).toBe(readFileSync(markdown, 'utf8').trimEnd())
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ schema: 'calibration@1', effort: 'quick' })
  expect(main.annotations).toEqual([
    expect.objectContaining({
      level: 'notice',
      message: expect.stringMatching(/^Calibration: times scatter by /) as string
    })
  ])
  expect(scenario.github.requests.slice(before)).toEqual([])
  expect(processesWith(scenario.directory)).toEqual([])
})

test('what is run in a session and touches the runner’s files is no calibration', async () => {
  const { main } = ourStep(await dispatch({ base: scenario.headSha, blocks: '103' }))
  expect([main.exitCode, main.outputs['verdict']]).toEqual([3, 'infrastructure'])
  expect(main.outputs['report-json']).toBe(join(scenario.reportDir, 'same-build', 'report.json'))
})
