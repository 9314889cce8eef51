import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { code, details, fence, prose, sentence, table } from '../../src/render/markdown.ts'
import { anyText as strangersText, HOSTILE } from '../support/hostile.ts'
import { readComment } from '../support/markdown.ts'

const anyText = fc.oneof(
  fc.constant(''),
  strangersText,
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...HOSTILE,
        '`',
        '``',
        '|',
        '\\',
        '\n',
        '\r',
        '<',
        '<!--',
        '@a',
        '#1',
        '](',
        '1. ',
        '- ',
        'x'
      ),
      { maxLength: 12 }
    )
    .map((parts) => parts.join(''))
)

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const withoutBreaks = (text: string): string => text.replaceAll('\u200b', '')

describe('prose', () => {
  test.each([
    ['plain words, 12 of them (or so): 4.5%', 'plain words, 12 of them (or so): 4.5%'],
    ['bench_latest.json', 'bench_latest.json'],
    ['_it_', '&#95;it&#95;'],
    ['a | b', 'a &#124; b'],
    ['<b>', '&#60;b>'],
    ['@name', '&#64;\u200bname'],
    ['#12', '&#35;\u200b12'],
    ['GH-12', 'GH\u200b-12'],
    ['https://evil.example', 'https:\u200b//evil.example'],
    ['www.evil.example', 'www\u200b.evil.example'],
    [':tada:', ':\u200btada:'],
    ['commit deadbee', 'commit deadbe\u200be'],
    ['block 23426993', 'block 23426993'],
    ['- item', '&#45; item'],
    ['12. item', '12&#46; item'],
    ['> quote', '&#62; quote'],
    ['---', '&#45;--'],
    ['-29.2% here', '-29.2% here'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['right\u202eleft', 'right\ufffdleft'],
    ['\ud800', '\ufffd']
  ])('%j is written %j', (given, wanted) => {
    expect(prose(given)).toBe(wanted)
  })

  test('is cut by characters', () => {
    expect(prose('😀😀😀', 2)).toBe('😀…')
    expect(prose('abc', 3)).toBe('abc')
  })

  test('no text becomes markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = prose(text)
        expect(written).not.toMatch(/[<`*|[\]\\!$^{}~@\n\r]/)
        expect(written).not.toMatch(/#(?!\d+;)|&(?!#\d+;)/)
        expect(written).not.toMatch(/&#(?:64|35);(?!\u200b)/)
        expect(written).not.toMatch(/:(?=[^\s\u200b])/)
        expect(written).not.toMatch(/\bwww\.|\bGH-\d|\bGHSA-/i)
        expect(written).not.toMatch(/^(?:[-+] |\d+[.)] |>|={2}|-{2})/)
        expect(withoutBreaks(written)).not.toMatch(INVISIBLE)
        for (const [run] of written.matchAll(/[0-9a-f]{7,}/gi)) expect(run).toMatch(/^\d{7,10}$/)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('a sentence of ours', () => {
  test('keeps plain code, and nothing else', () => {
    expect(sentence('Remove it with `docker rm -f sp1-gpu` and run again.')).toBe(
      'Remove it with `docker rm -f sp1-gpu` and run again.'
    )
    expect(sentence('not `<b>` alone')).toBe('not &#96;&#60;b>&#96; alone')
  })

  test('no text becomes markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { open } = readComment(`x ${sentence(text)}`)
        expect(open).not.toMatch(/[<*|[\]\\!$^{}~@]/)
      }),
      { numRuns: 1000 }
    )
  })
})

describe('code', () => {
  test.each([
    ['main', '`main`'],
    ['feat/x_y', '`feat/x_y`'],
    ['', '(empty)'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a`b', '<code>a&#96;b</code>'],
    ['a\\', '<code>a&#92;</code>'],
    ['<img>', '<code>&#60;img></code>']
  ])('%j is written %j', (given, wanted) => {
    expect(code(given)).toBe(wanted)
  })

  test('no text leaves its span or breaks a table', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const { tables, open } = readComment(
          table(
            [
              ['x', 'y'],
              [code(a), code(b)]
            ],
            'lr'
          )
        )
        expect(tables).toHaveLength(1)
        expect(tables[0]!.map((row) => row.length)).toEqual([2, 2, 2])
        expect(open.replaceAll(/<\/?code>/g, '')).not.toMatch(/[<@`]/)
        expect(withoutBreaks(open)).not.toMatch(/\p{Default_Ignorable_Code_Point}/u)
      }),
      { numRuns: 1000 }
    )
  })
})

describe('a fence', () => {
  test('is longer than any run of back-ticks in it', () => {
    expect(fence('a\n````\nb')).toBe('`````text\na\n````\nb\n`````')
  })

  test('keeps the last lines', () => {
    expect(fence('1\n2\n3\n', { lines: 2 })).toBe('```text\n2\n3\n```')
  })

  test('no text closes it, and no comment marker is in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readComment(details('x', fence(text)))
        expect(read.fences).toHaveLength(1)
        expect(read.folds).toEqual(['<details>', '</details>'])
        expect(read.fences[0]).not.toContain('<!--')
        expect(withoutBreaks(read.fences[0]!).replaceAll('\n', '')).not.toMatch(INVISIBLE)
      }),
      { numRuns: 1000 }
    )
  })
})
