import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startAction } from '../support/runner/action.ts'
import type { Action, ActionOptions } from '../support/runner/action.ts'
import { inputsContext, whyNotStarted, withInputs } from '../support/runner/events.ts'
import { createFileCommands, readPairs } from '../support/runner/file-commands.ts'
import { holds, interpolate } from '../support/runner/expressions.ts'
import type { Happening, Payload } from '../support/runner/github-context.ts'
import type { Outcome } from '../support/runner/job.ts'
import { createMasker } from '../support/runner/masker.ts'
import { scopesOf } from '../support/runner/permissions.ts'
import type { Scopes } from '../support/runner/permissions.ts'
import { createQueue } from '../support/runner/queue.ts'
import { createStepLog } from '../support/runner/step-log.ts'
import { REAL_DELAYS } from '../support/runner/step-process.ts'
import { runWorkflow } from '../support/runner/workflow.ts'
import type { RunOptions, RunResult, StartedRun } from '../support/runner/workflow.ts'

const PROGRAMS = join(import.meta.dirname, '../fixtures/programs')
const FORGE = {
  apiUrl: 'http://127.0.0.1:9/api',
  serverUrl: 'http://127.0.0.1:9',
  repository: 'lambdaclass/ethrex'
}
/** Long enough for a process on a busy machine to hear a signal. */
const HASTE = { interrupt: 400, terminate: 300, streams: 2_000 }

const temporaryDirectory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'proving-regression-runner-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** One file as main and post. */
const actionOf = (program: string, inputs: Action['inputs'] = {}): Action => {
  const file = join(PROGRAMS, program)
  return { inputs, main: file, post: file, postIf: 'always()' }
}

const startProgram = (program: string, options: Partial<ActionOptions> = {}) =>
  startAction({
    action: actionOf(program),
    directory: temporaryDirectory(),
    event: { name: 'workflow_dispatch', payload: { action: 'made', ref: 'main' } },
    github: { ...FORGE, token: 'ghs_aToken' },
    delays: HASTE,
    ...options
  })

describe('a step', () => {
  test('hands over outputs, state, environment and a summary', async () => {
    const run = startProgram('action-talks.mjs', {
      action: actionOf('action-talks.mjs', {
        secret: null,
        'private-thing': 'the standard',
        token: '${{ github.token }}'
      }),
      inputs: { secret: 'my secret' },
      secrets: ['my secret'],
      environment: { MACHINE: 'mine' }
    })
    const { post, ...main } = await run.ended
    expect(main).toMatchObject({
      outcome: 'success',
      exitCode: 0,
      signal: null,
      sent: [],
      wasHeldOpen: false,
      swept: []
    })
    expect(main.outputs).toEqual({ plain: 'a=b', long: 'one\n', old: 'style' })
    expect(main.state).toEqual({ stage: 'after', note: 'two\nlines' })
    expect(main.environment).toEqual({ FOR_LATER: 'yes' })
    expect(main.summary).toBe('# Summary of ***\n')
    expect(main.commands.map(({ name }) => name).toSorted()).toEqual(['add-mask', 'set-output', 'warning'])
    expect(main.annotations).toMatchObject([
      { level: 'warning', message: 'from the other stream' },
      { level: 'error', message: expect.stringContaining('NODE_OPTIONS') as string }
    ])
    expect(main.log).toContain('seen: *** and ***\nprogress 1\nprogress 2\n')
    expect(main.log).toContain('event: made')
    expect(post?.log).toBe(
      ['post: after "two\\nlines" none', 'post: yes /opt/second,/opt/first none'].join('\n')
    )
  })

  test('is started in the environment of a runner', async () => {
    const { printed } = await startProgram('action-talks.mjs', {
      inputs: { 'Two words': 'x', 'with-dash': 'y' },
      environment: { MACHINE: 'mine', GITHUB_SHA: 'not this' },
      env: { GITHUB_RUN_ID: 'nor this', FROM_STEP: 'z' }
    }).ended
    const env = JSON.parse(/^env: (.*)$/m.exec(printed.stdout)![1]!) as Record<string, string>
    expect(env).toMatchObject({
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'lambdaclass/ethrex', GITHUB_RUN_ID: '1' },
      ...{
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_SHA: '0'.repeat(40)
      },
      ...{ INPUT_TWO_WORDS: 'x', 'INPUT_WITH-DASH': 'y', FROM_STEP: 'z', MACHINE: 'mine', RUNNER_OS: 'Linux' }
    })
    expect(env['RUNNER_TRACKING_ID']).toMatch(/^github_[0-9a-f-]{36}$/)
    expect(env['GITHUB_OUTPUT']).toContain('/_temp/_runner_file_commands/set_output_')
    expect(env).toHaveProperty('ACTIONS_RUNTIME_TOKEN')
    expect(Object.keys(env).filter((name) => name.startsWith('npm_') || name.startsWith('VITEST'))).toEqual(
      []
    )
  })
})

describe('cancelling', () => {
  test.each([
    ['SIGINT', ['SIGINT'], { exitCode: 7, signal: null }],
    ['SIGTERM', ['SIGINT', 'SIGTERM'], { exitCode: 7, signal: null }],
    ['nothing', ['SIGINT', 'SIGTERM', 'SIGKILL'], { exitCode: null, signal: 'SIGKILL' }]
  ])('a step that heeds %s', async (heeds, signals, exit) => {
    const run = startProgram('action-waits.mjs', { inputs: { heeds } })
    await run.waitFor('waiting')
    run.cancel()
    const main = await run.ended
    expect(main).toMatchObject({ ...exit, outcome: 'cancelled' })
    expect(main.sent.map(({ signal }) => signal)).toEqual(signals)
    const [first, ...later] = main.sent.map(({ at }) => at)
    const waits = later.map((at, index) => at - (main.sent[index]?.at ?? 0))
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual([HASTE.interrupt, HASTE.terminate][index]! / 1000 - 0.005)
    }
    expect(first).toBeGreaterThan(0)
    const heard = signals.filter((signal) => signal !== 'SIGKILL').at(-1)
    expect(main.post).toMatchObject({ outcome: 'success', log: `post heard: ${heard}` })
    expect(run.job.status).toBe('cancelled')
  })

  test('a shutdown leaves no time for post', async () => {
    const run = startProgram('action-waits.mjs', { inputs: { heeds: 'SIGINT' } })
    await run.waitFor('waiting')
    run.shutdown()
    expect(await run.ended).toMatchObject({ outcome: 'cancelled', post: null })
    expect(run.job.status).toBe('failure')
  })
})

test('a runner waits as long as the real one', () => {
  expect(REAL_DELAYS).toEqual({ interrupt: 7_500, terminate: 2_500, streams: 5_000 })
})

describe('what a step leaves behind', () => {
  test('is waited for while it holds a stream, and swept at the end if it is known for ours', async () => {
    const [began, streams] = [performance.now(), 200]
    const main = await startProgram('action-waits.mjs', {
      inputs: { leaves: 'holding,apart,untracked' },
      delays: { ...HASTE, streams }
    }).ended
    const left = [...main.log.matchAll(/left (\w+) (\d+)/g)]
    const pidOf = (how: string): number => Number(left.find((match) => match[1] === how)?.[2])
    onTestFinished(() => void process.kill(pidOf('untracked'), 'SIGKILL'))
    expect(main).toMatchObject({ outcome: 'success', wasHeldOpen: true })
    expect((performance.now() - began) / 1000 - main.seconds).toBeGreaterThan(streams / 1000)
    const swept = main.swept.map(({ pid }) => pid)
    expect(new Set(swept)).toEqual(new Set([pidOf('holding'), pidOf('apart')]))
    expect(main.swept[0]).toMatchObject({ name: 'sleep', commandLine: 'sleep 60' })
  })
})

describe('what a step prints', () => {
  const obeyed = (...lines: readonly string[]) => {
    const printed: string[] = []
    const log = createStepLog({ masker: createMasker(), print: (line) => printed.push(line) })
    for (const line of lines) log.stdout.push(Buffer.from(`${line}\n`))
    return { ...log, printed }
  }

  test('is kept as lines, orders by what they do', () => {
    const { printed, commands } = obeyed(
      'plain',
      '::group::a',
      'in it',
      '::endgroup::',
      '::debug::unseen',
      '##[command]x'
    )
    expect(printed).toEqual(['plain', '##[group]a', 'in it', '##[endgroup]', '##[command]x'])
    expect(commands.map(({ name }) => name)).toEqual(['group', 'endgroup', 'debug'])
  })

  test('makes ten annotations of a level, cut and masked, and no more', () => {
    const many = Array.from({ length: 12 }, (_, index) => `::error::${index} secret${'x'.repeat(5_000)}`)
    const { annotations, annotationsMade, isFailed } = obeyed('::add-mask::secret', ...many, '::notice::one')
    expect(annotationsMade).toEqual({ error: 12, warning: 0, notice: 1 })
    expect(annotations.map(({ level }) => level)).toEqual([...Array<string>(10).fill('error'), 'notice'])
    expect(annotations[3]!.message).toHaveLength(4096)
    expect(annotations[3]!.message).toMatch(/^3 \*\*\*x+$/)
    expect(isFailed).toBe(false)
  })

  test.each([
    '::set-env name=A::b',
    '::add-path::/tmp',
    '::set-output::b',
    '::stop-commands::error',
    '::echo::maybe'
  ])('%s fails the step', (line) => {
    expect(obeyed(line)).toMatchObject({ isFailed: true, outputs: {} })
  })

  test('is not obeyed between stop and go, on neither stream', () => {
    const log = createStepLog({ masker: createMasker(), print: () => undefined })
    log.stdout.push(Buffer.from('::stop-commands::t0ken\n'))
    log.stderr.push(Buffer.from('::error::a\n::t0ken::\n::error::b\n'))
    log.stdout.push(Buffer.from('::error::c\n'))
    expect(log.annotations.map(({ message }) => message)).toEqual(['b', 'c'])
  })
})

describe('the files of a step', () => {
  test.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['a=b\nc=\n\nd=e=f<<g\n', { a: 'b', c: '', d: 'e=f<<g' }, null],
    ['a<<E\none\n\ntwo\nE\nb=c', { a: 'one\n\ntwo', b: 'c' }, null],
    ['a<<E\nE\n', { a: '' }, null],
    ['a<<=\nx\n=\n', { a: 'x' }, null],
    ['a=1\na=2\n', { a: '2' }, null],
    ['a=1\r\n', { a: '1\r' }, null],
    ['a=1\nbroken\nc=2', { a: '1' }, "Invalid format 'broken'"],
    ['a<<E\nnever ends\n', {}, "Matching delimiter not found 'E'"],
    ['<<E\nE\n', {}, 'Name must not be empty']
  ])('%j', (text, pairs, problem) => {
    const read = readPairs(text)
    expect(read.pairs).toEqual(pairs)
    expect(read.problem ?? 'none').toContain(problem ?? 'none')
  })

  test('hold a summary of at most a mebibyte', () => {
    const summaryOf = (size: number) => {
      const files = createFileCommands(temporaryDirectory())
      writeFileSync(files.environment['GITHUB_STEP_SUMMARY']!, 'x'.repeat(size))
      return files.read()
    }
    expect(summaryOf(1024 * 1024)).toMatchObject({ summary: 'x'.repeat(1024 * 1024), problems: [] })
    expect(summaryOf(1024 * 1024 + 1)).toMatchObject({ summary: null, problems: [{ failsStep: false }] })
  })

  test('may be gone, and may fail the step', () => {
    const files = createFileCommands(temporaryDirectory())
    rmSync(files.environment['GITHUB_ENV']!)
    writeFileSync(files.environment['GITHUB_OUTPUT']!, 'broken')
    expect(files.read()).toMatchObject({
      environment: {},
      problems: [{ failsStep: true }, { failsStep: true }]
    })
  })
})

test('a mask hides a secret in each of its forms', () => {
  const masker = createMasker()
  masker.add('first "word"\nsecond word')
  expect(masker.mask('a first "word", a second word, firs')).toBe('a ***, a ***, firs')
  expect(masker.mask(`${btoa('second word')} second%20word first \\"word\\"`)).toBe('*** *** ***')
  expect(masker.mask('second wordsecond word')).toBe('***')
})

const PULL_REQUEST = {
  action: 'labeled',
  number: 7,
  label: { name: 'prove' },
  pull_request: {
    number: 7,
    merge_commit_sha: 'e'.repeat(40),
    labels: [{ name: 'bug' }, { name: 'prove' }],
    head: { ref: 'topic', sha: 'a'.repeat(40), repo: { full_name: 'lambdaclass/ethrex' } },
    base: { ref: 'main', sha: 'b'.repeat(40), repo: { full_name: 'lambdaclass/ethrex' } }
  },
  repository: { id: 5, full_name: 'lambdaclass/ethrex', default_branch: 'main' },
  sender: { id: 9, login: 'ada' }
}

const COMMENT = {
  action: 'created',
  issue: { number: 7, pull_request: {} },
  comment: { id: 3, body: '/prove' },
  repository: PULL_REQUEST.repository,
  sender: PULL_REQUEST.sender
}

const ACTION_YML = `
inputs:
  token: { default: '\${{ github.token }}' }
  greeting: { default: 'hello' }
  fail: { default: false }
  wait: { default: false }
runs: { using: node24, main: main.mjs, post: main.mjs }
`

/** A workflow and an action `them/answers`, on disk. */
const onDisk = (workflow: string) => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'action.yml'), ACTION_YML)
  copyFileSync(join(PROGRAMS, 'action-answers.mjs'), join(directory, 'main.mjs'))
  writeFileSync(join(directory, 'workflow.yml'), workflow)
  return { file: join(directory, 'workflow.yml'), action: { name: 'answers', root: directory }, directory }
}

const run = (workflow: string, event: Happening, options: Partial<RunOptions> = {}) => {
  const scopes: Scopes[] = []
  const token = (given: Scopes): string => {
    scopes.push(given)
    return 'ghs_aToken'
  }
  const started = runWorkflow({
    ...onDisk(workflow),
    event,
    github: { ...FORGE, token },
    delays: HASTE,
    ...options
  })
  return { ...started, scopes }
}

const ran = async (started: Pick<StartedRun, 'ended'>): Promise<RunResult> => {
  const ended = await started.ended
  if (ended.skipped !== null) throw new Error(ended.skipped)
  return ended
}

describe('a workflow', () => {
  const WORKFLOW = `
name: Prove
on:
  pull_request: { types: [labeled, synchronize] }
permissions: {}
env: { WHO: '\${{ github.actor }}' }
concurrency: { group: 'prove-\${{ github.event.pull_request.number }}', cancel-in-progress: true }
jobs:
  prove:
    if: contains(github.event.pull_request.labels.*.name, 'prove')
    permissions: { contents: read, pull-requests: write }
    runs-on: [self-hosted, gpu]
    timeout-minutes: 60
    outputs: { answer: '\${{ steps.ask.outputs.answer }}' }
    steps:
      - uses: actions/checkout@v7
        with: { ref: '\${{ github.event.pull_request.head.sha }}' }
      - id: ask
        uses: them/answers@v1
        with: { greeting: 'hello \${{ env.WHO }} from \${{ vars.PLACE }}, \${{ secrets.WORD }}' }
      - if: steps.ask.outcome == 'success'
        run: echo "\${{ steps.ask.outputs.answer }}"
      - if: failure()
        run: echo never
`
  const event = { name: 'pull_request', payload: PULL_REQUEST, runId: 77, triggeringActor: 'grace' }

  test('runs its steps with what they ask for', async () => {
    const started = run(WORKFLOW, event, {
      vars: { PLACE: 'here' },
      secrets: { WORD: 'abracadabra' },
      run: 'bash'
    })
    const { result, group, jobs, log } = await ran(started)
    expect({ result, group }).toEqual({ result: 'success', group: { name: 'prove-7', cancelsRunning: true } })
    const { steps, ...job } = jobs[0]!
    expect(job).toEqual({
      ...{ id: 'prove', result: 'success', why: null, group: null, timeoutMinutes: 60, swept: [] },
      scopes: { contents: 'read', 'pull-requests': 'write', metadata: 'read' },
      outputs: { answer: 'hello ada from here, abracadabra yourself' }
    })
    expect(started.scopes).toEqual([job.scopes])
    expect(steps.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['stand-in', 'success'],
      ['ours', 'success'],
      ['run', 'success'],
      ['run', 'skipped']
    ])
    expect(steps[0]!.inputs).toEqual({ ref: 'a'.repeat(40) })
    expect(steps[1]).toMatchObject({
      main: { exitCode: 0 },
      post: { log: 'after: hello ada from here, ***' }
    })
    expect(steps[2]!.script).toContain('abracadabra yourself')
    expect(log).toContain('asked by grace with ***: hello ada from here, ***\n')
    expect(log).not.toContain('abracadabra')
  })

  test('gives a fork no secret and no right to write', async () => {
    const head = { ...PULL_REQUEST.pull_request.head, repo: { full_name: 'mallory/ethrex' } }
    const payload = { ...PULL_REQUEST, pull_request: { ...PULL_REQUEST.pull_request, head } }
    const started = run(WORKFLOW, { ...event, payload }, { secrets: { WORD: 'abracadabra' } })
    const { jobs } = await ran(started)
    expect(started.scopes).toEqual([{ contents: 'read', 'pull-requests': 'read', metadata: 'read' }])
    expect(jobs[0]!.steps[1]!.inputs).toEqual({ greeting: 'hello ada from , ' })
  })

  test('fails with its step, and post runs all the same', async () => {
    const failing = WORKFLOW.replace('greeting:', 'fail: true, greeting:')
    const { result, jobs } = await ran(run(failing, event))
    expect(result).toBe('failure')
    expect(jobs[0]!.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure', 'skipped', 'success'])
    expect(jobs[0]!.steps[1]!.post?.outcome).toBe('success')
  })

  test('is cancelled by a newer run of its group, and the newer one runs', async () => {
    const queue = createQueue()
    const first = run(WORKFLOW.replace('greeting:', 'wait: true, greeting:'), event, { queue })
    await first.waitFor('asked by')
    const second = run(WORKFLOW, event, { queue })
    const [older, newer] = [await ran(first), await ran(second)]
    expect(older).toMatchObject({
      result: 'cancelled',
      jobs: [{ steps: [{}, { outcome: 'cancelled' }, {}, {}] }]
    })
    expect(older.jobs[0]!.steps[1]!.post?.outcome).toBe('success')
    expect(newer.result).toBe('success')
  })

  test.each([
    ['of a type that is not listed', { ...PULL_REQUEST, action: 'opened' }, 'not for the type opened'],
    [
      'without the label',
      { ...PULL_REQUEST, pull_request: { ...PULL_REQUEST.pull_request, labels: [] } },
      'if: of job'
    ]
  ])('is skipped for an event %s', async (_, payload, why) => {
    const started = run(WORKFLOW, { ...event, payload })
    expect(await started.ended).toEqual({ skipped: expect.stringContaining(why) as string })
    expect(started.scopes).toEqual([])
  })
})

describe('the steps of a workflow', () => {
  const dispatched: Happening = { name: 'workflow_dispatch', payload: { ref: 'main', inputs: null } }
  const outcomes = ({ jobs }: RunResult) => jobs.map(({ steps }) => steps.map(({ outcome }) => outcome))
  const workflow = (jobs: string): string =>
    `on: { workflow_dispatch: { inputs: { word: { default: one } } } }\njobs:\n${jobs}`

  test('hand variables and outputs to those after them', async () => {
    const file = workflow(`
  first:
    outputs: { word: '\${{ steps.say.outputs.word }}' }
    steps:
      - { id: say, run: 'echo "word=\${{ inputs.word }}" >> "$GITHUB_OUTPUT"; echo LATER=yes >> "$GITHUB_ENV"' }
      - { run: 'echo "$LATER \${{ env.LATER }} $GITHUB_REF_NAME"', shell: bash }
      - { run: 'false', continue-on-error: true }
  second:
    needs: first
    steps: [{ run: 'echo "\${{ needs.first.outputs.word }}"; exit 3' }]
  third:
    needs: [second]
    steps: [{ run: echo never }]
  last:
    needs: [second]
    if: always()
    steps: [{ run: 'echo "\${{ needs.second.result }}"' }]`)
    const result = await ran(run(file, dispatched, { run: 'bash', inputs: { word: 'two' } }))
    expect(outcomes(result)).toEqual([['success', 'success', 'failure'], ['failure'], [], ['success']])
    expect(result.jobs.map((job) => job.result)).toEqual(['success', 'failure', 'skipped', 'success'])
    expect(result.log).toContain('yes yes main\n')
    expect(result.log).toContain('\ntwo\n')
    expect(result.log).toContain('\nfailure\n')
  })

  test('go on when cancelled if they say always()', async () => {
    const file = workflow(`
  only:
    steps:
      - { uses: them/answers@v1, if: always(), with: { wait: true } }
      - { run: echo never }`)
    const started = run(file, dispatched)
    await started.waitFor('asked by')
    started.cancel()
    // What goes on hears no signal of the cancellation; a shutdown spares nothing.
    started.shutdown()
    const result = await ran(started)
    expect(result.jobs[0]!.steps).toMatchObject([
      { outcome: 'cancelled', main: { sent: [{ signal: 'SIGINT' }] }, post: null },
      { outcome: 'skipped' }
    ])
  })

  test.each([
    [
      '  only: { strategy: { matrix: { a: [1] } }, steps: [] }',
      'job only has what the model does not play: strategy'
    ],
    ['  only: { steps: [{ run: ls, timeout-minutes: 1 }] }', 'step 1 of job only has what']
  ])('that the model does not play are refused: %s', (jobs, message) => {
    expect(() => run(workflow(jobs), dispatched)).toThrow(message)
  })
})

describe('a concurrency group', () => {
  const group = (cancelsRunning: boolean) => ({ name: 'Group', cancelsRunning })
  const member = () => {
    const controller = new AbortController()
    return { cancel: () => controller.abort(), cancelled: controller.signal }
  }

  test('has one that runs and one that waits: who comes later takes its place', async () => {
    const [queue, [first, second, third, alone]] = [createQueue(), [member(), member(), member(), member()]]
    expect(await queue.enter(group(false), first)).toBe(true)
    const waiting = queue.enter(group(false), second)
    const later = queue.enter({ ...group(false), name: 'gROUP' }, third)
    expect(await waiting).toBe(false)
    expect(await queue.enter({ name: 'another', cancelsRunning: false }, alone)).toBe(true)
    queue.leave(group(false), first)
    expect(await later).toBe(true)
    expect(first.cancelled.aborted).toBe(false)
  })

  test('cancels who runs, if the one that comes wants it; who waits may be cancelled too', async () => {
    const [queue, [first, second, third]] = [createQueue(), [member(), member(), member()]]
    await queue.enter(group(false), first)
    const waiting = queue.enter(group(true), second)
    expect(first.cancelled.aborted).toBe(true)
    second.cancel()
    expect(await waiting).toBe(false)
    queue.leave(group(false), first)
    expect(await queue.enter(group(false), third)).toBe(true)
  })
})

describe('which events start a run', () => {
  const happening = (name: string, payload: Payload = {}): Happening => ({ name, payload, actor: 'ada' })
  const opened = { ...PULL_REQUEST, action: 'opened' }
  const push = (ref: string): Happening => happening('push', { ref })
  test.each<[string, unknown, Happening, boolean]>([
    ['a name', 'push', push('refs/heads/main'), true],
    ['a list', ['push', 'issue_comment'], happening('issue_comment', COMMENT), true],
    ['another name', ['push'], happening('issue_comment', COMMENT), false],
    ['a default type', { pull_request: null }, happening('pull_request', opened), true],
    ['no default type', { pull_request: null }, happening('pull_request', PULL_REQUEST), false],
    ['any type of a comment', { issue_comment: {} }, happening('issue_comment', { action: 'edited' }), true],
    [
      'a listed type',
      { issue_comment: { types: ['created'] } },
      happening('issue_comment', { action: 'edited' }),
      false
    ],
    [
      'one type, not a list',
      { issue_comment: { types: 'created' } },
      happening('issue_comment', COMMENT),
      true
    ],
    ['the branch of base', { pull_request: { branches: ['main'] } }, happening('pull_request', opened), true],
    [
      'not the branch of head',
      { pull_request: { branches: ['topic'] } },
      happening('pull_request', opened),
      false
    ],
    ['a branch by pattern', { push: { branches: ['release/**'] } }, push('refs/heads/release/1/x'), true],
    ['a star stops at a slash', { push: { branches: ['release/*'] } }, push('refs/heads/release/1/x'), false],
    ['taken out again', { push: { branches: ['**', '!wip/**'] } }, push('refs/heads/wip/1'), false],
    ['ignored', { push: { 'branches-ignore': ['main'] } }, push('refs/heads/main'), false],
    ['a tag where branches are asked for', { push: { branches: ['**'] } }, push('refs/tags/v1'), false],
    ['a tag', { push: { tags: ['v[0-9]+'] } }, push('refs/tags/v12'), true],
    [
      'done with GITHUB_TOKEN',
      'issue_comment',
      { ...happening('issue_comment', COMMENT), actor: 'github-actions[bot]' },
      false
    ]
  ])('%s', (_, on, event, starts) => {
    expect(whyNotStarted(on, event) === null).toBe(starts)
  })
})

describe('a dispatch', () => {
  const on = {
    workflow_dispatch: {
      inputs: {
        head: { required: true },
        effort: { type: 'choice', options: ['quick', 'default'], default: 'default' },
        loud: { type: 'boolean' },
        count: { type: 'number', default: 4 }
      }
    }
  }
  const dispatch = (inputs: Payload): Happening => ({
    name: 'workflow_dispatch',
    payload: { ref: 'main', inputs }
  })

  test('gets its inputs completed: texts in the payload, typed in their context', () => {
    const completed = withInputs(on, dispatch({ head: 'topic', loud: true }))
    expect(completed.payload['inputs']).toEqual({
      head: 'topic',
      effort: 'default',
      loud: 'true',
      count: '4'
    })
    expect(inputsContext(on, completed)).toEqual({ head: 'topic', effort: 'default', loud: true, count: 4 })
  })

  test.each([
    [{}, "Required input 'head' not provided"],
    [{ head: 'x', heat: 'y' }, 'Unexpected inputs provided: heat'],
    [{ head: 'x', effort: 'none' }, "Provided value 'none' for input 'effort'"]
  ])('is refused with %j', (inputs, message) => {
    expect(() => withInputs(on, dispatch(inputs))).toThrow(message)
  })
})

describe('an expression', () => {
  const github = {
    event_name: 'issue_comment',
    event: { comment: { body: '/prove now' }, issue: { pull_request: {} } }
  }
  const scope = {
    contexts: { github, vars: { BOX: 'gpu' }, inputs: { loud: true } },
    status: 'success' as Outcome
  }

  test.each<[string | undefined, Outcome, boolean]>([
    [undefined, 'success', true],
    [undefined, 'failure', false],
    ["startsWith(github.event.comment.body, '/prove')", 'success', true],
    ["startsWith(github.event.comment.body, '/prove')", 'failure', false],
    ["${{ github.event.issue.pull_request && github.event.comment.body == '/PROVE NOW' }}", 'success', true],
    ['github.event.issue.missing.deeper', 'success', false],
    ["github.event.comment.body == 'a failure()'", 'success', false],
    ['always()', 'cancelled', true],
    ['failure() || cancelled()', 'cancelled', true],
    ['!cancelled()', 'failure', true],
    ['inputs.loud', 'success', true],
    ['true', 'success', true],
    ["''", 'success', false]
  ])('%s when the job is at %s', (condition, status, wanted) => {
    expect(holds(condition, { ...scope, status })).toBe(wanted)
  })

  test.each([
    ['secrets.WORD', 'Unrecognized named-value'],
    ['${{ github.actor }} == ada', 'always true'],
    ['hashFiles()', 'Unrecognized function'],
    ['github.', 'Unexpected symbol']
  ])('%s is refused', (condition, message) => {
    expect(() => holds(condition, scope)).toThrow(message)
  })

  test.each([
    ['plain }} text', 'plain }} text'],
    ["${{ format('{0}-{1}', vars.BOX, '}}') }}!", 'gpu-}}!'],
    ["${{ fromJSON('[1,2]')[1] }}${{ github.event.nothing }}", '2'],
    ["${{ inputs.loud && 'yes' || 'no' }}", 'yes']
  ])('%s within a text', (text, wanted) => {
    expect(interpolate(text, { ...scope, status: null })).toBe(wanted)
  })
})

describe('permissions', () => {
  test.each<[string, unknown, unknown, boolean, Scopes]>([
    ['nothing said', undefined, undefined, false, { contents: 'read', packages: 'read', metadata: 'read' }],
    ['none', {}, undefined, false, { metadata: 'read' }],
    [
      'of the workflow',
      { issues: 'write', checks: 'none' },
      undefined,
      false,
      { issues: 'write', metadata: 'read' }
    ],
    [
      'a job replaces them',
      { issues: 'write' },
      { contents: 'read' },
      false,
      { contents: 'read', metadata: 'read' }
    ],
    ['a fork writes nothing', { issues: 'write' }, undefined, true, { issues: 'read', metadata: 'read' }]
  ])('%s', (_, workflow, job, fork, scopes) => {
    expect(scopesOf(workflow, job, fork)).toEqual(scopes)
  })

  test('that do not exist are refused', () => {
    expect(() => scopesOf({ comments: 'write' }, undefined, false)).toThrow('there is no comments: write')
    expect(scopesOf('write-all', undefined, false)['pull-requests']).toBe('write')
  })
})
