import { describe, expect, test } from 'vitest'
import { parseSha } from '../../src/domain/revision.ts'
import { minutes, seconds } from '../../src/domain/quantity.ts'
import type { Standing } from '../../src/domain/standing.ts'
import type { Target } from '../../src/domain/target.ts'
import type { Forge } from '../../src/io/forge.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { statusOf } from '../../src/main/hand-over.ts'
import { answer, type Hooks } from '../../src/stages/answer.ts'
import { createCommentKeeper } from '../../src/stages/comment-keeper.ts'
import { presentRun } from '../../src/stages/publish.ts'
import type { RunEnd } from '../../src/stages/run.ts'
import { secondaryLimit, type Fault, type FaultRule } from '../support/github/faults.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun, ofOneLeg, planFor } from '../support/runs.ts'
import { sha } from '../support/plans.ts'
import { aPlace, asked, HEAD, PULL, type Place } from '../io/github/place.ts'

const RUN = { id: 77, attempt: 1 }
const PLAN = planFor(RECORDED, {
  revisions: {
    base: { repository: 'acme/ethrex', ref: 'main', sha: sha('b') },
    head: { repository: 'acme/ethrex', ref: 'faster', sha: sha('a') }
  }
})
const TRIALS = plannedTrials(PLAN)

/** A run in pretended time: what happens while it measures is the test's to say. */
interface Script {
  readonly target?: Partial<Target>
  /** Trials, each some seconds after the one before. */
  readonly trials?: number
  readonly secondsApart?: number
  /** Called before each trial. */
  readonly onTrial?: (trial: number) => void | Promise<void>
  readonly looksForPullRequest?: boolean
}

interface Played {
  readonly end: RunEnd
  readonly handedOver: readonly { readonly verdict: string; readonly url: string | null }[]
  readonly lines: readonly string[]
}

const MEASURING: Extract<Standing, { kind: 'measuring' }> = {
  kind: 'measuring',
  trial: TRIALS[0]!,
  progress: { done: 0, planned: TRIALS.length, most: TRIALS.length, look: null },
  left: null,
  gpuMinutes: minutes(0),
  cycles: null
}

const play = async (place: Pick<Place, 'forge'>, script: Script = {}): Promise<Played> => {
  let now = 0
  let beat = (): Promise<void> => Promise.resolve()
  const [lines, handedOver]: [string[], { verdict: string; url: string | null }[]] = [[], []]
  const log = {
    info: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(`Warning: ${line}`),
    progress: () => undefined
  }
  const clock = { now: () => new Date(now * 1000).toISOString(), monotonic: () => seconds(now) }
  const measure = async (hooks: Hooks): Promise<RunEnd> => {
    const withdrawal = await hooks.whyWithdrawn()
    if (withdrawal !== null) return withdrawal
    const sides = { base: sha('b'), head: sha('a') }
    hooks.tell({ kind: 'building', side: 'base', variant: null, zkvm: null }, sides)
    await beat()
    const { trials = 3, secondsApart = 60, onTrial } = script
    for (let trial = 0; trial < trials; trial += 1) {
      await onTrial?.(trial)
      for (let second = 0; second < secondsApart; second += 1) {
        now += 1
        const left = seconds((trials - trial) * secondsApart - second)
        const step = TRIALS[trial % TRIALS.length]!
        const named = { ...step, id: `${step.id}-${trial}` }
        const progress = { done: trial, planned: trials, most: trials, look: null }
        hooks.tell({ ...MEASURING, trial: named, left, progress, gpuMinutes: minutes(now / 60) }, sides)
        await beat()
      }
    }
    const context = await hooks.describeComment()
    return {
      kind: 'published',
      published: presentRun(ofOneLeg(aRun(RECORDED, { plan: PLAN })), context, (text) => text)
    }
  }
  const head = parseSha(HEAD)
  const pullRequest = await place.forge.pullRequest(PULL)
  const { end } = await answer(
    {
      target: {
        pullRequest: pullRequest.ok ? pullRequest.value : null,
        head,
        base: null,
        baseBranch: 'main',
        hostBranch: null,
        isApprovedFork: false,
        command: null,
        ...script.target
      },
      looksForPullRequest: script.looksForPullRequest === true,
      context: { key: 'default', run: RUN, runUrl: null }
    },
    {
      forge: place.forge,
      log,
      openComment: (number) => Promise.resolve(keeperOn(place.forge, number, { clock, log })),
      every: (given) => {
        beat = given
        return () => undefined
      },
      measure,
      handOver: (ended, { commentUrl }) => {
        const verdict = ended.kind === 'published' ? ended.published.report.verdict : ended.kind
        handedOver.push({ verdict, url: commentUrl })
        return Promise.resolve()
      },
      isCancelled: () => false,
      whenCancelled: new Promise(() => undefined),
      redact: (text) => text
    }
  )
  return { end, handedOver, lines }
}

type Parts = Pick<Parameters<typeof createCommentKeeper>[0], 'clock' | 'log'>

const keeperOn = (forge: Forge, pullRequest: number, parts: Parts) =>
  createCommentKeeper({
    ...parts,
    forge,
    pullRequest,
    wait: () => Promise.resolve(),
    key: 'default',
    run: RUN,
    bot: null,
    policy: 'auto',
    isCancel: () => false,
    onCancel: () => undefined,
    onHold: () => undefined,
    resume: null,
    hearsSince: null
  })

const ours = ({ github }: Place): readonly string[] =>
  github
    .comments(PULL)
    .filter(({ login }) => login === 'github-actions[bot]')
    .map(({ body }) => body)

const FINAL = /^<!-- proving-regression v1 pr=7 key=default run=77\.1 -->\n## . Improvement: cycles/u

describe('whatever the forge answers, there is one comment with the last word, and the same verdict', () => {
  const error = (status: number, after: 'before' | 'after' = 'before'): Fault => ({
    status,
    body: { message: 'scripted', documentation_url: 'https://docs.github.com/rest', status: String(status) },
    after
  })
  const CREATE = 'issues/create-comment'
  const UPDATE = 'issues/update-comment'
  const LIST = 'issues/list-comments'
  const REACT = 'reactions/create-for-issue-comment'
  const rows: readonly (readonly [name: string, rule: FaultRule])[] = [
    ...[502, 503].map((status) => [`create ${status}`, { operation: CREATE, kind: error(status) }] as const),
    ['create 502, stored', { operation: CREATE, kind: error(502, 'after') }],
    ['create cut off', { operation: CREATE, kind: 'drop-before' }],
    ['create cut off, stored', { operation: CREATE, kind: 'drop-after' }],
    ['create answered in HTML', { operation: CREATE, kind: 'html' }],
    ['create too soon', { operation: CREATE, kind: secondaryLimit(1, 429) }],
    ['create 422', { operation: CREATE, kind: error(422) }],
    ...[1, 2, 3, 4].flatMap((nth) =>
      (['drop-before', 'drop-after', 'html', 'html-200'] as const).map(
        (kind) => [`edit ${nth} ${kind}`, { operation: UPDATE, nth, kind }] as const
      )
    ),
    ['every edit 502, stored', { operation: UPDATE, nth: 1, kind: error(502, 'after') }],
    ['edit too soon', { operation: UPDATE, nth: 2, kind: secondaryLimit(1, 403) }],
    ['edit 422', { operation: UPDATE, nth: 2, kind: error(422) }],
    ...[1, 2, 3].flatMap((nth) =>
      (['drop-before', 'html-200'] as const).map(
        (kind) => [`list ${nth} ${kind}`, { operation: LIST, nth, kind }] as const
      )
    ),
    ['reaction 502', { operation: REACT, kind: error(502) }],
    ['reaction 502, stored', { operation: REACT, kind: error(502, 'after') }],
    ['reactions never', { operation: REACT, nth: 'always', kind: error(403) }],
    ['reaction not taken off', { operation: 'reactions/delete-for-issue-comment', kind: error(502) }],
    ['who we are, 500', { operation: 'users/get-authenticated', kind: error(500) }],
    ['the pull request, 502', { operation: 'pulls/get', nth: 2, kind: error(502) }],
    ['the pull request, gone', { operation: 'pulls/get', nth: 3, kind: error(404) }]
  ]
  test.each(rows)('%s', async (_, rule) => {
    const place = await aPlace()
    const trap = place.github.fault(rule)
    const { end, handedOver } = await play(place)
    expect(trap.hits).toBeGreaterThan(0)
    expect(statusOf(end, { failOn: 'regression' })).toBe(0)
    expect(handedOver.map(({ verdict }) => verdict)).toEqual(['improvement'])
    expect(ours(place)).toEqual([expect.stringMatching(FINAL)])
    expect(handedOver[0]?.url).toMatch(/#issuecomment-\d+$/)
  })

  test('the comment is deleted while it runs', async () => {
    const place = await aPlace()
    const remove = (): void => {
      for (const { id } of place.github.comments(PULL)) place.github.deleteComment(id)
    }
    const { handedOver } = await play(place, { onTrial: (trial) => (trial === 1 ? remove() : undefined) })
    expect(ours(place)).toEqual([expect.stringMatching(FINAL)])
    expect(handedOver).toHaveLength(1)
  })

  test('the pull request is closed while it runs', async () => {
    const place = await aPlace()
    await play(place, { onTrial: () => place.github.closePullRequest(PULL) })
    expect(ours(place)).toEqual([expect.stringMatching(FINAL)])
  })

  test.each([
    [
      'a token that may only read',
      { token: { as: 'github-actions[bot]', scopes: { pull_requests: 'read' } } },
      false
    ],
    ['a locked conversation', {}, true]
  ] as const)('none where we may not write: %s', async (_, options, isLocked) => {
    const place = await aPlace(options)
    if (isLocked) place.github.lock(PULL)
    const { handedOver, lines } = await play(place)
    expect(handedOver).toEqual([{ verdict: 'improvement', url: null }])
    expect(ours(place)).toEqual([])
    expect(lines.join('\n')).toMatch(/Warning: .*pull-requests: write/)
  })
})

describe('head that moves', () => {
  const NEXT = 'c'.repeat(40)

  test('while it is measured: published for what was measured, and said to be outdated', async () => {
    const place = await aPlace()
    await play(place, { onTrial: () => place.github.push(PULL, NEXT) })
    expect(ours(place)[0]).toMatch(
      /\n## .*Improvement.*\n\n⚠️ \*\*Outdated:\*\* this is about `aaaaaaa`; the pull request is at `ccccccc`/u
    )
  })

  test('before anything was checked out: an approved fork is not run', async () => {
    const place = await aPlace()
    const target = { isApprovedFork: true }
    const before = await place.forge.pullRequest(PULL)
    if (!before.ok) throw new Error(before.error.message)
    place.github.push(PULL, NEXT)
    const { end } = await play(place, { target: { ...target, pullRequest: before.value } })
    expect(end.kind).toBe('withdrawn')
    expect(ours(place)).toEqual([expect.stringContaining(`/prove head-sha=${NEXT}`)])
  })

  test('before anything was checked out: a branch of the repository is measured as it was asked for', async () => {
    const place = await aPlace()
    const before = await place.forge.pullRequest(PULL)
    if (!before.ok) throw new Error(before.error.message)
    place.github.push(PULL, NEXT)
    const { end } = await play(place, { target: { pullRequest: before.value } })
    expect(end.kind).toBe('published')
    expect(ours(place)[0]).toContain('**Outdated:**')
  })

  test('where it cannot be known: an approved fork is not run', async () => {
    const place = await aPlace()
    place.github.fault({ operation: 'pulls/get', nth: 2, kind: { status: 404, body: {} } })
    const { end } = await play(place, { target: { isApprovedFork: true } })
    expect(end.kind).toBe('unreachable')
  })

  test('closed before anything was built: not run', async () => {
    const place = await aPlace()
    const before = await place.forge.pullRequest(PULL)
    place.github.closePullRequest(PULL)
    const { end } = await play(place, { target: { pullRequest: before.ok ? before.value : null } })
    expect(end).toMatchObject({ kind: 'withdrawn' })
  })
})

describe('a dispatch', () => {
  const target = { pullRequest: null }

  test('finds the one open pull request that has this head', async () => {
    const place = await aPlace()
    await play(place, { target, looksForPullRequest: true })
    expect(ours(place)).toEqual([expect.stringMatching(FINAL)])
  })

  test('writes nowhere where two have it, and where it is not to look', async () => {
    const place = await aPlace()
    place.github.pullRequest({ number: 8, headBranch: 'same', headSha: HEAD, author: 'writer' })
    await play(place, { target, looksForPullRequest: true })
    await play(place, { target })
    expect(asked(place).filter((operation) => operation === 'issues/create-comment')).toEqual([])
  })
})

test('three hours of four blocks and five pairs: at most 700 requests, and 560 that write', async () => {
  const place = await aPlace()
  const trials = 2 * 4 + 2 * 4 * 5
  await play(place, { trials, secondsApart: Math.round((3 * 3600) / trials) })
  const { requests } = place.github
  const writes = requests.filter(({ method }) => method !== 'GET')
  expect(requests.length).toBeLessThanOrEqual(700)
  expect(writes.length).toBeLessThanOrEqual(560)
  expect(writes.length).toBeGreaterThan(100)
}, 60_000)
