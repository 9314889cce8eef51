import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../src/io/node/secrets.ts'

const URL_SECRET =
  'https://us3r-name:p%40ss-w0rd@rpc.example.org/v2/mainnet/KEY-0123456789abcdef?token=t0ken%2Fvalue&x=y'
const redact = createRedactor([URL_SECRET])

const base64Of = (text: string): readonly string[] =>
  ['', 'a', 'ab', 'abc'].flatMap((before) => [
    Buffer.from(`${before}${text}/tail`).toString('base64'),
    Buffer.from(`${before}${text}/tail`).toString('base64url')
  ])

describe('of a URL', () => {
  it.for([
    URL_SECRET,
    encodeURIComponent(URL_SECRET),
    'us3r-name:p%40ss-w0rd',
    'us3r-name:p@ss-w0rd',
    'p%40ss-w0rd',
    'p@ss-w0rd',
    'KEY-0123456789abcdef',
    't0ken%2Fvalue',
    't0ken%2fvalue',
    't0ken/value',
    JSON.stringify(URL_SECRET).slice(1, -1),
    URL_SECRET.replaceAll('/', '\\/'),
    URL_SECRET.replaceAll('&', '&amp;')
  ])('%s is masked', (form) => expect(redact(`before ${form} after`)).toBe('before *** after'))

  it('keeps what is no secret', () => {
    const text = 'mainnet: block 1 at rpc.example.org, v2, x=y'
    expect(redact(text)).toBe(text)
  })

  it('leaves nothing of the key in base64, whatever stood before it', () => {
    for (const encoded of base64Of('KEY-0123456789abcdef')) expect(redact(encoded)).toContain('***')
    for (const encoded of base64Of(URL_SECRET)) expect(redact(encoded)).toMatch(/^.{0,6}\*\*\*.{0,12}$/)
  })

  it('masks userinfo that is too short for itself', () => {
    const short = createRedactor(['https://u:p@h.example/v2/KEYKEY'])
    expect(short('at u:p@h.example/v2/KEYKEY')).toBe('at ***')
    expect(short('up')).toBe('up')
  })
})

it('masks each line of a secret of many lines', () => {
  const key = createRedactor(['-----BEGIN-----\nAAAABBBB\r\nCCCCDDDD\n'])
  expect(key('x CCCCDDDD y\n-----BEGIN-----\nAAAABBBB\n')).toBe('x *** y\n***\n***\n')
})

it('masks secrets that overlap whole', () => {
  expect(createRedactor(['abcdef', 'cdefgh12'])('-abcdefgh12-abcdefgh-')).toBe('-***-***gh-')
})

it.for([[[]], [['']], [['short']], [['  ']]])('masks nothing for %o', ([secrets]) => {
  expect(createRedactor(secrets!)('a short text  with blanks')).toBe('a short text  with blanks')
})

it('hides every secret in every form in every text', () => {
  const secret = fc
    .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
    .filter((text) => text.trim().length >= 6)
  const form = fc.constantFrom(
    (text: string) => text,
    encodeURIComponent,
    (text: string) => JSON.stringify(text).slice(1, -1),
    (text: string) => new URL(`http://h/?q=${encodeURIComponent(text)}`).href,
    (text: string) => `https://user:${encodeURIComponent(text)}@h/`
  )
  fc.assert(
    fc.property(
      secret,
      form,
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (text, make, before, after) => {
        fc.pre(!'***'.includes(text) && !before.includes(text) && !after.includes(text))
        const shown = make(text)
        expect(createRedactor([text])(before + shown + after)).not.toContain(shown)
      }
    ),
    { numRuns: 500 }
  )
})

it('hides each part of every URL', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_~-]{8,30}$/)
  fc.assert(
    fc.property(word, word, word, word, (user, password, key, value) => {
      const url = `https://${user}:${password}@node.example/v3/${key}?k=${value}`
      const hide = createRedactor([url])
      for (const part of [user, password, key, value, url]) {
        expect(hide(`x ${part} y`)).toBe('x *** y')
        expect(hide(Buffer.from(`Basic ${part}`).toString('base64'))).toContain('***')
      }
    }),
    { numRuns: 200 }
  )
})
