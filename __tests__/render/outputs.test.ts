import { expect, test } from 'vitest'
import { OUTPUTS } from '../../src/inputs/outputs.ts'
import { renderOutputs } from '../../src/render/outputs.ts'
import { hostileRun } from '../support/hostile.ts'
import { RECORDED } from '../support/recorded.ts'
import { aRun, planFor } from '../support/runs.ts'
import { runOf } from './run-of.ts'

const places = {
  json: '/reports/report.json',
  markdown: '/reports/comment.md',
  commentUrl: 'https://github.com/lambdaclass/ethrex/pull/5224#issuecomment-1'
}

test('every documented output has a value, and no other', () => {
  const outputs = renderOutputs(runOf(aRun(RECORDED)), places)
  expect(Object.keys(outputs)).toEqual(OUTPUTS.map(({ name }) => name))
  expect(outputs).toEqual({
    verdict: 'improvement',
    'cycles-verdict': 'improvement',
    'time-verdict': 'improvement',
    'cycles-percent': '-29.90',
    'time-percent': '-28.7',
    proofs: '16',
    'gpu-minutes': '231.1',
    'comment-url': places.commentUrl,
    'report-json': places.json,
    'report-markdown': places.markdown,
    'report-html': ''
  })
})

test('what is not known is empty', () => {
  const plan = planFor(RECORDED, { mode: 'execute' })
  const outputs = renderOutputs(runOf(aRun(RECORDED, { plan, records: [] })), {
    ...places,
    commentUrl: ''
  })
  expect(outputs).toMatchObject({
    'time-verdict': '',
    'cycles-percent': '',
    'time-percent': '',
    'comment-url': ''
  })
})

test('no value holds a line break or a word of a stranger', () => {
  const outputs = renderOutputs(runOf(hostileRun()), places)
  for (const value of Object.values(outputs)) expect(value).toMatch(/^[\w.:/#+-]*$/)
})
