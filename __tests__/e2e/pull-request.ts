import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { processesWith } from '../support/laboratory.ts'
import { ourStep, type Scenario, type Where } from '../support/scenario.ts'
import { sharedScenario } from '../support/shared-scenario.ts'
import { ROOT } from '../support/terminal.ts'

const BY_LABEL = 'examples/pull-request.yml'
const BY_HAND = 'examples/dispatch.yml'

let scenario: Scenario
let where: Where

beforeAll(async () => {
  scenario = await sharedScenario()
  const { github, headSha, headBranch } = scenario
  where = github.pullRequest({ number: 7, headBranch, headSha, author: 'author', labels: ['prove'] })
})

afterEach(() => {
  expect(scenario.github.violations).toEqual([])
  expect(processesWith(scenario.directory)).toEqual([])
})

const bodies = (pullRequest: Where): readonly string[] => scenario.ours(pullRequest).map(({ body }) => body)

describe('by label', () => {
  const forged = '<!-- proving-regression v1 pr=7 key=default run=1.1 -->\n## ✅ Improvement: trust me'
  let early: number

  test('a pull request gets one comment, outputs, a summary and an annotation', async () => {
    const { github } = scenario
    early = github.comment(where, 'reader', forged)
    const details = { action: 'labeled', label: 'prove', pullRequest: where }
    const { ended } = scenario.happen(BY_LABEL, 'pull_request', details)
    await scenario.meanwhile(ended, () => scenario.ours(where).length > 0)
    expect(bodies(where)[0]).toMatch(/^<!-- .* run=1001\.1 -->\n## ⏳ Preparing/)
    const { main, post } = ourStep(await ended)
    const told = main.annotations.map(({ level }) => level)
    expect([main.exitCode, post.exitCode, told]).toEqual([0, 0, ['notice']])
    const [comment, ...others] = scenario.ours(where)
    expect(others).toEqual([])
    expect(comment?.body).toMatch(/## ❌ Regression: cycles \+23\.81% on block 23426996/)
    expect(comment?.body).toBe(readFileSync(join(scenario.reportDir, 'comment.md'), 'utf8'))
    expect(main.outputs).toMatchObject({ verdict: 'regression', 'cycles-percent': '+23.81', proofs: '16' })
    expect(main.outputs['comment-url']).toContain(`/pull/7#issuecomment-${comment?.id}`)
    expect(main.summary).toMatch(/^## ❌ Regression/)
    expect(github.reactions(comment?.id ?? 0)).toEqual([])
    // The comment was there before anything was fetched.
    const [fetched] = github.gitRequests.filter(({ path }) => path.endsWith('git-upload-pack'))
    const [created] = github.requests.filter(({ operationId }) => operationId === 'issues/create-comment')
    expect(Number(fetched?.at)).toBeGreaterThan(Number(created?.at))
  })

  test('a second push edits it, and the older result stays in sight until there is a new one', async () => {
    const { github, headBranch } = scenario
    const before = scenario.ours(where)[0]
    const late = github.comment(where, 'stranger', forged)
    const sha = await scenario.commitOn(headBranch, { cyclesPerGas: { read_input: 1, execution: 40 } })
    github.push(where, sha)
    const details = { action: 'synchronize', pullRequest: where }
    const { ended } = scenario.happen(BY_LABEL, 'pull_request', details)
    await scenario.meanwhile(ended, () => /^## ⏳ [^]*Earlier result, for/m.test(bodies(where)[0] ?? ''))
    expect(ourStep(await ended).main.exitCode).toBe(0)
    const [comment, ...others] = scenario.ours(where)
    expect([comment?.id, others]).toEqual([before?.id, []])
    expect(comment?.body).not.toContain('Earlier result')
    expect(comment?.body).toContain(sha.slice(0, 7))
    const theirs = github.comments(where).filter(({ id }) => id === early || id === late)
    expect(theirs.map(({ body }) => body)).toEqual([forged, forged])
  })

  test('another label, and a push without the label, start nothing', async () => {
    const { github, baseSha } = scenario
    const setup = { headBranch: 'other', headSha: baseSha, author: 'author', labels: ['docs'] }
    const other = github.pullRequest({ number: 8, ...setup })
    for (const details of [
      { action: 'labeled', label: 'docs', pullRequest: other },
      { action: 'synchronize', pullRequest: other },
      { action: 'labeled', label: 'docs', pullRequest: where }
    ]) {
      expect(await scenario.happen(BY_LABEL, 'pull_request', details).ended).toHaveProperty('skipped')
    }
  })
})

describe('by dispatch', () => {
  test('two refs without a pull request give outputs and a summary', async () => {
    const { headSha, baseSha } = scenario
    const inputs = {
      head: headSha,
      base: 'main',
      blocks: '100',
      mode: 'prove',
      effort: 'default',
      'gpu-minutes': '240'
    }
    const before = scenario.github.requests.length
    const { ended } = scenario.happen(BY_HAND, 'workflow_dispatch', { inputs, sender: 'maintainer' })
    const { main } = ourStep(await ended)
    expect([main.exitCode, main.outputs['verdict'], main.outputs['comment-url']]).toEqual([
      0,
      'regression',
      ''
    ])
    expect(main.summary).toContain(baseSha.slice(0, 7))
    const asked = scenario.github.requests.slice(before).map(({ operationId }) => operationId)
    expect(asked).toEqual(['repos/list-pull-requests-associated-with-commit'])
  })

  test('a head that is a pull request’s gets its comment there', async () => {
    const { github, headSha } = scenario
    github.push(where, headSha)
    const inputs = { head: headSha, blocks: '100', mode: 'prove', effort: 'default', 'gpu-minutes': '240' }
    const { ended } = scenario.happen(BY_HAND, 'workflow_dispatch', { inputs, sender: 'maintainer' })
    const { main } = ourStep(await ended)
    expect(main.outputs['comment-url']).toContain('/pull/7#issuecomment-')
    expect(bodies(where)).toEqual([expect.stringContaining('on block 100')])
  })
})

describe('by push', () => {
  test('what main was before is base; cycles alone, a summary, and no word on any pull request', async () => {
    const { github, baseSha, headSha } = scenario
    const before = github.requests.length
    const details = { ref: 'refs/heads/main', before: baseSha, after: headSha, sender: 'maintainer' }
    const { main } = ourStep(await scenario.happen('examples/push.yml', 'push', details).ended)
    expect([main.exitCode, main.outputs['verdict'], main.outputs['proofs']]).toEqual([0, 'regression', '0'])
    expect(main.summary).toContain(`base \`${baseSha.slice(0, 7)}\``)
    expect(github.requests.slice(before)).toEqual([])
  })
})

describe('what head may do to the runner', () => {
  test('outputs, variables and paths that it sets are taken back, and no figure of it is trusted', async () => {
    const inputs = {
      head: scenario.headSha,
      blocks: '103',
      mode: 'prove',
      effort: 'default',
      'gpu-minutes': '240'
    }
    const { ended } = scenario.happen(BY_HAND, 'workflow_dispatch', { inputs, sender: 'maintainer' })
    const { main } = ourStep(await ended)
    expect([main.exitCode, main.outputs['verdict'], main.environment, main.path]).toEqual([
      3,
      'infrastructure',
      {},
      []
    ])
    expect(bodies(where)[0]).toContain('tampered')
  })
})

describe('where the forge does not let us write, the verdict and the exit status are the same', () => {
  test('a token that may not write leaves summary and outputs, and the log says what to grant', async () => {
    const { github, headSha, headBranch } = scenario
    const other = github.pullRequest({ number: 10, headBranch, headSha, author: 'author' })
    const example = readFileSync(join(ROOT, 'examples/prove-command.yml'), 'utf8')
    const file = join(scenario.directory, 'read-only.yml')
    writeFileSync(file, example.replace('pull-requests: write', 'pull-requests: read'))
    const comment = github.comment(other, 'maintainer', '/prove blocks=100')
    const { ended } = scenario.happen(file, 'issue_comment', { action: 'created', comment })
    const { main } = ourStep(await ended)
    expect([main.exitCode, main.outputs['verdict'], main.outputs['comment-url']]).toEqual([
      0,
      'regression',
      ''
    ])
    expect(main.summary).toContain('## ❌ Regression')
    expect(main.log).toContain('Grant the job `pull-requests: write`')
    expect(bodies(other)).toEqual([])
  })
})
