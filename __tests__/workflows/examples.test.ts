/** What GitHub's language service does not look at: rights, pins, scripts, and which runs get into another's way. */
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { OUTPUTS } from '../../src/inputs/outputs.ts'
import { inputOf, isInputName } from '../../src/inputs/spec.ts'
import { ACTION } from '../inputs/context.ts'
import { whyNotStarted } from '../support/runner/events.ts'
import { holds, interpolate } from '../support/runner/expressions.ts'
import { githubContext } from '../support/runner/github-context.ts'
import type { Happening } from '../support/runner/github-context.ts'
import { EXAMPLES, OWN, textOf } from './files.ts'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly if?: string
  readonly 'runs-on': string | readonly string[]
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: Readonly<Record<string, DispatchInput>> } | null>>
  readonly permissions: unknown
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean }
  readonly jobs: Readonly<Record<string, Job>>
}

interface DispatchInput {
  readonly default?: string
  readonly options?: readonly string[]
}

const read = (path: string): Workflow => parse(textOf(path)) as Workflow
const jobsOf = (path: string): readonly Job[] => Object.values(read(path).jobs)
const stepsOf = (path: string): readonly Step[] => jobsOf(path).flatMap(({ steps }) => steps)

const OURS = /^OWNER\/proving-regression@0{40}$/

describe.each([...EXAMPLES, ...OWN])('%s', (path) => {
  const text = textOf(path)

  test('asks for no right that it does not need, and says what each is for', () => {
    expect(read(path).permissions).toEqual({})
    const most = path.startsWith('examples/')
      ? ['contents: read', 'pull-requests: write']
      : ['contents: read']
    for (const { permissions } of jobsOf(path)) {
      const rights = Object.entries(permissions ?? {}).map(([scope, right]) => `${scope}: ${right}`)
      expect(rights.length).toBeGreaterThan(0)
      expect(most).toEqual(expect.arrayContaining(rights))
      for (const right of rights) expect(text).toMatch(new RegExp(`^ +${right} # \\w+`, 'm'))
    }
  })

  test('ends some time', () => {
    for (const job of jobsOf(path)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })

  test('is not for events that hand a stranger a token that may write, or secrets', () => {
    for (const event of ['pull_request_target', 'workflow_run'])
      expect(Object.keys(read(path).on)).not.toContain(event)
    expect(text).not.toMatch(/\bsecrets\b/)
  })

  test('names actions by full commit ids, with the release beside it', () => {
    for (const { uses } of stepsOf(path).filter((step) => step.uses !== undefined)) {
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      if (!OURS.test(uses ?? '')) expect(text).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+$`, 'm'))
    }
  })

  test('puts no expression into a script', () => {
    for (const { run } of stepsOf(path)) expect(run ?? '').not.toContain('${{')
  })

  test('uses only outputs that there are', () => {
    const ids = stepsOf(path)
      .filter(({ uses }) => OURS.test(uses ?? ''))
      .map(({ id }) => id)
    for (const [, id, output] of text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      expect(ids).toContain(id)
      expect(OUTPUTS.map(({ name }) => name)).toContain(output)
    }
  })
})

test('strangers reach hosted runners alone', () => {
  for (const path of OWN) {
    for (const job of jobsOf(path)) expect(job['runs-on']).toMatch(/^ubuntu-\d/)
    for (const { uses, with: given } of stepsOf(path)) {
      if (uses?.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false })
    }
  }
})

test('every example is of our action, once, in one job, on a runner of its own', () => {
  for (const path of EXAMPLES) {
    expect(jobsOf(path)).toHaveLength(1)
    expect(jobsOf(path)[0]?.['runs-on']).toEqual(['self-hosted', 'gpu'])
    expect(stepsOf(path).filter(({ uses }) => OURS.test(uses ?? ''))).toHaveLength(1)
  }
})

describe('the inputs of a dispatch', () => {
  const { inputs = {} } = read('examples/dispatch.yml').on['workflow_dispatch'] ?? {}
  const { with: given = {} } =
    stepsOf('examples/dispatch.yml').find(({ uses }) => OURS.test(uses ?? '')) ?? {}

  test.each(Object.entries(inputs))(
    '%s reaches our input of that name, with values that it takes',
    (name, input) => {
      if (!isInputName(name)) throw new Error(`${name} is no input`)
      expect(given[name]).toBe(`\${{ inputs.${name} }}`)
      const { default: usual, kind } = inputOf(name)
      expect(input.default ?? '').toBe(usual)
      for (const option of input.options ?? []) expect(kind.parse(option, ACTION)).toMatchObject({ ok: true })
    }
  )
})

const REPOSITORY = 'lambdaclass/ethrex'
const SIDE = { apiUrl: 'https://api.github.com', serverUrl: 'https://github.com', repository: REPOSITORY }

/** What happened, and whether it is to start a job. */
interface Case {
  readonly what: string
  readonly happening: Happening
  readonly runs: boolean
}

let runs = 1000
const happened = (name: string, payload: Record<string, unknown>): Happening => {
  runs += 1
  const sender = { login: 'ann', id: 1, type: 'User' }
  return {
    name,
    payload: { repository: { full_name: REPOSITORY, default_branch: 'main' }, sender, ...payload },
    runId: runs
  }
}

interface Pull {
  readonly action: string
  readonly labels: readonly string[]
  readonly added?: string
  readonly number?: number
  readonly from?: string | null
}

const pull = ({ action, labels, added, number = 7, from = REPOSITORY }: Pull): Happening =>
  happened('pull_request', {
    action,
    number,
    ...(added !== undefined && { label: { name: added } }),
    pull_request: {
      number,
      labels: labels.map((name) => ({ name })),
      head: { ref: 'faster', repo: from === null ? null : { full_name: from } },
      base: { ref: 'main', repo: { full_name: REPOSITORY } }
    }
  })

let comments = 5000
const comment = (body: string, more: Record<string, unknown> = {}): Happening => {
  comments += 1
  const { action = 'created', type = 'User', isPull = true } = more
  return happened('issue_comment', {
    action,
    comment: { id: comments, body, user: { login: 'ann', type } },
    issue: { number: 7, ...(isPull === true && { pull_request: { url: 'https://api.github.com' } }) }
  })
}

const PUSH = { ref: 'refs/heads/main', before: 'a'.repeat(40), after: 'b'.repeat(40) }

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'examples/pull-request.yml': [
    {
      what: 'our label',
      happening: pull({ action: 'labeled', labels: ['prove'], added: 'prove' }),
      runs: true
    },
    {
      what: 'our label, in other letters',
      happening: pull({ action: 'labeled', labels: ['Prove'], added: 'Prove' }),
      runs: true
    },
    {
      what: 'a push with the label on',
      happening: pull({ action: 'synchronize', labels: ['bug', 'prove'] }),
      runs: true
    },
    {
      what: 'opened again with the label on',
      happening: pull({ action: 'reopened', labels: ['prove'] }),
      runs: true
    },
    {
      what: 'our label on another one',
      happening: pull({ action: 'labeled', labels: ['prove'], added: 'prove', number: 8 }),
      runs: true
    },
    {
      what: 'another label',
      happening: pull({ action: 'labeled', labels: ['bug'], added: 'bug' }),
      runs: false
    },
    {
      what: 'another label beside ours',
      happening: pull({ action: 'labeled', labels: ['prove', 'bug'], added: 'bug' }),
      runs: false
    },
    {
      what: 'a label that only contains ours',
      happening: pull({ action: 'labeled', labels: ['prove-it'], added: 'prove-it' }),
      runs: false
    },
    {
      what: 'a push to a fork with the label on',
      happening: pull({ action: 'synchronize', labels: ['prove'], number: 9, from: 'stranger/ethrex' }),
      runs: false
    },
    {
      what: 'our label on a fork',
      happening: pull({
        action: 'labeled',
        labels: ['prove'],
        added: 'prove',
        number: 9,
        from: 'stranger/ethrex'
      }),
      runs: false
    },
    {
      what: 'our label where the fork is gone',
      happening: pull({ action: 'labeled', labels: ['prove'], added: 'prove', number: 10, from: null }),
      runs: false
    },
    {
      what: 'an edit of the description',
      happening: pull({ action: 'edited', labels: ['prove'] }),
      runs: false
    },
    { what: 'closed', happening: pull({ action: 'closed', labels: ['prove'] }), runs: false }
  ],
  'examples/prove-command.yml': [
    { what: 'a command', happening: comment('/prove'), runs: true },
    { what: 'another command', happening: comment('/prove blocks=1\r\nthanks'), runs: true },
    { what: 'a wish to cancel', happening: comment('/prove cancel'), runs: true },
    { what: 'talk', happening: comment('looks good to me'), runs: false },
    { what: 'a quote', happening: comment('> /prove'), runs: false },
    { what: 'a code fence', happening: comment('```\n/prove\n```'), runs: false },
    { what: 'a command that was edited', happening: comment('/prove', { action: 'edited' }), runs: false },
    { what: 'a command that was deleted', happening: comment('/prove', { action: 'deleted' }), runs: false },
    { what: 'a command by a bot', happening: comment('/prove', { type: 'Bot' }), runs: false },
    { what: 'a command on an issue', happening: comment('/prove', { isPull: false }), runs: false }
  ],
  'examples/dispatch.yml': [
    {
      what: 'a dispatch',
      happening: happened('workflow_dispatch', { ref: 'refs/heads/main', inputs: {} }),
      runs: true
    },
    {
      what: 'the same once more',
      happening: happened('workflow_dispatch', { ref: 'refs/heads/main', inputs: {} }),
      runs: true
    }
  ],
  'examples/push.yml': [
    { what: 'a push to main', happening: happened('push', PUSH), runs: true },
    {
      what: 'the next one',
      happening: happened('push', { ...PUSH, before: PUSH.after, after: 'c'.repeat(40) }),
      runs: true
    },
    {
      what: 'a push to a branch',
      happening: happened('push', { ...PUSH, ref: 'refs/heads/faster' }),
      runs: false
    },
    {
      what: 'a tag of that name',
      happening: happened('push', { ...PUSH, ref: 'refs/tags/main' }),
      runs: false
    }
  ]
}

test('every example has its cases', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(EXAMPLES.toSorted())
})

/** Null where no run is made at all, and so none waits. */
const groupOf = (path: string, happening: Happening): string | null => {
  const { concurrency, on } = read(path)
  if (whyNotStarted(on, happening) !== null) return null
  const contexts = { github: githubContext(happening, SIDE), inputs: {}, vars: {} }
  return interpolate(concurrency.group, { contexts, status: null }).trim().toLowerCase()
}

const startsJob = (path: string, happening: Happening): boolean => {
  const { on, jobs } = read(path)
  const contexts = { github: githubContext(happening, SIDE), inputs: {}, vars: {}, needs: {} }
  const [job] = Object.values(jobs)
  return whyNotStarted(on, happening) === null && holds(job?.if, { contexts, status: 'success' })
}

describe.each(EXAMPLES)('%s', (path) => {
  test.each(CASES[path] ?? [])('$what: $runs', ({ happening, runs: wanted }) => {
    expect(startsJob(path, happening)).toBe(wanted)
  })
})

describe('who gets into whose way', () => {
  const all = EXAMPLES.flatMap((path) =>
    (CASES[path] ?? []).map((one) => ({
      ...one,
      name: `${path}: ${one.what}`,
      group: groupOf(path, one.happening)
    }))
  )

  test('nothing that starts no run shares a group with something that does', () => {
    const taken = new Map(all.filter((one) => one.runs).map(({ group, name }) => [group, name]))
    const strays = all.filter((one) => !one.runs && one.group !== null)
    expect(strays.length).toBeGreaterThan(8)
    for (const { group, name } of strays) expect([name, taken.get(group)]).toEqual([name, undefined])
  })

  /** Without, too: the commit that is being measured is not the head any more. */
  test('a push takes over from the push before it, with the label or without', () => {
    const [asked, pushed] = [
      pull({ action: 'labeled', labels: ['prove'], added: 'prove' }),
      pull({ action: 'synchronize', labels: ['prove'] })
    ]
    const path = 'examples/pull-request.yml'
    expect(groupOf(path, pushed)).toBe(groupOf(path, asked))
    expect(groupOf(path, pull({ action: 'synchronize', labels: [] }))).toBe(groupOf(path, asked))
    expect(read(path).concurrency['cancel-in-progress']).toBe(true)
    expect(groupOf(path, pull({ action: 'synchronize', labels: ['prove'], number: 8 }))).not.toBe(
      groupOf(path, asked)
    )
  })

  test('everywhere else each run is in a group of its own', () => {
    const others = all.filter(
      ({ runs: wanted, name }) => wanted && !name.startsWith('examples/pull-request.yml')
    )
    expect(new Set(others.map(({ group }) => group)).size).toBe(others.length)
    for (const path of EXAMPLES.filter((one) => one !== 'examples/pull-request.yml')) {
      expect(read(path).concurrency['cancel-in-progress']).toBe(false)
    }
  })

  test('a comment is in the same group however often its run is started again', () => {
    const command = comment('/prove')
    const again = { ...command, attempt: 2 }
    expect(groupOf('examples/prove-command.yml', again)).toBe(groupOf('examples/prove-command.yml', command))
  })
})
