import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { guardCommandFiles, type CommandFiles } from '../../../src/io/github/command-files.ts'
import { createStep } from '../../../src/io/github/step.ts'

const NAMES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']
let directory = ''
let printed = ''
const logged: string[] = []

// The summary's file is asked for once in a process.
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'step-'))))
afterAll(() => rm(directory, { recursive: true }))

beforeEach(async () => {
  for (const name of NAMES) {
    vi.stubEnv(name, join(directory, name))
    await writeFile(join(directory, name), '')
  }
  printed = ''
  logged.length = 0
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const log = {
  info: (line: string) => void logged.push(line),
  warn: (line: string) => void logged.push(`Warning: ${line}`),
  progress: () => undefined
}
const redact = (text: string): string => text.replaceAll('hunter22', '***')
const aStep = async (files?: CommandFiles) =>
  createStep({ files: files ?? (await guardCommandFiles(process.env)), log, redact })
const held = (name: string): Promise<string> => readFile(join(directory, name), 'utf8')

test('inputs and state are heard', async () => {
  vi.stubEnv('INPUT_COMMENT-KEY', ' nightly ')
  vi.stubEnv('STATE_run', '7')
  const step = await aStep()
  expect([step.input('comment-key'), step.input('blocks')]).toEqual(['nightly', ''])
  expect([step.state('run'), step.state('else')]).toEqual(['7', ''])
})

test('state, outputs and summary are told, without secrets', async () => {
  const step = await aStep()
  expect(await step.saveState('group', '12 hunter22')).toEqual({ ok: true, value: null })
  expect(await step.setOutputs({ verdict: 'regression', 'comment-url': 'a\nb hunter22' })).toEqual({
    ok: true,
    value: null
  })
  expect(await step.appendSummary('# one hunter22')).toEqual({ ok: true, value: null })
  expect(await step.appendSummary('two')).toEqual({ ok: true, value: null })
  expect(await held('GITHUB_STATE')).toMatch(/^group<<(ghadelimiter_[\w-]+)\n12 \*\*\*\n\1\n$/)
  expect(await held('GITHUB_OUTPUT')).toMatch(
    /^verdict<<(\S+)\nregression\n\1\ncomment-url<<(\S+)\na\nb \*\*\*\n\2\n$/
  )
  expect(await held('GITHUB_STEP_SUMMARY')).toBe('# one ***\ntwo\n')
  expect(printed).toBe('')
})

test('outputs that somebody else set meanwhile are undone', async () => {
  const files = await guardCommandFiles(process.env)
  const step = await aStep(files)
  await writeFile(join(directory, 'GITHUB_OUTPUT'), 'verdict=improvement\nextra=1\n')
  expect(await step.setOutputs({ verdict: 'regression' })).toEqual({ ok: true, value: null })
  expect(await held('GITHUB_OUTPUT')).not.toContain('improvement')
  expect(await files.check()).toEqual(['GITHUB_OUTPUT'])
})

test('outputs beside what was there before are told of', async () => {
  await writeFile(join(directory, 'GITHUB_OUTPUT'), 'verdict=improvement\n')
  const step = await aStep()
  expect(await step.setOutputs({ verdict: 'regression' })).toEqual({
    ok: false,
    error:
      'the file of GITHUB_OUTPUT cannot be written: somebody else wrote to it at the same time; it was put back'
  })
})

test('a file that cannot be written is a sentence', async () => {
  const files = await guardCommandFiles(process.env)
  const step = await aStep(files)
  vi.stubEnv('GITHUB_OUTPUT', join(directory, 'gone', 'hunter22'))
  expect(await step.setOutputs({ verdict: 'regression' })).toEqual({
    ok: false,
    error: `the file of GITHUB_OUTPUT cannot be written: Missing file at path: ${directory}/gone/***`
  })
})

test('outside a runner nothing is written or printed', async () => {
  for (const name of NAMES) vi.stubEnv(name, undefined)
  const step = await aStep()
  expect(await step.saveState('a', 'b')).toEqual({ ok: true, value: null })
  expect(await step.setOutputs({ a: 'b' })).toEqual({ ok: true, value: null })
  expect(await step.appendSummary('a')).toEqual({ ok: true, value: null })
  expect(printed).toBe('')
})

test('an annotation is one line of our own command, whatever is in it', async () => {
  const step = await aStep()
  step.annotate('warning', 'a\r\n::error::b\rc\n\u001b[31md\u202e \u0000hunt\u0007er22 100%')
  expect(printed).toBe('::warning::a ::error::b c d\\u{202e} *** 100%25\n')
})

test('after nine of a kind the tenth says that further ones are in the log', async () => {
  const step = await aStep()
  for (let i = 1; i <= 12; i += 1) step.annotate('error', `e${i}`)
  step.annotate('notice', 'n1')
  expect(printed.split('\n').slice(8)).toEqual([
    '::error::e9',
    '::error::e10 (further errors are in the log alone)',
    '::notice::n1',
    ''
  ])
  expect(logged).toEqual(['error: e11', 'error: e12'])
})

test.each([
  ['one', 0],
  ['the tenth', 9]
])('a long annotation is cut to what the runner takes: %s', async (_name, before) => {
  const step = await aStep()
  for (let i = 0; i < before; i += 1) step.annotate('notice', 'n')
  printed = ''
  step.annotate('notice', `x${'\u{1f600}'.repeat(5000)}`)
  const message = printed.slice('::notice::'.length, -1)
  expect(message.length).toBe(4096)
  expect(message.isWellFormed()).toBe(true)
  expect(message).toMatch(before === 9 ? /…| \(further notices are in the log alone\)$/ : /…$/)
})

test('a group folds lines of the log', async () => {
  const step = await aStep()
  step.group('tools hunter22\n::error::', ['git: 2.39', 'cargo: not found'])
  expect(printed).toBe('::group::tools *** ::error::\n::endgroup::\n')
  expect(logged).toEqual(['git: 2.39', 'cargo: not found'])
})
