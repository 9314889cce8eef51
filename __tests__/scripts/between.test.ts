import { describe, expect, test } from 'vitest'
import { replaceBetween } from '../../scripts/generated/between.ts'

const BEGIN = '<!-- begin generated: inputs -->'
const END = '<!-- end generated: inputs -->'

describe('replaceBetween', () => {
  test('replaces what stands between the marks and nothing else', () => {
    const text = `before\n${BEGIN}\nold\n${END}\nafter\n`
    expect(replaceBetween(text, 'inputs', 'new\n')).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`)
  })

  test('is the same when done twice', () => {
    const once = replaceBetween(`${BEGIN}${END}`, 'inputs', '| a |')
    expect(replaceBetween(once, 'inputs', '| a |')).toBe(once)
  })

  test('leaves dollar signs alone', () => {
    expect(replaceBetween(`${BEGIN}${END}`, 'inputs', "$& $' ${{ github.token }}")).toContain(
      "$& $' ${{ github.token }}"
    )
  })

  test.each([
    ['a missing begin', END, 'stands 0 times'],
    ['a missing end', BEGIN, 'stands 0 times'],
    ['a doubled mark', `${BEGIN}${BEGIN}${END}`, 'stands 2 times'],
    ['marks in the wrong order', `${END}${BEGIN}`, 'stands before']
  ])('refuses %s', (_, text, message) => {
    expect(() => replaceBetween(text, 'inputs', 'x')).toThrow(message)
  })
})
