import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ForgeEvent } from '../../src/domain/event.ts'
import type { ForgeComment } from '../../src/domain/forge-comment.ts'
import { failure, success } from '../../src/domain/problem.ts'
import type { PullRequest } from '../../src/domain/pull-request.ts'
import { parseSha, type Sha } from '../../src/domain/revision.ts'
import { readProveCommand } from '../../src/inputs/prove-command.ts'
import type { RawInputs } from '../../src/inputs/parse.ts'
import type { Refusal } from '../../src/io/forge.ts'
import { admit } from '../../src/stages/admission.ts'
import type { Admission, AdmissionPorts, AdmissionRequest } from '../../src/stages/admission-kinds.ts'
import { ACTION } from '../inputs/context.ts'
import { readComment } from '../support/markdown.ts'

/** Any character, one half of a pair too, the plain ones more often. */
const anyCharacter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code))

const sha = (digit: string): Sha => parseSha(digit.repeat(40))!
const HEAD = sha('a')
const NEXT = sha('b')
const BEFORE = sha('c')
const REFUSAL: Refusal = { kind: 'forbidden', message: '403: Resource not accessible by integration' }

const HERE = 'lambdaclass/ethrex'
const OPEN: PullRequest = {
  number: 7,
  isOpen: true,
  head: { sha: HEAD, branch: 'faster', repository: HERE },
  base: { branch: 'main', repository: HERE }
}
const withHead = (head: Partial<PullRequest['head']>): PullRequest => ({
  ...OPEN,
  head: { ...OPEN.head, ...head }
})
const FORK = withHead({ repository: 'stranger/ethrex' })
const CLOSED: PullRequest = { ...OPEN, isOpen: false }

/** Whom the forge lets write, what it knows, and which of its answers are refusals. */
interface World {
  readonly pullRequest?: PullRequest
  readonly writers?: readonly string[]
  readonly refuses?: readonly (keyof AdmissionPorts['forge'])[]
}

interface Told {
  readonly decision: Admission
  /** Requests, in order; a reply without its text. */
  readonly calls: readonly string[]
  readonly replies: readonly string[]
  readonly warnings: readonly string[]
}

const play = async (request: Partial<AdmissionRequest>, world: World = {}): Promise<Told> => {
  const { pullRequest = OPEN, writers = ['ann'], refuses = [] } = world
  const calls: string[] = []
  const replies: string[] = []
  const warnings: string[] = []
  const answer = async <T>(name: keyof AdmissionPorts['forge'], of: string, value: T) => {
    calls.push(`${name} ${of}`)
    return refuses.includes(name) ? failure(REFUSAL) : success(value)
  }
  const forge: AdmissionPorts['forge'] = {
    pullRequest: (number) => answer('pullRequest', String(number), pullRequest),
    mayWrite: (login) => answer('mayWrite', login, writers.includes(login)),
    react: (comment, reaction) => answer('react', `${comment} ${reaction}`, { id: 1, isNew: true }),
    createComment: (number, body) => {
      replies.push(body)
      return answer('createComment', String(number), commentBy('us', body))
    }
  }
  const whole: AdmissionRequest = {
    event: DISPATCH,
    raw: {},
    context: ACTION,
    triggeringActor: 'ann',
    attempt: 1,
    ...request
  }
  const decision = await admit(whole, { forge, log: { warn: (line) => warnings.push(line) } })
  return { decision, calls, replies, warnings }
}

const commentBy = (login: string, body: string, isBot = false): ForgeComment => ({
  id: 55,
  author: { id: 3, login, isBot },
  body,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  url: 'https://github.com/lambdaclass/ethrex/pull/7#issuecomment-55'
})

const DISPATCH: ForgeEvent = { kind: 'dispatch', sha: HEAD }
const PUSH: ForgeEvent = { kind: 'push', before: BEFORE, after: HEAD, ref: 'refs/heads/main' }
const changed = (pullRequest: PullRequest, action = 'synchronize'): ForgeEvent => ({
  kind: 'pull-request',
  action,
  pullRequest
})
const commented = (body: string, by = 'ann'): ForgeEvent => ({
  kind: 'comment',
  action: 'created',
  comment: commentBy(by, body),
  pullRequest: 7
})

/** A decision on one line. */
const wordsOf = (decision: Admission): string => {
  switch (decision.kind) {
    case 'measure': {
      const { settings, target } = decision
      return `measure ${[
        settings.head?.slice(0, 7),
        `base ${settings.base?.slice(0, 7) ?? `of ${target.baseBranch ?? 'the default branch'}`}`,
        `host ${target.hostBranch ?? '-'}`,
        ...(target.pullRequest === null ? [] : [`on ${target.pullRequest.number}`]),
        ...(target.isApprovedFork ? ['approved fork'] : []),
        ...(target.command === null ? [] : [`for ${target.command.author}`])
      ].join(', ')}`
    }
    case 'bad-input':
      return `bad-input ${decision.problems.map(({ input, message }) => `${input}: ${message}`).join(' | ')}`
    case 'ignored':
    case 'refused':
    case 'answered':
    case 'unreachable':
      return `${decision.kind}: ${decision.why}`
  }
}

type Row = readonly [what: string, request: Partial<AdmissionRequest>, world?: World]

const told = async (rows: readonly Row[]): Promise<string> => {
  const parts: string[] = []
  for (const [what, request, world] of rows) {
    const { decision, calls, warnings } = await play(request, world)
    const lines = [
      wordsOf(decision),
      `asked ${calls.join(', ') || 'nothing'}`,
      ...warnings.map((line) => `warned ${line}`)
    ]
    parts.push([what, ...lines].join('\n  '))
  }
  return `\n${parts.join('\n')}\n`
}

test('a pull request', async () => {
  const event = changed(OPEN)
  const approved = { raw: { 'approved-sha': HEAD }, event: changed(FORK) }
  const rows: readonly Row[] = [
    ['of the same repository', { event }],
    ['labelled', { event: changed(OPEN, 'labeled') }],
    ['pushed to since', { event }, { pullRequest: withHead({ sha: NEXT }) }],
    ['closed since', { event }, { pullRequest: CLOSED }],
    [
      'into another branch since',
      { event },
      { pullRequest: { ...OPEN, base: { ...OPEN.base, branch: 'next' } } }
    ],
    ['that the token may not read', { event }, { refuses: ['pullRequest'] }],
    ['closed', { event: changed(CLOSED, 'closed') }],
    ['of a fork', { event: changed(FORK) }],
    ['of a fork that is gone', { event: changed(withHead({ repository: null })) }],
    ['of a fork as of now', { event }, { pullRequest: FORK }],
    ['of a fork as of now, approved', { ...approved, event }, { pullRequest: FORK }],
    ['of a fork, approved, our own as of now', approved],
    ['of a fork, approved', approved, { pullRequest: FORK }],
    [
      'of a fork, approved, pushed to since',
      approved,
      { pullRequest: { ...FORK, head: { ...FORK.head, sha: NEXT } } }
    ],
    ['of a fork, another commit approved', { ...approved, raw: { 'approved-sha': NEXT } }],
    ['of a fork, approved, closed', { ...approved, event: changed({ ...FORK, isOpen: false }) }],
    ['of a fork, approved, beside a secret', { ...approved, context: { ...ACTION, rpcUrl: 'https://h/k' } }],
    [
      'of the same repository in other letters',
      { event: changed(withHead({ repository: HERE.toUpperCase() })) }
    ],
    ['with a base of the workflow', { event, raw: { base: 'v1' } }],
    ['with a head of the workflow', { event, raw: { head: 'main' } }],
    ['with bad inputs', { event, raw: { blocks: '5-1', head: 'main', colour: 'red' } }],
    ['with a mode that is about the machine', { event, raw: { mode: 'calibrate' } }],
    [
      'with a branch that is no ref of ours',
      { event: changed(withHead({ branch: 'a..b' })) },
      { pullRequest: withHead({ branch: 'a..b' }) }
    ]
  ]
  expect(await told(rows)).toMatchInlineSnapshot(`
    "
    of the same repository
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked pullRequest 7
    labelled
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked pullRequest 7
    pushed to since
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked pullRequest 7
    closed since
      refused: the pull request is closed, and only open ones are measured
      asked pullRequest 7
    into another branch since
      measure aaaaaaa, base of next, host ethrex/faster, on 7
      asked pullRequest 7
    that the token may not read
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked pullRequest 7
      warned the pull request could not be read: 403: Resource not accessible by integration; it is taken to be as the event says
    closed
      refused: the pull request is closed, and only open ones are measured
      asked nothing
    of a fork
      refused: the head of the pull request is from a fork; its code runs once somebody with write access comments "/prove head-sha=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      asked nothing
    of a fork that is gone
      refused: the head of the pull request is from a fork; its code runs once somebody with write access comments "/prove head-sha=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      asked nothing
    of a fork as of now
      refused: the head of the pull request is from a fork; its code runs once somebody with write access comments "/prove head-sha=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      asked pullRequest 7
    of a fork as of now, approved
      measure aaaaaaa, base of main, host -, on 7, approved fork
      asked pullRequest 7
    of a fork, approved, our own as of now
      measure aaaaaaa, base of main, host -, on 7, approved fork
      asked pullRequest 7
    of a fork, approved
      measure aaaaaaa, base of main, host -, on 7, approved fork
      asked pullRequest 7
    of a fork, approved, pushed to since
      refused: the head of the pull request has moved from aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked pullRequest 7
    of a fork, another commit approved
      refused: the head of the pull request is from a fork; its code runs once somebody with write access comments "/prove head-sha=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      asked nothing
    of a fork, approved, closed
      refused: the pull request is closed, and only open ones are measured
      asked nothing
    of a fork, approved, beside a secret
      bad-input approved-sha: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" cannot go together with rpc-url; allowed: one of the two
      asked nothing
    of the same repository in other letters
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked pullRequest 7
    with a base of the workflow
      measure aaaaaaa, base v1, host ethrex/faster, on 7
      asked pullRequest 7
    with a head of the workflow
      bad-input head: is decided by the pull request here; allowed: nothing, leave it unset
      asked nothing
    with bad inputs
      bad-input blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher | colour: is not an input; allowed: those that the README lists | head: is decided by the pull request here; allowed: nothing, leave it unset
      asked nothing
    with a mode that is about the machine
      bad-input mode: "calibrate" measures the machine, not a change; allowed: prove or execute, and calibrate with the event workflow_dispatch
      asked nothing
    with a branch that is no ref of ours
      measure aaaaaaa, base of main, host -, on 7
      asked pullRequest 7
    "
  `)
})

test('a command', async () => {
  const event = commented('/prove')
  const onFork = { pullRequest: FORK }
  const secret = { context: { ...ACTION, rpcUrl: 'https://h/k' } }
  const rows: readonly Row[] = [
    ['by a writer', { event }],
    ['with keys', { event: commented('/prove mode=execute base=v1\r\n\r\nthanks') }],
    ['with keys in place of the workflow’s', { event: commented('/prove base=v1'), raw: { base: 'v0' } }],
    ['by a reader', { event: commented('/prove', 'bob') }],
    ['by a reader, wrong', { event: commented('/prove blocks=5-1', 'bob') }],
    ['help by a reader', { event: commented('/prove help', 'bob') }],
    ['cancel by a reader', { event: commented('/prove cancel', 'bob') }],
    ['by who knows', { event }, { refuses: ['mayWrite'] }],
    ['where faces may not be made', { event }, { refuses: ['react'] }],
    ['help', { event: commented('/prove help') }],
    ['cancel', { event: commented('/prove cancel') }],
    ['wrong', { event: commented('/prove blocks=5-1 now') }],
    [
      'wrong, where nothing may be said',
      { event: commented('/prove now') },
      { refuses: ['createComment', 'react'] }
    ],
    [
      'wrong beside the workflow’s inputs',
      { event: commented('/prove blocks=23426993-23426996'), raw: { network: 'hoodi', blocks: '1' } }
    ],
    ['in a workflow with bad inputs', { event, raw: { effort: 'lots', head: 'x' } }],
    ['on a pull request that cannot be read', { event }, { refuses: ['pullRequest'] }],
    ['on a closed pull request', { event }, { pullRequest: CLOSED }],
    ['for the head', { event: commented(`/prove head-sha=${HEAD.slice(0, 7)}`) }],
    ['for the head, in full', { event: commented(`/prove head-sha=${HEAD.toUpperCase()}`) }],
    [
      'for another head',
      { event: commented(`/prove head-sha=${HEAD.slice(0, 7)}`) },
      { pullRequest: withHead({ sha: NEXT }) }
    ],
    ['on a fork', { event }, onFork],
    ['on a fork, abbreviated', { event: commented(`/prove head-sha=${HEAD.slice(0, 39)}`) }, onFork],
    ['on a fork, approved', { event: commented(`/prove head-sha=${HEAD} mode=execute`) }, onFork],
    ['on a fork, approved by a reader', { event: commented(`/prove head-sha=${HEAD}`, 'bob') }, onFork],
    [
      'on a fork, approved, pushed to since',
      { event: commented(`/prove head-sha=${HEAD}`) },
      { pullRequest: { ...FORK, head: { ...FORK.head, sha: NEXT } } }
    ],
    [
      'on a fork, approved beside a secret',
      { event: commented(`/prove head-sha=${HEAD}`), ...secret },
      onFork
    ],
    ['on a fork, approved by the workflow only', { event, raw: { 'approved-sha': HEAD } }, onFork],
    ['on our own, beside a secret', { event: commented(`/prove head-sha=${HEAD}`), ...secret }],
    ['on a fork that is gone', { event }, { pullRequest: withHead({ repository: null }) }]
  ]
  expect(await told(rows)).toMatchInlineSnapshot(`
    "
    by a writer
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    with keys
      measure aaaaaaa, base v1, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    with keys in place of the workflow’s
      measure aaaaaaa, base v1, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    by a reader
      refused: the command is by somebody who may not write to this repository
      asked mayWrite bob, react 55 confused
    by a reader, wrong
      refused: the command is by somebody who may not write to this repository
      asked mayWrite bob, react 55 confused
    help by a reader
      refused: the command is by somebody who may not write to this repository
      asked mayWrite bob, react 55 confused
    cancel by a reader
      refused: the command is by somebody who may not write to this repository
      asked mayWrite bob, react 55 confused
    by who knows
      refused: whether the author of the command may write here could not be found out: 403: Resource not accessible by integration
      asked mayWrite ann
    where faces may not be made
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
      warned the command could not be marked as seen: 403: Resource not accessible by integration; grant the job: pull-requests: write
    help
      answered: the command was answered with what can be asked for
      asked mayWrite ann, react 55 eyes, createComment 7
    cancel
      answered: the run that is under way looks for this command itself, and ends
      asked mayWrite ann, react 55 eyes
    wrong
      bad-input blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher | /prove: "now" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
      asked mayWrite ann, react 55 eyes, createComment 7
    wrong, where nothing may be said
      bad-input /prove: "now" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
      asked mayWrite ann, react 55 eyes, createComment 7
      warned the command could not be marked as seen: 403: Resource not accessible by integration; grant the job: pull-requests: write
      warned the command could not be answered: 403: Resource not accessible by integration; grant the job: pull-requests: write
    wrong beside the workflow’s inputs
      bad-input blocks: is required where network is "hoodi", as the default, "23426993-23426996", is of mainnet; allowed: blocks of hoodi
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    in a workflow with bad inputs
      bad-input effort: "lots" is not known; allowed: quick, default or thorough | head: is decided by the pull request here; allowed: nothing, leave it unset
      asked nothing
    on a pull request that cannot be read
      unreachable: the pull request could not be read: 403: Resource not accessible by integration
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a closed pull request
      refused: the pull request is closed, and only open ones are measured
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    for the head
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    for the head, in full
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    for another head
      refused: the command is for aaaaaaa, and the head of the pull request is bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a fork
      refused: the head of the pull request is from a fork, and the command does not approve it by its full commit id
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a fork, abbreviated
      refused: the head of the pull request is from a fork, and the command does not approve it by its full commit id
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a fork, approved
      measure aaaaaaa, base of main, host -, on 7, approved fork, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    on a fork, approved by a reader
      refused: the command is by somebody who may not write to this repository
      asked mayWrite bob, react 55 confused
    on a fork, approved, pushed to since
      refused: the command is for aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, and the head of the pull request is bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a fork, approved beside a secret
      bad-input head-sha: cannot go together with rpc-url; allowed: one of the two
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on a fork, approved by the workflow only
      refused: the head of the pull request is from a fork, and the command does not approve it by its full commit id
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    on our own, beside a secret
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, react 55 eyes, pullRequest 7
    on a fork that is gone
      refused: the head of the pull request is from a fork, and the command does not approve it by its full commit id
      asked mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    "
  `)
})

test('without a pull request', async () => {
  const rows: readonly Row[] = [
    ['dispatched', { event: DISPATCH }],
    ['dispatched for refs', { event: DISPATCH, raw: { head: 'faster', base: 'main' } }],
    ['dispatched for a commit', { event: DISPATCH, raw: { head: NEXT.toUpperCase() } }],
    ['dispatched for the machine', { event: DISPATCH, raw: { mode: 'calibrate', base: 'main' } }],
    ['dispatched for the machine and a head', { event: DISPATCH, raw: { mode: 'calibrate', head: 'x' } }],
    ['dispatched wrongly', { event: DISPATCH, raw: { head: '-x' } }],
    ['pushed', { event: PUSH }],
    ['pushed with a base of the workflow', { event: PUSH, raw: { base: 'main' } }],
    ['pushed with a mode that is about the machine', { event: PUSH, raw: { mode: 'calibrate' } }],
    ['pushed with a head of the workflow', { event: PUSH, raw: { head: 'main' } }],
    ['a new branch', { event: { ...PUSH, before: null } }],
    ['a branch deleted', { event: { ...PUSH, after: sha('0') }, raw: { blocks: 'x' } }],
    [
      'any other event',
      { event: { kind: 'unsupported', name: 'fork', why: 'only four are served' }, raw: { blocks: 'x' } }
    ]
  ]
  expect(await told(rows)).toMatchInlineSnapshot(`
    "
    dispatched
      measure aaaaaaa, base of the default branch, host -
      asked nothing
    dispatched for refs
      measure faster, base main, host -
      asked nothing
    dispatched for a commit
      measure bbbbbbb, base of the default branch, host -
      asked nothing
    dispatched for the machine
      measure , base main, host -
      asked nothing
    dispatched for the machine and a head
      bad-input head: "x" cannot go together with mode calibrate, which measures base against itself; allowed: base alone
      asked nothing
    dispatched wrongly
      bad-input head: "-x" begins with "-"; allowed: the name of a branch or tag, or a commit id
      asked nothing
    pushed
      measure aaaaaaa, base ccccccc, host -
      asked nothing
    pushed with a base of the workflow
      measure aaaaaaa, base main, host -
      asked nothing
    pushed with a mode that is about the machine
      bad-input mode: "calibrate" measures the machine, not a change; allowed: prove or execute, and calibrate with the event workflow_dispatch
      asked nothing
    pushed with a head of the workflow
      bad-input head: is decided by the push here; allowed: nothing, leave it unset
      asked nothing
    a new branch
      measure aaaaaaa, base of the default branch, host -
      asked nothing
    a branch deleted
      ignored: the branch was deleted
      asked nothing
    any other event
      bad-input event: "fork" cannot be used: only four are served
      asked nothing
    "
  `)
})

test('a run that is started again', async () => {
  const moved = { pullRequest: withHead({ sha: NEXT }) }
  const again = { attempt: 2 }
  const byReader = { attempt: 2, triggeringActor: 'bob' }
  const rows: readonly Row[] = [
    ['of a pull request', { ...again, event: changed(OPEN) }],
    ['of a pull request, by a reader', { ...byReader, event: changed(OPEN) }],
    ['of a pull request, by nobody', { ...again, triggeringActor: '', event: changed(OPEN) }],
    ['of a pull request, by who knows', { ...again, event: changed(OPEN) }, { refuses: ['mayWrite'] }],
    ['of a pull request that has moved', { ...again, event: changed(OPEN) }, moved],
    [
      'of a pull request that cannot be read',
      { ...again, event: changed(OPEN) },
      { refuses: ['pullRequest'] }
    ],
    [
      'of an approved fork that has moved',
      { ...again, event: changed(FORK), raw: { 'approved-sha': HEAD } },
      { pullRequest: { ...FORK, head: { ...FORK.head, sha: NEXT } } }
    ],
    ['of a command', { ...again, event: commented('/prove') }],
    ['of a command, by a reader', { ...byReader, event: commented('/prove') }],
    ['of a command by a reader, by a writer', { ...again, event: commented('/prove', 'bob') }],
    [
      'of a command for a head that has moved',
      { ...again, event: commented(`/prove head-sha=${HEAD}`) },
      moved
    ],
    ['of a stray comment, by a reader', { ...byReader, event: commented('nice') }],
    ['of a dispatch', { ...again, event: DISPATCH }],
    ['of a dispatch, by a reader', { ...byReader, event: DISPATCH }],
    ['of a push', { ...again, event: PUSH }],
    ['of a push, by a reader', { ...byReader, event: PUSH }],
    ['that does not say which it is', { attempt: NaN, triggeringActor: 'bob', event: PUSH }]
  ]
  expect(await told(rows)).toMatchInlineSnapshot(`
    "
    of a pull request
      measure aaaaaaa, base of main, host ethrex/faster, on 7
      asked mayWrite ann, pullRequest 7
    of a pull request, by a reader
      refused: the run was started again by somebody who may not write to this repository
      asked mayWrite bob
    of a pull request, by nobody
      refused: the run was started again by somebody who may not write to this repository
      asked nothing
    of a pull request, by who knows
      refused: whether whoever started the run again may write here could not be found out: 403: Resource not accessible by integration
      asked mayWrite ann
    of a pull request that has moved
      refused: the head of the pull request has moved from aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked mayWrite ann, pullRequest 7
    of a pull request that cannot be read
      refused: the pull request could not be read: 403: Resource not accessible by integration; a run that is started again needs to know that its head has not moved
      asked mayWrite ann, pullRequest 7
    of an approved fork that has moved
      refused: the head of the pull request has moved from aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked mayWrite ann, pullRequest 7
    of a command
      measure aaaaaaa, base of main, host ethrex/faster, on 7, for ann
      asked mayWrite ann, mayWrite ann, react 55 eyes, pullRequest 7
    of a command, by a reader
      refused: the run was started again by somebody who may not write to this repository
      asked mayWrite bob
    of a command by a reader, by a writer
      refused: the command is by somebody who may not write to this repository
      asked mayWrite ann, mayWrite bob, react 55 confused
    of a command for a head that has moved
      refused: the command is for aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, and the head of the pull request is bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      asked mayWrite ann, mayWrite ann, react 55 eyes, pullRequest 7, createComment 7
    of a stray comment, by a reader
      ignored: the first line of the comment is not a command
      asked nothing
    of a dispatch
      measure aaaaaaa, base of the default branch, host -
      asked mayWrite ann
    of a dispatch, by a reader
      refused: the run was started again by somebody who may not write to this repository
      asked mayWrite bob
    of a push
      measure aaaaaaa, base ccccccc, host -
      asked mayWrite ann
    of a push, by a reader
      refused: the run was started again by somebody who may not write to this repository
      asked mayWrite bob
    that does not say which it is
      refused: the run was started again by somebody who may not write to this repository
      asked mayWrite bob
    "
  `)
})

describe('a stray comment', () => {
  const stray: readonly (readonly [string, Extract<ForgeEvent, { readonly kind: 'comment' }>])[] = [
    ['edited', { ...commentEvent('/prove'), action: 'edited' }],
    ['deleted', { ...commentEvent('/prove'), action: 'deleted' }],
    ['on an issue', { ...commentEvent('/prove'), pullRequest: null }],
    ['by a bot', { ...commentEvent('/prove'), comment: commentBy('ci[bot]', '/prove', true) }],
    ['in a quote', commentEvent('> /prove')],
    ['in a fence', commentEvent('```\n/prove\n```')],
    ['on a later line', commentEvent('nice\n/prove')],
    ['about proving', commentEvent('/prover is slow')],
    ['empty', commentEvent('')]
  ]
  test.each(stray)('%s is ignored: nothing asked, nothing said, whatever the inputs', async (_, event) => {
    const { decision, calls } = await play({ event, raw: { blocks: '5-1' }, attempt: 2 })
    expect(decision.kind).toBe('ignored')
    expect(calls).toEqual([])
  })
})

function commentEvent(body: string): Extract<ForgeEvent, { readonly kind: 'comment' }> {
  return { kind: 'comment', action: 'created', comment: commentBy('ann', body), pullRequest: 7 }
}

describe('a reply', () => {
  const fencesOf = async (body: string, world: World): Promise<readonly string[]> => {
    const { replies } = await play({ event: commented(body) }, world)
    expect(replies).toHaveLength(1)
    return readComment(replies[0]!).fences
  }

  test('to a command on a fork holds the line that approves it, the other keys kept', async () => {
    const line = `/prove head-sha=${HEAD} mode=execute blocks=1-2,5`
    expect(await fencesOf('/prove  blocks=1-2,5 mode=execute', { pullRequest: FORK })).toEqual([line])
    const { decision } = await play({ event: commented(line) }, { pullRequest: FORK })
    expect(decision).toMatchObject({
      kind: 'measure',
      settings: { mode: 'execute', blocks: [1, 2, 5], approvedSha: HEAD, head: HEAD }
    })
  })

  test('to a command for a head that has moved names the one that is there now', async () => {
    const moved = { pullRequest: withHead({ sha: NEXT }) }
    expect(await fencesOf(`/prove head-sha=${HEAD} mode=execute`, moved)).toEqual([
      `/prove head-sha=${NEXT} mode=execute`
    ])
  })

  test('to a wrong command has the sentence of the input', async () => {
    const { replies } = await play({ event: commented('/prove blocks=5-1') })
    expect(replies[0]).toContain(
      '\n- blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher\n'
    )
  })

  test('that cannot be made changes no decision', async () => {
    for (const [body, world] of [
      ['/prove help', {}],
      ['/prove blocks=x', {}],
      ['/prove', { pullRequest: FORK }],
      ['/prove', { pullRequest: CLOSED }]
    ] as const) {
      const spoken = await play({ event: commented(body) }, world)
      const mute = await play({ event: commented(body) }, { ...world, refuses: ['createComment', 'react'] })
      expect(mute.decision).toEqual(spoken.decision)
      expect(mute.warnings).toHaveLength(2)
      expect(mute.warnings.join()).toContain('pull-requests: write')
    }
  })
})

test('what is measured is the whole of the target', async () => {
  const { decision } = await play({
    event: commented('/prove mode=execute'),
    raw: { 'cycle-threshold': '1%' }
  })
  expect(decision).toMatchObject({
    kind: 'measure',
    settings: { mode: 'execute', cycleThreshold: { text: '1%' }, head: HEAD, base: null, approvedSha: null },
    target: {
      pullRequest: OPEN,
      head: HEAD,
      base: null,
      baseBranch: 'main',
      hostBranch: 'ethrex/faster',
      isApprovedFork: false,
      command: { comment: 55, author: 'ann' }
    }
  })
  expect(decision.kind === 'measure' && Object.isFrozen(decision.settings)).toBe(true)
})

describe('whatever is written', () => {
  const body = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc
      .array(
        fc.constantFrom(
          'help',
          'cancel',
          'blocks=1',
          'blocks=5-1',
          `head-sha=${HEAD}`,
          `head-sha=${NEXT}`,
          'mode=execute',
          'x'
        ),
        { maxLength: 3 }
      )
      .map((words) => ['/prove', ...words].join(' '))
  )
  const world = fc.record({
    pullRequest: fc.constantFrom(OPEN, FORK, CLOSED, withHead({ sha: NEXT }), withHead({ repository: null })),
    refuses: fc.subarray<keyof AdmissionPorts['forge']>(['pullRequest', 'mayWrite', 'react', 'createComment'])
  })
  const raw = fc.constantFrom<RawInputs>(
    {},
    { 'approved-sha': HEAD },
    { 'approved-sha': NEXT },
    { blocks: 'x' },
    { head: 'main' }
  )
  const attempt = fc.constantFrom(1, 2)

  test('somebody who may not write starts nothing and is told nothing', async () => {
    await fc.assert(
      fc.asyncProperty(body, world, raw, attempt, async (text, forge, inputs, number) => {
        const event = commented(text, 'bob')
        const { decision, calls } = await play(
          { event, raw: inputs, attempt: number },
          { ...forge, writers: ['ann'] }
        )
        expect(['ignored', 'refused', 'bad-input']).toContain(decision.kind)
        expect(calls.filter((call) => !/^mayWrite |^react 55 confused$/.test(call))).toEqual([])
      })
    )
  })

  test('a fork runs only at a commit that was approved in full, and never beside a secret', async () => {
    const approvals = fc.constantFrom(
      '',
      ` head-sha=${NEXT}`,
      ` head-sha=${HEAD}`,
      ` head-sha=${NEXT.slice(1)}`
    )
    const event = fc.oneof(
      approvals.map((approval) => commented(`/prove mode=execute${approval}`)),
      fc.constantFrom(HEAD, NEXT).map((at) => changed({ ...FORK, head: { ...FORK.head, sha: at } }))
    )
    const rpcUrl = fc.constantFrom(undefined, 'https://h/k')
    const measured: string[] = []
    await fc.assert(
      fc.asyncProperty(event, raw, rpcUrl, async (what, inputs, secret) => {
        const pullRequest = { ...FORK, head: { ...FORK.head, sha: NEXT } }
        const { decision } = await play(
          { event: what, raw: inputs, context: { ...ACTION, rpcUrl: secret } },
          { pullRequest }
        )
        if (decision.kind !== 'measure') return
        measured.push(what.kind)
        expect(secret).toBeUndefined()
        expect(decision.target.isApprovedFork).toBe(true)
        expect(decision.target.hostBranch).toBeNull()
        expect(decision.settings.approvedSha).toBe(decision.target.head)
        if (what.kind === 'comment') expect(what.comment.body).toContain(`head-sha=${NEXT}`)
      }),
      { numRuns: 400 }
    )
    expect(new Set(measured)).toEqual(new Set(['comment', 'pull-request']))
  })

  test('no reply is a command, and there is one at most', async () => {
    await fc.assert(
      fc.asyncProperty(body, world, raw, async (text, forge, inputs) => {
        const { replies } = await play({ event: commented(text), raw: inputs }, forge)
        expect(replies.length).toBeLessThanOrEqual(1)
        for (const reply of replies) expect(readProveCommand(reply, ACTION)).toEqual({ kind: 'none' })
      })
    )
  })
})
