import { describe, expect, test } from 'vitest'
import { primaryLimit, secondaryLimit, type Fault } from '../../support/github/faults.ts'
import type { Answer } from '../../../src/io/forge.ts'
import { milliseconds, type Milliseconds } from '../../../src/domain/quantity.ts'
import { aPlace, asked, once, patient, PULL, type Place } from './place.ts'

const said = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
  status,
  headers,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
})

const READ_ONLY = said(403, 'Resource not accessible by integration')

/** What is asked, on a pull request with one comment of ours. */
const ACTS = {
  list: ({ forge }, timeout) => forge.comments(PULL, null, patient(timeout)),
  'list once': ({ forge }, timeout) => forge.comments(PULL, null, once(timeout)),
  create: ({ forge }, timeout) => forge.createComment(PULL, 'two', patient(timeout)),
  edit: (place, timeout) => place.forge.editComment(ourComment(place), 'two', patient(timeout)),
  'edit once': (place, timeout) => place.forge.editComment(ourComment(place), 'two', once(timeout)),
  delete: (place, timeout) => place.forge.deleteComment(ourComment(place), patient(timeout)),
  react: (place, timeout) => place.forge.react(ourComment(place), 'eyes', patient(timeout))
} satisfies Record<string, (place: Place, timeout?: Milliseconds) => Answer<unknown>>

const ourComment = ({ github }: Place): number => github.comments(PULL)[0]!.id

/** `n×` requests; `ok`, or the refusal as `kind: message`; comments afterwards. */
type Row = readonly [act: keyof typeof ACTS, expected: string, comments?: string]

const TABLE: readonly {
  readonly fault: string
  readonly kind: Fault
  readonly always?: true
  /** ms; default: longer than any test takes. */
  readonly timeout?: number
  readonly rows: readonly Row[]
}[] = [
  {
    fault: 'a token that may only read',
    kind: READ_ONLY,
    always: true,
    rows: [
      ['create', '1× forbidden: GitHub does not allow it (403): Resource not accessible by integration'],
      ['edit', '1× forbidden: GitHub does not allow it (403): Resource not accessible by integration']
    ]
  },
  {
    fault: 'a token that has expired',
    kind: said(401, 'Bad credentials'),
    always: true,
    rows: [['edit', '1× forbidden: GitHub does not allow it (401): Bad credentials']]
  },
  {
    fault: 'nothing there',
    kind: said(404, 'Not Found'),
    always: true,
    rows: [
      ['list', '1× missing: GitHub does not have it (404): Not Found'],
      ['edit', '1× missing: GitHub does not have it (404): Not Found'],
      ['delete', '1× ok']
    ]
  },
  {
    fault: 'gone for good',
    kind: said(410, 'This issue was deleted'),
    always: true,
    rows: [
      ['create', '1× missing: GitHub does not have it (410): This issue was deleted'],
      ['delete', '1× ok']
    ]
  },
  {
    fault: 'not to its liking',
    kind: {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'IssueComment', code: 'custom', message: 'body is too long' }, 'and odd', 7]
      }
    },
    always: true,
    rows: [
      ['edit', '1× invalid: GitHub does not take it (422): Validation Failed: body is too long, and odd']
    ]
  },
  {
    fault: 'a secondary limit for two seconds',
    kind: secondaryLimit(2),
    rows: [
      ['edit', '2× ok', 'two'],
      ['list', '2× ok'],
      [
        'edit once',
        '1× limited: GitHub takes no more requests for now (403): You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      ],
      [
        'create',
        '1× limited: GitHub takes no more requests for now (403): You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      ]
    ]
  },
  {
    fault: 'a secondary limit without an end',
    kind: secondaryLimit(2),
    always: true,
    rows: [
      [
        'list',
        '4× limited: GitHub takes no more requests for now (403): You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      ]
    ]
  },
  {
    fault: 'a limit that is told by status and header alone',
    kind: said(429, 'Too many requests', { 'retry-after': '1' }),
    rows: [['list', '2× ok']]
  },
  {
    fault: 'a limit of eleven minutes',
    kind: said(429, 'Too many requests', { 'retry-after': '660' }),
    rows: [['list', '1× limited: GitHub takes no more requests for now (429): Too many requests']]
  },
  {
    fault: 'limits of four minutes each: the third is too much',
    kind: said(429, 'Too many requests', { 'retry-after': '240' }),
    always: true,
    rows: [['list', '3× limited: GitHub takes no more requests for now (429): Too many requests']]
  },
  {
    fault: 'a primary limit for a minute',
    kind: primaryLimit(60),
    rows: [
      ['list', '2× ok'],
      [
        'list once',
        '1× limited: GitHub takes no more requests for now (403): API rate limit exceeded for installation ID 41898282.'
      ]
    ]
  },
  {
    fault: 'a primary limit for an hour',
    kind: primaryLimit(3600, 429),
    rows: [
      [
        'list',
        '1× limited: GitHub takes no more requests for now (429): API rate limit exceeded for installation ID 41898282.'
      ]
    ]
  },
  {
    fault: 'a bad moment',
    kind: 'html',
    rows: [
      ['list', '2× ok'],
      ['edit', '2× ok', 'two'],
      ['delete', '2× ok', ''],
      ['react', '2× ok'],
      ['create', '1× unreachable: GitHub failed (502)'],
      ['edit once', '1× unreachable: GitHub failed (502)'],
      ['list once', '1× unreachable: GitHub failed (502)']
    ]
  },
  {
    fault: 'a bad moment after all was done',
    kind: { status: 502, body: { message: 'Server Error' }, after: 'after' },
    rows: [
      ['edit', '2× ok', 'two'],
      ['delete', '2× ok', ''],
      ['create', '1× unreachable: GitHub failed (502): Server Error', 'one two'],
      [
        'react',
        '2× unreachable: GitHub has the reaction, but its first answer was lost: the reaction may be ours or an earlier one'
      ]
    ]
  },
  {
    fault: 'a bad day',
    kind: said(503, 'Service unavailable'),
    always: true,
    rows: [['list', '4× unreachable: GitHub failed (503): Service unavailable']]
  },
  {
    fault: 'a connection that drops',
    kind: 'drop-before',
    rows: [
      ['list', '2× ok'],
      ['edit', '2× ok', 'two'],
      ['create', '1× unreachable: no answer from GitHub (UND_ERR_SOCKET)']
    ]
  },
  {
    fault: 'a connection that drops after all was done',
    kind: 'drop-after',
    rows: [
      ['create', '1× unreachable: no answer from GitHub (UND_ERR_SOCKET)', 'one two'],
      ['edit', '2× ok', 'two']
    ]
  },
  {
    fault: 'a page where there should be JSON',
    kind: 'html-200',
    rows: [
      ['list', "1× unreachable: GitHub's answer (200) is not what its description says"],
      ['create', "1× unreachable: GitHub's answer (200) is not what its description says"],
      ['edit', "1× unreachable: GitHub's answer (200) is not what its description says"],
      ['delete', "1× unreachable: GitHub's answer (200) is not what its description says"],
      ['react', "1× unreachable: GitHub's answer (200) is not what its description says"]
    ]
  },
  {
    fault: 'JSON of another form',
    kind: { status: 200, body: [{ id: '7', body: null }] },
    rows: [['list', "1× unreachable: GitHub's answer (200) is not what its description says"]]
  },
  {
    fault: 'JSON that is cut short, of a kind that is none',
    kind: { status: 200, headers: { 'content-type': '*; =,"' } },
    rows: [['list', "1× unreachable: GitHub's answer (200) is not what its description says"]]
  },
  {
    fault: 'no answer, once',
    kind: 'hang',
    timeout: 700,
    rows: [['list', '2× ok']]
  },
  {
    fault: 'no answer, ever',
    kind: 'hang',
    always: true,
    timeout: 250,
    rows: [
      ['list', '4× unreachable: GitHub did not answer within 0.25 s'],
      ['create', '1× unreachable: GitHub did not answer within 0.25 s'],
      ['edit once', '1× unreachable: GitHub did not answer within 0.25 s']
    ]
  },
  {
    fault: 'no answer after all was done',
    kind: 'hang-after',
    timeout: 250,
    rows: [['create', '1× unreachable: GitHub did not answer within 0.25 s', 'one two']]
  }
]

describe.each(TABLE)('$fault', ({ kind, always, timeout, rows }) => {
  for (const [act, expected, comments = 'one'] of rows) {
    test(`${act}: ${expected}`, async () => {
      const place = await aPlace({ isThrottled: true })
      const { github } = place
      github.comment(PULL, 'github-actions[bot]', 'one')
      github.fault({ operation: '*', nth: always === true ? 'always' : 1, kind })
      const end = await ACTS[act](place, timeout === undefined ? undefined : milliseconds(timeout))
      const told = end.ok ? 'ok' : `${end.error.kind}: ${end.error.message}`
      expect(`${asked(place).length}× ${told}`).toBe(expected)
      const bodies = github.comments(PULL).map(({ body }) => body)
      expect(bodies.join(' ')).toBe(comments)
    })
  }
})

test('what GitHub says is shown in one line, cut, without a secret', async () => {
  const { github, forge } = await aPlace()
  const message = `see\r\n::set-output name=x::y \u001b[31m##[group] hunt\u200ber22 hunter22 \u202e${'x'.repeat(500)}`
  github.fault({ operation: '*', nth: 'always', kind: said(422, message) })
  const refused = await forge.comments(PULL, null, once())
  const line = refused.ok ? '' : refused.error.message
  expect(line).toMatch(/^GitHub does not take it \(422\): see ::set-output name=x::y ##\[group\] hunt/)
  expect(line).toMatch(/ hunt\\u\{200b\}er22 \*\*\* \\u\{202e\}x{100,150}…$/)
})

test('nobody who listens', async () => {
  const { github, forge } = await aPlace()
  await github.close()
  const refused = await forge.pullRequest(PULL)
  expect(refused).toMatchObject({ error: { message: 'no answer from GitHub (ECONNREFUSED)' } })
})
