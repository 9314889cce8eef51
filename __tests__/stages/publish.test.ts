import { expect, test } from 'vitest'
import { createRedactor } from '../../src/io/node/secrets.ts'
import { presentRun } from '../../src/stages/publish.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun, ofOneLeg } from '../support/runs.ts'

const KEY = '0123456789abcdef0123456789abcdef'
const URL = `https://rpc.example.org/v3/${KEY}`
const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'

test('a secret in a message, a tail or a note is in no text, however it is written to be inert', () => {
  const said = `error: ${URL} with ${TOKEN} answered 500`
  const failure = { side: 'head', stage: 'build', block: null, reason: 'build-failed' } as const
  const measurements = aRun(RECORDED, {
    failures: [{ ...failure, message: said, tail: `${said}\n${said}` }],
    notes: [said]
  })
  const context = {
    pullRequest: 7,
    key: 'default',
    run: { id: 1, attempt: 1 },
    runUrl: null,
    outdatedBy: null
  }
  const { comment, json, report } = presentRun(ofOneLeg(measurements), context, createRedactor([URL, TOKEN]))
  const visible = (text: string): string => text.replaceAll(/[\u200b\ufffd]|&#\d+;/g, '')
  const kept = report.legs.flatMap(({ failures, notes }) => [
    ...failures.flatMap(({ message, tail }) => [message, tail]),
    ...notes
  ])
  expect(kept.length).toBeGreaterThan(2)
  for (const text of [comment, json, ...kept]) {
    expect(visible(text)).not.toContain(KEY)
    expect(visible(text)).not.toContain(TOKEN.slice(4))
  }
  expect(comment).toContain('error')
})
