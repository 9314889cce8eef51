import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderActionYml, renderInputsTable, renderOutputsTable } from '../../scripts/generated/inputs.ts'
import { OUTPUTS } from '../../src/inputs/outputs.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/spec.ts'

const STYLE = { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 110 } as const

/** Names and defaults as they were agreed upon: the table is held against this one, not against itself. */
const AGREED = [
  ['github-token', '${{ github.token }}'],
  ['mode', 'prove'],
  ['effort', 'default'],
  ['blocks', '23426993-23426996'],
  ['network', 'mainnet'],
  ['zkvm', 'sp1'],
  ['resource', 'gpu'],
  ['proof-type', 'compressed'],
  ['base', ''],
  ['head', ''],
  ['base-from', 'merge-base'],
  ['variants', ''],
  ['repository', ''],
  ['host-repository', 'lambdaclass/ethrex-replay'],
  ['host-ref', ''],
  ['reference', ''],
  ['reference-repository', 'succinctlabs/rsp'],
  ['witnesses', ''],
  ['rpc-url', ''],
  ['cycle-threshold', '0.1%'],
  ['time-margin', ''],
  ['gpu-minutes', '240'],
  ['trial-timeout-minutes', '60'],
  ['when-identical', 'skip'],
  ['fail-on', 'failure'],
  ['comment', 'auto'],
  ['comment-key', 'default'],
  ['comment-author', ''],
  ['check-run', 'false'],
  ['isolation', 'none'],
  ['approved-sha', ''],
  ['pass-env', ''],
  ['cache-dir', ''],
  ['cache-limit', '100GiB'],
  ['report-dir', 'proving-regression']
]

test('names, order and defaults are the agreed ones', () => {
  expect(INPUT_NAMES.map((name) => [name, inputOf(name).default])).toEqual(AGREED)
})

describe('action.yml', () => {
  const action = parse(renderActionYml()) as {
    readonly name: string
    readonly description: string
    readonly inputs: Readonly<Record<string, { description: unknown; required: unknown; default?: unknown }>>
    readonly outputs: Readonly<Record<string, { description: unknown }>>
    readonly runs: unknown
  }

  test('runs on node', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js', post: 'dist/post.js' })
    expect(action.description.length).toBeLessThanOrEqual(125)
  })

  test('has every input, with a text for a default where there is one', () => {
    expect(Object.keys(action.inputs)).toEqual(INPUT_NAMES)
    for (const [name, wanted] of AGREED) {
      const input = action.inputs[name ?? '']
      expect(input?.default ?? '').toBe(wanted)
      expect(input?.required).toBe(false)
    }
  })

  test('descriptions survive YAML', () => {
    for (const name of INPUT_NAMES) {
      const { more, summary } = inputOf(name)
      expect(action.inputs[name]?.description).toContain(`${summary}${more === undefined ? '' : ` ${more}`}`)
    }
    expect(
      Object.entries(action.outputs).map(([name, { description }]) => ({
        name,
        description: String(description).trim()
      }))
    ).toEqual(OUTPUTS)
  })

  test('is as prettier leaves it', async () => {
    expect(await format(renderActionYml(), { ...STYLE, parser: 'yaml' })).toBe(renderActionYml())
  })
})

test('the outputs are the agreed ones', () => {
  expect(OUTPUTS.map((output) => output.name).join(' ')).toBe(
    'verdict cycles-verdict time-verdict cycles-percent time-percent proofs gpu-minutes comment-url report-json ' +
      'report-markdown report-html'
  )
})

describe.each([
  ['inputs', renderInputsTable(), INPUT_NAMES, 3],
  ['outputs', renderOutputsTable(), OUTPUTS.map((output) => output.name), 2]
])('the table of %s', (_, markdown, names, columns) => {
  const [, , ...rows] = markdown.trimEnd().split('\n')

  test('has a row for each, in order', () => {
    expect(rows.map((row) => /^\| `([^`]+)` /.exec(row)?.[1])).toEqual(names)
    for (const row of rows) expect(row.split(/(?<!\\)\|/).length).toBe(columns + 2)
  })

  test('keeps what looks like HTML in code', () => {
    expect(markdown.replace(/`[^`]*`/g, '')).not.toMatch(/[<>[\]*_]/)
  })

  test('is as prettier leaves it', async () => {
    expect(await format(markdown, { ...STYLE, parser: 'markdown' })).toBe(markdown)
  })
})
