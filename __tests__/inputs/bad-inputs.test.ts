import { expect, test } from 'vitest'
import { parseInputs, problemLine } from '../../src/inputs/parse.ts'
import type { RawInputs } from '../../src/inputs/parse.ts'
import type { InputContext } from '../../src/inputs/kind.ts'
import { INPUT_NAMES } from '../../src/inputs/spec.ts'
import { BAD_INPUTS } from './bad-inputs.ts'
import { ACTION, TERMINAL } from './context.ts'

const linesOf = (raw: RawInputs, context: InputContext): readonly string[] => {
  const result = parseInputs(raw, context)
  return result.ok ? [] : result.error.map((problem) => problemLine(problem, context.surface))
}

test('every kind of bad input has its sentence', async () => {
  const sections = BAD_INPUTS.map(([kind, raw, context]) =>
    [kind, ...linesOf(raw, { ...TERMINAL, ...context })].join('\n  ')
  )
  await expect(`${sections.join('\n')}\n`).toMatchFileSnapshot('golden/bad-inputs.txt')
})

const CASES = BAD_INPUTS.map(([kind, raw, context = {}]) => [kind, raw, context] as const)

test.each(CASES)(
  '%s is refused, in as many lines as problems, and says what is allowed',
  (_, raw, context) => {
    const lines = linesOf(raw, { ...TERMINAL, ...context })
    expect(lines).not.toEqual([])
    for (const line of lines) {
      expect(line).toMatch(/allowed( for now)?: |^--blocks: has 2 more items/)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  }
)

test('no sentence shows what may be a secret', () => {
  const lines = BAD_INPUTS.flatMap(([, raw, context]) => linesOf(raw, { ...TERMINAL, ...context }))
  expect(lines.filter((line) => /hunter2|ghp_/.test(line))).toEqual([])
})

test('what is known and not built yet says so, what is neither does not', () => {
  for (const [kind, raw] of BAD_INPUTS) {
    expect(
      linesOf(raw, TERMINAL).some((line) => line.includes('not supported yet')),
      kind
    ).toBe(kind.startsWith('later: '))
  }
})

test('several at once are all named, in the order of the table', () => {
  const raw = {
    colour: 'red',
    'report-dir': '/',
    'pass-env': 'RPC_URL',
    'gpu-minutes': 'lots',
    'time-margin': '100%',
    head: '-x',
    network: 'sepolia',
    mode: 'fast'
  }
  expect(linesOf(raw, { ...ACTION, rpcUrl: 'nowhere' })).toMatchInlineSnapshot(`
    [
      "mode: "fast" is not known; allowed: prove, execute or calibrate",
      "blocks: is required where network is "sepolia", as the default, "23426993-23426996", is of mainnet; allowed: blocks of sepolia",
      "head: "-x" begins with "-"; allowed: the name of a branch or tag, or a commit id",
      "rpc-url: has a value (a secret, not shown) that is not allowed; allowed: an http or https URL",
      "time-margin: "100%" cannot be used; allowed: above 0% and at most 20%",
      "gpu-minutes: "lots" cannot be used; allowed: whole minutes from 1 to 525600, or none",
      "pass-env: "RPC_URL" belongs to the runner or holds a secret, which measured code must not see; allowed: other variables",
      "report-dir: "/" holds more than ours; allowed: a directory of its own",
      "colour: is not an input; allowed: those that the README lists",
    ]
  `)
})

test('all inputs bad: each is named once', () => {
  const result = parseInputs(Object.fromEntries(INPUT_NAMES.map((name) => [name, '\u{0}'])), TERMINAL)
  expect(result.ok ? [] : result.error.map((problem) => problem.input)).toEqual(INPUT_NAMES)
})
