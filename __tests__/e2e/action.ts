import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openLaboratory, type Laboratory } from '../support/laboratory.ts'
import { ROOT } from '../support/terminal.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await openLaboratory({
    cyclesPerGas: { read_input: 1, execution: 50, commit_public_inputs: 1 }
  })
})

afterAll(() => laboratory.remove())

interface ActionYml {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly main: string }
}

const metadata = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as ActionYml

/** As a runner starts it: defaults of action.yml, inputs of the workflow, file commands. */
const runAction = async (event: string, inputs: Readonly<Record<string, string>>) => {
  const directory = join(laboratory.directory, event)
  mkdirSync(directory, { recursive: true })
  const files = { GITHUB_OUTPUT: join(directory, 'output'), GITHUB_STEP_SUMMARY: join(directory, 'summary') }
  for (const path of Object.values(files)) writeFileSync(path, '')
  const given = Object.entries(metadata.inputs).map(([name, { default: constant }]): [string, string] => [
    `INPUT_${name.toUpperCase()}`,
    inputs[name] ?? (constant?.startsWith('${{') === true ? 'ghs_notARealToken' : (constant ?? ''))
  ])
  const child = spawn(process.execPath, [join(ROOT, metadata.runs.main)], {
    cwd: directory,
    env: {
      ...{
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        GITHUB_EVENT_NAME: event,
        GITHUB_SHA: laboratory.headSha
      },
      ...{
        RUNNER_TOOL_CACHE: join(laboratory.directory, 'tools'),
        GITHUB_RUN_ID: '77',
        GITHUB_RUN_ATTEMPT: '2'
      },
      ...files,
      ...Object.fromEntries(given)
    }
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const code = await new Promise<number | null>((settle) => child.on('close', settle))
  const outputs = readFileSync(files.GITHUB_OUTPUT, 'utf8').trim().split('\n')
  return { code, stdout, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') }
}

test('a dispatch measures, and hands over outputs and a summary', async () => {
  const { code, outputs, summary } = await runAction('workflow_dispatch', {
    repository: laboratory.ethrex,
    'host-repository': laboratory.host,
    witnesses: laboratory.witnesses,
    blocks: '100',
    resource: 'cpu',
    'fail-on': 'regression'
  })
  expect(code).toBe(1)
  expect(outputs.map((line) => line.split('=')[0])).toEqual(Object.keys(metadata.outputs))
  expect(outputs).toContain('verdict=regression')
  expect(outputs).toContain('proofs=4')
  expect(summary).toMatch(/^<!-- proving-regression v1 pr=0 key=default run=77\.2 -->/)
})

test('an event whose code nobody has vouched for is refused', async () => {
  const { code, stdout, outputs } = await runAction('pull_request', {})
  expect(code).toBe(2)
  expect(stdout).toContain('"pull_request" is not supported yet')
  expect(outputs).toEqual([''])
})
