import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { LogStream } from '../../../src/io/node/log.ts'
import { createLog } from '../../../src/io/node/log.ts'

const asIs = (text: string): string => text

class Memory implements LogStream {
  text = ''
  readonly columns = 30
  fail: (error: Error) => void = () => undefined
  write(text: string): void {
    this.text += text
  }
  on(_event: 'error', listener: (error: Error) => void): void {
    this.fail = listener
  }
}

/** What the Actions runner would take for a command: actions/runner ActionCommand.cs, both forms. */
const commandsIn = (stream: string): readonly string[] =>
  stream
    .split(/\r\n|\n|\r/)
    .filter((line) => line.includes('##[') || line.replace(/^[\s\u0085\u180e\u200b]+/u, '').startsWith('::'))

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/u

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...[
        '::',
        ':',
        '##[',
        '#',
        '[',
        ']',
        '\r',
        '\n',
        '\r\n',
        ' ',
        '\t',
        '\u00a0',
        '\u2028',
        '\u0085',
        '\u001b[31m'
      ],
      ...[
        '\u001b]0;x\u0007',
        '\u200b',
        '\u202e',
        '\ufeff',
        '\u0000',
        'error',
        'set-output name=x',
        '\ud800',
        '\u000b'
      ]
    ),
    fc.string({ unit: 'binary', maxLength: 2 })
  )
})

describe('the log', () => {
  it.for([false, true])('carries no command and no control character (terminal: %s)', (terminal) => {
    fc.assert(
      fc.property(nasty, nasty, (one, two) => {
        const stream = new Memory()
        const log = createLog(stream, { terminal, redact: asIs })
        log.info(one)
        log.warn(two)
        log.info(two)
        if (!terminal) log.progress(one)
        expect(commandsIn(stream.text)).toEqual([])
        expect(INVISIBLE.test(stream.text.replaceAll('\n', ''))).toBe(false)
      }),
      { numRuns: 2_000 }
    )
  })

  it('masks a secret that control characters had parted', () => {
    const stream = new Memory()
    const log = createLog(stream, { terminal: false, redact: (text) => text.replaceAll('secret', '***') })
    log.info('a secret, a sec\u0000ret, a sec\u001b[1mret')
    expect(stream.text).toBe('a ***, a ***, a ***\n')
  })

  it('shows lines as they are otherwise', () => {
    const stream = new Memory()
    const log = createLog(stream, { terminal: false, redact: asIs })
    log.info('one: ⚠️ std::vec #1 [2]\n\ntwo\n')
    log.warn('careful')
    expect(stream.text).toBe('one: ⚠️ std::vec #1 [2]\n\ntwo\nWarning: careful\n')
  })

  it('rewrites its progress on a terminal', () => {
    const stream = new Memory()
    const log = createLog(stream, { terminal: true, redact: asIs })
    log.progress(`one ${'x'.repeat(100)}`)
    log.progress('two')
    log.info('three')
    log.info('four')
    const clear = '\r\u001b[2K'
    expect(stream.text).toBe(`${clear}one ${'x'.repeat(25)}${clear}two${clear}three\nfour\n`)
  })

  it('draws a bar on a terminal where the share is known', () => {
    const stream = new Memory()
    createLog(stream, { terminal: true, redact: asIs }).progress('half way', { share: 0.5 })
    expect(stream.text).toBe('\r\u001b[2K[########--------] half way')
  })

  it('writes progress sparingly elsewhere', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const stream = new Memory()
    const log = createLog(stream, { terminal: false, redact: asIs })
    for (const [second, step] of [
      [0, 'a'],
      [1, 'a'],
      [2, 'b'],
      [9, 'b'],
      [11, 'b'],
      [12, 'b'],
      [13, undefined]
    ] as const) {
      vi.advanceTimersByTime(second * 1_000 - performance.now())
      log.progress(`at ${second}`, step === undefined ? {} : { step })
    }
    expect(stream.text).toBe('at 0\nat 2\nat 12\n')
  })

  it('goes on when nobody reads it any more', () => {
    const stream = new Memory()
    const log = createLog(stream, { terminal: false, redact: asIs })
    stream.fail(Object.assign(new Error('gone'), { code: 'EPIPE' }))
    log.info('unheard')
    expect(stream.text).toBe('')
    expect(() => stream.fail(new Error('the disk is full'))).not.toThrow()
  })
})
