/** The hook as a runner starts it: by `bash -e`, with GitHub's variables and the payload in a file. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const HOOK = resolve(import.meta.dirname, '../../contrib/job-started-hook.sh')
const PLACE = mkdtempSync(join(tmpdir(), 'job-started-hook-'))
const TOOLS = join(PLACE, 'tools')

afterAll(() => {
  rmSync(PLACE, { recursive: true, force: true })
})

/** What a shell has without jq. */
beforeAll(() => {
  mkdirSync(TOOLS)
  for (const tool of ['tr', 'cut', 'cat', 'sleep']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(found, join(TOOLS, tool))
  }
})

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

const REPOSITORY = 'lambdaclass/ethrex'
const FILE = `${REPOSITORY}/.github/workflows/prove.yml`
const ON_MAIN = `${FILE}@refs/heads/main`

const repository = { full_name: REPOSITORY, default_branch: 'main', private: false }
const pullRequest = (head: Json, base: Json = { full_name: REPOSITORY }): Json => ({
  action: 'labeled',
  number: 7,
  pull_request: { number: 7, head: { ref: 'faster', repo: head }, base: { ref: 'main', repo: base } },
  repository
})
const COMMENT: Json = { action: 'created', comment: { body: '/prove' }, issue: { number: 7 }, repository }
const PUSH: Json = { ref: 'refs/heads/main', before: '0'.repeat(40), repository }

interface Job {
  readonly event: string
  readonly payload: Json
  readonly workflowRef?: string
  readonly more?: Readonly<Record<string, string>>
}

/** `undefined` in `more` would be a variable of that text: leave it out instead. */
const environmentOf = ({ event, payload, workflowRef, more }: Job): Record<string, string> => {
  const file = join(PLACE, 'event.json')
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return {
    PATH: process.env['PATH'] ?? '',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKFLOW_REF: workflowRef ?? ON_MAIN,
    ...more
  }
}

interface End {
  readonly status: number | null
  readonly said: string
}

const start = (job: Job, shell = 'bash'): End => {
  const { status, stdout, stderr } = spawnSync(shell, ['-e', HOOK], {
    env: environmentOf(job),
    encoding: 'utf8'
  })
  expect(stderr).toBe('')
  return { status, said: stdout.split('\n')[0] ?? '' }
}

const REFUSED = 'proving-regression: this runner does not take the job: '

describe('by bash', () => {
  const ALLOWED: readonly (readonly [string, Job])[] = [
    ['a push to the default branch', { event: 'push', payload: PUSH }],
    ['a dispatch on it', { event: 'workflow_dispatch', payload: { inputs: { head: 'x' }, repository } }],
    ['a comment', { event: 'issue_comment', payload: COMMENT }],
    [
      'a schedule, whose payload names no repository',
      { event: 'schedule', payload: { schedule: '0 0 * * *' } }
    ],
    [
      'a default branch with another name',
      {
        event: 'push',
        payload: { repository: { ...repository, default_branch: 'release/v1' } },
        workflowRef: `${FILE}@refs/heads/release/v1`
      }
    ],
    [
      'a pull request from a branch of the same repository',
      {
        event: 'pull_request',
        payload: pullRequest({ full_name: REPOSITORY }),
        workflowRef: `${FILE}@refs/pull/7/merge`
      }
    ],
    [
      'a repository that the owner named',
      {
        event: 'issue_comment',
        payload: COMMENT,
        more: { PROVING_HOOK_REPOSITORIES: 'someone/else  LambdaClass/Ethrex' }
      }
    ]
  ]

  test.each(ALLOWED)('%s may run, and nothing is said', (_, job) => {
    expect(start(job)).toEqual({ status: 0, said: '' })
  })

  const FORK = { full_name: 'stranger/ethrex' }
  const elsewhere = (name: string, ref: string): Job => ({
    event: name,
    payload: name === 'issue_comment' ? COMMENT : PUSH,
    workflowRef: `${FILE}@${ref}`
  })
  const BRANCH = 'its workflow file is from refs/heads/mine, not from the default branch, refs/heads/main'
  const REFUSALS: readonly (readonly [string, Job, string])[] = [
    ['a push to a branch', elsewhere('push', 'refs/heads/mine'), BRANCH],
    ['a dispatch on a branch', elsewhere('workflow_dispatch', 'refs/heads/mine'), BRANCH],
    ['a comment with a file of a branch', elsewhere('issue_comment', 'refs/heads/mine'), BRANCH],
    [
      'a tag that is called as the default branch',
      elsewhere('push', 'refs/tags/main'),
      'its workflow file is from refs/tags/main, not from the default branch'
    ],
    [
      'a branch whose name ends like the default branch',
      elsewhere('push', 'refs/heads/x@refs/heads/main'),
      'its workflow file is from refs/heads/x@refs/heads/main, not from the default branch, refs/heads/main'
    ],
    [
      'a branch in other letters',
      elsewhere('push', 'refs/heads/Main'),
      'its workflow file is from refs/heads/Main, not from the default branch, refs/heads/main'
    ],
    [
      'a workflow of another repository',
      {
        event: 'push',
        payload: PUSH,
        workflowRef: 'stranger/ethrex/.github/workflows/prove.yml@refs/heads/main'
      },
      'GITHUB_WORKFLOW_REF is not of this repository'
    ],
    [
      'a schedule on a branch',
      { event: 'schedule', payload: {}, workflowRef: `${FILE}@refs/heads/mine` },
      BRANCH
    ],
    [
      'a payload that names no default branch',
      { event: 'push', payload: { repository: { full_name: REPOSITORY } } },
      'the event names no default branch'
    ],
    [
      'a default branch that is no text',
      { event: 'push', payload: { repository: { default_branch: ['main'] } } },
      'the event names no default branch'
    ],
    [
      'a pull request from a fork',
      { event: 'pull_request', payload: pullRequest(FORK) },
      'head is from a fork, stranger/ethrex'
    ],
    [
      'a pull request from a fork that is gone',
      { event: 'pull_request', payload: pullRequest(null) },
      'the event names no repository of head: the fork is gone'
    ],
    [
      'a pull request inside a fork',
      { event: 'pull_request', payload: pullRequest(FORK, FORK) },
      'the pull request is not to this repository'
    ],
    [
      'a pull request where the owner does not want any',
      {
        event: 'pull_request',
        payload: pullRequest({ full_name: REPOSITORY }),
        more: { PROVING_HOOK_PULL_REQUESTS: 'never' }
      },
      'the owner of this runner does not allow pull_request'
    ],
    [
      'a setting that is misspelt',
      {
        event: 'pull_request',
        payload: pullRequest({ full_name: REPOSITORY }),
        more: { PROVING_HOOK_PULL_REQUESTS: 'no' }
      },
      'PROVING_HOOK_PULL_REQUESTS is neither same-repository nor never'
    ],
    [
      'a repository that the owner did not name',
      { event: 'push', payload: PUSH, more: { PROVING_HOOK_REPOSITORIES: 'lambdaclass/ethrex-replay,*' } },
      'the repository lambdaclass/ethrex is not in PROVING_HOOK_REPOSITORIES'
    ],
    ...['pull_request_target', 'workflow_run', 'repository_dispatch', 'merge_group', 'release'].map(
      (event) => [event, { event, payload: { repository } }, `the event ${event} may not run here`] as const
    ),
    [
      'no event',
      { event: '', payload: PUSH },
      'GITHUB_EVENT_NAME, GITHUB_REPOSITORY or GITHUB_WORKFLOW_REF is not set'
    ],
    ['an event file that is none', { event: 'push', payload: 'not JSON' }, 'the event file cannot be read'],
    ['an empty event file', { event: 'push', payload: '' }, 'the event file cannot be read'],
    ['two events in a file', { event: 'push', payload: '{} {}' }, 'the event file cannot be read'],
    ['an event file that is a list', { event: 'push', payload: [] }, 'the event file cannot be read'],
    [
      'an event file that is missing',
      { event: 'push', payload: PUSH, more: { GITHUB_EVENT_PATH: join(PLACE, 'nothing') } },
      'the event file cannot be read'
    ]
  ]

  test.each(REFUSALS)('%s may not', (_, job, reason) => {
    expect(start(job)).toEqual({ status: 1, said: REFUSED + reason })
  })
})

/** The runner takes sh where it finds no bash. */
describe.each(['bash', 'sh'])('by %s', (shell) => {
  test('one may run and another may not', () => {
    expect(start({ event: 'push', payload: PUSH }, shell).status).toBe(0)
    expect(start({ event: 'release', payload: PUSH }, shell)).toEqual({
      status: 1,
      said: `${REFUSED}the event release may not run here`
    })
  })

  test('without jq nothing runs', () => {
    const absolute = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim()
    const end = start({ event: 'push', payload: PUSH, more: { PATH: TOOLS } }, absolute)
    expect(end).toEqual({ status: 1, said: `${REFUSED}jq is not installed` })
  })
})

test('text of strangers is neither run nor printed as it is', () => {
  const hostile = `$(touch ${PLACE}/run)\`touch ${PLACE}/run\`;\u001b[31m\n::add-mask::x\r##[error]y${'z'.repeat(300)}`
  const jobs: readonly Job[] = [
    { event: 'pull_request', payload: pullRequest({ full_name: hostile }) },
    { event: 'push', payload: PUSH, workflowRef: `${FILE}@${hostile}` },
    { event: 'push', payload: { repository: { default_branch: hostile } } },
    { event: hostile, payload: PUSH }
  ]
  for (const job of jobs) {
    const { status, stdout } = spawnSync('bash', ['-e', HOOK], { env: environmentOf(job), encoding: 'utf8' })
    expect(status).toBe(1)
    const [line = '', ...rest] = stdout.trimEnd().split('\n')
    expect(rest).toHaveLength(1)
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(line).not.toMatch(/[\u0000-\u001f\u007f$`;:]{2}|::|##\[|\$\(/)
    expect(line.length).toBeLessThan(400)
  }
  expect(() => statSync(join(PLACE, 'run'))).toThrow()
})

describe('the worker, whose steps with `always()` would run all the same', () => {
  /** Named as the runner's; starts the hook, then goes on with the job's steps whatever it says. */
  const work = (job: Job): { readonly signal: string | null; readonly wentOn: boolean } => {
    const worker = join(PLACE, 'Runner.Worker')
    const steps = join(PLACE, 'steps')
    rmSync(steps, { force: true })
    writeFileSync(worker, `#!/bin/bash\nbash -e '${HOOK}'\necho went on > '${steps}'\n`, { mode: 0o755 })
    const { signal } = spawnSync(worker, [], { env: environmentOf(job), encoding: 'utf8' })
    return { signal, wentOn: spawnSync('test', ['-e', steps]).status === 0 }
  }

  test('is ended when the job is refused', () => {
    const job = { event: 'pull_request', payload: pullRequest({ full_name: 'stranger/ethrex' }) }
    expect(work(job)).toEqual({ signal: 'SIGKILL', wentOn: false })
  })

  test('is left alone when it is allowed', () => {
    expect(work({ event: 'push', payload: PUSH })).toEqual({ signal: null, wentOn: true })
  })
})

test('can be started by whoever copies it', () => {
  expect(statSync(HOOK).mode & 0o111).toBe(0o111)
  expect(readFileSync(HOOK, 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n/)
})
