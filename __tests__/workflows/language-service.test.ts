/** GitHub's own language service reads every workflow that we ship, and our `action.yml`. */
import { describe, expect, test } from 'vitest'
import { EXAMPLES, OWN, textOf } from './files.ts'
import { diagnose } from './language-service.ts'

test.each([...EXAMPLES, ...OWN, 'action.yml'])('%s', async (path) => {
  expect(await diagnose(path, textOf(path))).toEqual([])
})

/** A checker that finds nothing may be one that does not look. */
describe('what it finds in', () => {
  const PLANTED: readonly (readonly [string, string, string, string, RegExp])[] = [
    [
      'an input that is misspelt',
      'examples/push.yml',
      'mode: execute',
      'mod: execute',
      /Invalid action input 'mod'/
    ],
    [
      'an input that is missing',
      'examples/dispatch.yml',
      'path: |',
      'name-of-path: |',
      /Missing required input `path`/
    ],
    [
      'a commit that is not the pinned one',
      '.github/workflows/check.yml',
      '@3d3c42e',
      '@3d3c42f',
      /Unable to resolve/
    ],
    [
      'a scope that there is not',
      'examples/push.yml',
      'contents: read',
      'content: read',
      /Unexpected value 'content'/
    ],
    [
      'a right that there is not',
      'examples/push.yml',
      'contents: read',
      'contents: all',
      /Unexpected value 'all'/
    ],
    [
      'a context that there is not',
      'examples/push.yml',
      'steps.proving.outputs',
      'step.proving.outputs',
      /Unrecognized named-value: 'step'/
    ],
    [
      'a step that there is not',
      'examples/push.yml',
      'steps.proving.outputs',
      'steps.prove.outputs',
      /Context access might be invalid: prove/
    ],
    [
      'a context out of its place',
      'examples/pull-request.yml',
      'github.event.label.name',
      'steps.x',
      /Unrecognized named-value: 'steps'/
    ],
    ['a field of no event', 'examples/pull-request.yml', 'pull_request.head', 'pull_request.haed', /haed/],
    ['an event that there is not', 'examples/push.yml', 'push:', 'pushes:', /Unexpected value 'pushes'/],
    [
      'a type of no event',
      'examples/pull-request.yml',
      'synchronize',
      'synchronise',
      /Unexpected value 'synchronise'/
    ],
    [
      'an input that is not declared',
      'examples/dispatch.yml',
      'inputs.head',
      'inputs.heads',
      /Context access might be invalid: heads/
    ],
    [
      'a key that there is not',
      'examples/push.yml',
      'timeout-minutes',
      'timeout-minute',
      /Unexpected value 'timeout-minute'/
    ],
    [
      'an expression that does not end',
      'examples/push.yml',
      "== 'regression'",
      "== 'regression",
      /Unexpected symbol/
    ],
    ['a runtime that there is not', 'action.yml', 'node24', 'node99', /node99/],
    ['an action without a file', 'action.yml', '  main: dist/action.js\n', '', /main/]
  ]

  test.each(PLANTED)('%s', async (_, path, here, planted, expected) => {
    const text = textOf(path)
    expect(text).toContain(here)
    expect((await diagnose(path, text.replace(here, planted))).join('\n')).toMatch(expected)
  })
})
