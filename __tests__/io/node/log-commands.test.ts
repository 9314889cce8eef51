import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createStep } from '../../../src/io/github/step.ts'
import { createLog, disarm } from '../../../src/io/node/log.ts'
import type { LogStream } from '../../../src/io/node/log.ts'
import { printableName } from '../../../src/io/text/printable.ts'
import { createRedactor } from '../../../src/io/node/secrets.ts'
import { printable } from '../../../src/provers/quote.ts'
import { code, fence, prose, sentence } from '../../../src/render/markdown.ts'
import { childStream } from '../../../stand-in/child-streams.ts'
import { commandsIn, createLineReader } from '../../../stand-in/runner-commands.ts'

const SECRET = 'k3y-of-the-node'
const redact = createRedactor([SECRET])

/** A stranger's bytes, of pieces that a counterexample can lose one by one. */
const streams = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.nat().map((seed) => childStream(seed, SECRET)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('::', '##[', '\r', 'error', '\u00a0', ']').map((part) => Buffer.from(part))
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3 }) }
    ),
    { minLength: 1, maxLength: 4 }
  )
  .map((pieces) => Buffer.concat(pieces))

/** What reaches the runner when `print` has a log to say it with. */
const printed = (
  print: (log: ReturnType<typeof createLog>, write: (text: string) => true) => void,
  terminal = false
): Buffer => {
  let text = ''
  const write = (more: string): true => {
    text += more
    return true
  }
  const stream: LogStream = { write, on: () => undefined, columns: 60 }
  print(createLog(stream, { terminal, redact }), write)
  return Buffer.from(text)
}

describe('the runner finds no order', () => {
  test('in what the log makes of a stream', () => {
    fc.assert(
      fc.property(streams, fc.boolean(), (bytes, terminal) => {
        const text = bytes.toString('utf8')
        const lines = printed((log) => {
          log.info(text)
          log.warn(text)
          log.progress(text, { step: 'one', share: 1 })
          log.progress(text, { step: 'two' })
        }, terminal)
        expect(commandsIn(lines)).toEqual([])
        expect(lines.includes(SECRET)).toBe(false)
      }),
      { numRuns: 2_000 }
    )
  })

  test('in our sentences that quote one', () => {
    fc.assert(
      fc.property(streams, (bytes) => {
        const text = bytes.toString('utf8')
        const lines = printed((log) => {
          log.info(`${printable(text, 200)}: not understood`)
          log.warn(printableName(text))
          for (const line of text.split('\n').slice(-5)) log.info(line)
          log.info(`${text}${text}`)
        })
        expect(commandsIn(lines)).toEqual([])
      }),
      { numRuns: 500 }
    )
  })

  test('in a text that was disarmed, a comment or any other', () => {
    fc.assert(
      fc.property(streams, (bytes) => {
        const text = bytes.toString('utf8')
        const comment = [prose(text), sentence(text), code(text), fence(text, { lines: 40 })].join('\n')
        expect(commandsIn(Buffer.from(disarm(comment)))).toEqual([])
        expect(commandsIn(Buffer.from(disarm(text)))).toEqual([])
      }),
      { numRuns: 500 }
    )
  })

  test('in what a step is told, but those that tell it', () => {
    const files = {
      check: () => Promise.resolve([]),
      write: () => Promise.resolve(),
      holdsOnly: () => Promise.resolve(true)
    }
    fc.assert(
      fc.property(streams, (bytes) => {
        const text = bytes.toString('utf8')
        const lines = printed((log, write) => {
          const spy = vi.spyOn(process.stdout, 'write').mockImplementation((more) => write(String(more)))
          const step = createStep({ files, log, redact })
          step.annotate('warning', text)
          step.group(text, [text, text])
          spy.mockRestore()
        })
        expect(commandsIn(lines).map(({ name }) => name)).toEqual(['warning', 'group', 'endgroup'])
        expect(lines.includes(SECRET)).toBe(false)
      }),
      { numRuns: 500 }
    )
  })
})

/** Ways of printing that are not enough: each lets the generated streams through. */
test.each<[string, (text: string) => string]>([
  ['as it is', (text) => text],
  ['without control sequences', stripVTControlCharacters],
  ['with a prefix to each line', (text) => text.replace(/^/gm, '| ')],
  ['with a prefix to each line, CR too', (text) => text.replace(/^|[\r\n]+/g, '$&| ')],
  ['with brackets parted', (text) => text.replaceAll('##[', '# #[')],
  ['with leading colons parted', (text) => text.replace(/^(\s*):(?=:)/gmu, '$1: ').replaceAll('##[', '# #[')],
  ['parted, then stripped', (text) => disarm(text).replace(/\p{Cc}/gu, (one) => (one === '\n' ? one : ''))]
])('the streams bite: %s', (_, print) => {
  const found = Array.from({ length: 500 }, (_, seed) => {
    const text = Buffer.from(childStream(seed, SECRET)).toString('utf8')
    return commandsIn(Buffer.from(print(text))).length
  })
  expect(Math.max(...found)).toBeGreaterThan(0)
})

/** actions/runner `src/Runner.Common/ActionCommand.cs`: what is one order, and what is none. */
describe('the grammar of orders', () => {
  const said = (text: string): readonly string[] =>
    commandsIn(Buffer.from(text)).map(({ name, properties, data }) => {
      const pairs = Object.entries(properties).map(([key, value]) => `${key}=${value}`)
      return [name, ...pairs, data].join('|')
    })

  test.each<[string, readonly string[]]>([
    ['::error::boo', ['error|boo']],
    ['::ERROR::boo', ['error|boo']],
    ['\t \u00a0\u2003\u0085::error::boo', ['error|boo']],
    ['\ufeff::error::after a mark', ['error|after a mark']],
    ['\ufeff\ufeff::error::boo', []],
    ['\u200b::error::boo', []],
    ['\u180e::error::boo', []],
    ['x ::error::boo', []],
    ['::error:boo', []],
    ['::error', []],
    ['::unknown::boo', []],
    ['::::boo', []],
    ['::error ::a::b', ['error|a::b']],
    [
      '::error file=a%2Cb%3Ac,line=1, =x,k=, col==2=3::50%25%0Adone%3A',
      ['error|file=a,b:c|line=1| =x| col=2=3|50%\ndone%3A']
    ],
    ['::error:\u200b:boo', ['error|:boo']],
    ['a ##[error]boo', ['error|boo']],
    ['a ##[error file=x%5D;line=2]50%25 %3B', ['error|file=x]|line=2|50% ;']],
    ['##[unknown] ##[error]boo', []],
    ['##[error', []],
    ['::unknown::##[error]boo', ['error|boo']],
    ['one\r::error::two\r\n::debug::three\n\r::group::four', ['error|two', 'debug|three', 'group|four']],
    ['one\u2028::error::two\u0085::error::three', []],
    [
      '::stop-commands::token\n::error::a\n##[error]b\n::TOKEN::\n::error::c',
      ['stop-commands|token', 'stop-commands|token', 'error|c']
    ],
    ['::stop-commands::error\n::error::a', ['stop-commands|error', 'error|a']]
  ])('%j', (text, commands) => {
    expect(said(text)).toEqual(commands)
  })

  test('is read the same in whatever pieces a stream comes', () => {
    fc.assert(
      fc.property(streams, fc.nat(), (bytes, at) => {
        const [whole, parts]: [string[], string[]] = [[], []]
        const [one, two] = [
          createLineReader((line) => whole.push(line)),
          createLineReader((line) => parts.push(line))
        ]
        one.push(bytes)
        // Marks are looked for in the first piece.
        const cut = Math.min(bytes.length, 2 + (at % bytes.length))
        two.push(bytes.subarray(0, cut))
        two.push(bytes.subarray(cut))
        one.end()
        two.end()
        expect(parts).toEqual(whole)
      })
    )
  })

  test('knows the marks of other encodings', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('::error::boo', 'utf16le')])
    expect(commandsIn(utf16)).toMatchObject([{ name: 'error', data: 'boo' }])
    expect(commandsIn(Buffer.from([...utf16]).swap16())).toMatchObject([{ name: 'error', data: 'boo' }])
  })
})
