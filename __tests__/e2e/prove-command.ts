import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { htmlOf } from '../support/html.ts'
import { processesWith } from '../support/laboratory.ts'
import { ourStep, type Said, type Scenario, type Where } from '../support/scenario.ts'
import { sharedScenario } from '../support/shared-scenario.ts'
import { until } from '../support/terminal.ts'

let scenario: Scenario
let where: Where

beforeAll(async () => {
  scenario = await sharedScenario()
  const { github, headSha, headBranch } = scenario
  where = github.pullRequest({ number: 20, headBranch, headSha, author: 'author' })
})

afterEach(() => {
  expect(scenario.github.violations).toEqual([])
})

const bodies = (pullRequest: Where): readonly string[] => scenario.ours(pullRequest).map(({ body }) => body)

const eyes = (comment: number): readonly string[] =>
  scenario.github.reactions(comment).map(({ content }) => content)

/** A runner takes one job at a time. */
const ELSEWHERE = { isOnOtherRunner: true } as const

/** What came of a command: the exit status and the requests that were made; null where no job began. */
const outcome = async (said: Said): Promise<number | null> => {
  const ended = await said.ended
  return ended.skipped === null ? ourStep(ended).main.exitCode : null
}

test('a command by a writer runs, with an eye on it and an answer; one that is wrong gets its sentence', async () => {
  const said = scenario.say(where, 'maintainer', '/prove blocks=100\r\nbecause I want to know')
  const { main } = ourStep(await said.ended)
  expect([main.exitCode, main.outputs['verdict'], eyes(said.comment)]).toEqual([0, 'regression', ['eyes']])
  expect(bodies(where)).toEqual([expect.stringContaining('## ❌ Regression: cycles +23.81% on block 100')])

  const wrong = scenario.say(where, 'maintainer', '/prove blocks=5-1 zkvm=sp2')
  expect(await outcome(wrong)).toBe(2)
  const reply = bodies(where)[1] ?? ''
  expect(reply).toContain('blocks: "5-1"')
  expect(reply).toContain('zkvm: "sp2"')
  expect(reply).not.toMatch(/^\/prove/)
})

test('`/prove cancel` by a writer ends the run that is under way, and nobody else’s does', async () => {
  const { github } = scenario
  const running = scenario.say(where, 'maintainer', '/prove blocks=101')
  await until(
    () => processesWith(scenario.directory).some((line) => line.includes(' 101 ')),
    'the trial that hangs'
  )
  const before = github.comments(where).length

  // Meanwhile: whatever others say, and however they say it.
  const others: readonly (readonly [
    login: string,
    body: string,
    status: number | null,
    mark: readonly string[]
  ])[] = [
    ['reader', '/prove', 0, ['confused']],
    ['reader', '/prove cancel', 0, ['confused']],
    ['stranger', '/prove', 0, ['confused']],
    ['helpful[bot]', '/prove', null, []],
    ['maintainer', '> /prove', null, []],
    ['maintainer', '```\n/prove\n```', null, []],
    ['maintainer', '/proven', 0, []]
  ]
  for (const [login, body, status, mark] of others) {
    const said = scenario.say(where, login, body, ELSEWHERE)
    expect([login, body, await outcome(said), eyes(said.comment)]).toEqual([login, body, status, mark])
  }
  const edited = github.comment(where, 'maintainer', 'hello')
  github.editComment(edited, '/prove')
  const details = { action: 'edited', comment: edited, before: 'hello' }
  expect(await scenario.happen('examples/prove-command.yml', 'issue_comment', details).ended).toHaveProperty(
    'skipped'
  )
  // None of them was answered: there are their own comments, and no more.
  expect(github.comments(where).length).toBe(before + others.length + 1)

  const cancel = scenario.say(where, 'maintainer', '/prove cancel', ELSEWHERE)
  expect(await outcome(cancel)).toBe(0)
  const { main, post } = ourStep(await running.ended)
  expect([main.exitCode, post.exitCode, main.outputs['verdict']]).toEqual([130, 0, 'cancelled'])
  expect(eyes(cancel.comment)).toEqual(['eyes'])
  expect(bodies(where).at(0)).toMatch(/## .*Cancelled: no verdict after 1 of at most 39 trials/)
  expect(processesWith(scenario.directory)).toEqual([])
}, 180_000)

test('a fork runs at the commit that was approved, and not when it was pushed again', async () => {
  const { github } = scenario
  const sha = await scenario.commitOn('from-a-fork', { cyclesPerGas: { read_input: 1, execution: 30 } })
  scenario.keepForFork(21, sha, 'from-a-fork')
  const setup = { headRepository: 'stranger/ethrex', headBranch: 'main', headSha: sha, author: 'stranger' }
  const fork = github.pullRequest({ number: 21, ...setup })
  const fetched = (): number => github.gitRequests.length
  const before = fetched()

  expect(await outcome(scenario.say(fork, 'maintainer', '/prove blocks=100'))).toBe(0)
  const line = `/prove head-sha=${sha} blocks=100`
  expect(bodies(fork)).toEqual([expect.stringContaining(line)])
  expect(await outcome(scenario.say(fork, 'stranger', line))).toBe(0)
  expect(await outcome(scenario.say(fork, 'maintainer', `/prove head-sha=${sha.slice(0, 12)}`))).toBe(0)
  expect(fetched()).toBe(before)

  const approved = ourStep(await scenario.say(fork, 'maintainer', line).ended)
  expect([approved.main.exitCode, approved.main.outputs['verdict']]).toEqual([0, 'improvement'])
  expect(bodies(fork).at(-1)).toContain(`head \`${sha.slice(0, 7)}\``)

  github.push(fork, scenario.headSha)
  const again = fetched()
  expect(await outcome(scenario.say(fork, 'maintainer', line))).toBe(0)
  expect(bodies(fork).at(-1)).toContain(scenario.headSha)
  expect(fetched()).toBe(again)
})

test('a branch, a block file and an error that would like to be markup or commands are text', async () => {
  const { github, headSha, witnesses } = scenario
  const headBranch = 'x/<img>@lambdaclass/`a`|b#1'
  const hostile = github.pullRequest({ number: 22, headBranch, headSha, author: 'author' })
  const forged =
    '</details>@lambdaclass/everyone <img src=x> [x](https://evil.example) ::error::x ##[add-mask]x'
  writeFileSync(
    join(witnesses, 'cache_mainnet_777.json'),
    JSON.stringify({ network: { PublicNetwork: forged } })
  )
  writeFileSync(
    join(witnesses, 'cache_mainnet_778.json'),
    `${forged}\r::set-output name=verdict::improvement`
  )
  // A block file that is none, a name that leads nowhere, and a run that fails on a block.
  const asked = [
    ['/prove blocks=777,778', 2],
    ['/prove blocks=104 base=<img/src=x>@lambdaclass/everyone', 2],
    ['/prove blocks=104', 1]
  ] as const
  const seen: string[] = []
  for (const [command, status] of asked) {
    const { main } = ourStep(await scenario.say(hostile, 'maintainer', command).ended)
    expect([command, main.exitCode]).toEqual([command, status])
    const foreign = main.commands.filter(
      ({ name }) => !['group', 'endgroup', 'notice', 'error'].includes(name)
    )
    expect(foreign).toEqual([])
    seen.push(...bodies(hostile), main.summary ?? '')
  }
  expect(seen.join('\n')).toMatch(/lambdaclass\/everyone/)
  for (const body of seen) {
    const { tags, links, text } = htmlOf(body)
    expect(tags.filter((tag) => ['img', 'script', 'style'].includes(tag))).toEqual([])
    expect(links.filter((link) => !link.startsWith(github.serverUrl))).toEqual([])
    expect(text).not.toMatch(/@lambdaclass|#1\b/)
  }
})
