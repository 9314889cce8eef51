import { expect, test } from 'vitest'
import { parseJson } from '../../src/provers/json.ts'

test.each(['null', '1', '"a: b"', '[]', '{}', '{"a":{"a":1},"b":[{"a":2},"x\\":"]}', '{"__proto__":1}'])(
  'says what it says: %s',
  (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  }
)

test.each([
  '',
  '{',
  '{"a":1,}',
  '\ufeff{}',
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":2}',
  '[{"b":{"a":1 , "a" : {}}}]',
  '{"__proto__":1,"__proto__":2}'
])('says nothing: %j', (text) => {
  expect(parseJson(text)).toBeUndefined()
})

test('a reviver is given the text of a number', () => {
  const exact = parseJson('{"n":9007199254740993}', (_, value, context) => context?.source ?? value)
  expect(exact).toEqual({ n: '9007199254740993' })
})
