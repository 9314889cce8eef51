import { Buffer } from 'node:buffer'

/**
 * What a child could print to make the Actions runner obey it, or us let a secret out: orders whole, in pieces, behind
 * blanks, over lines, held apart by what a reader may strip; a secret cut in two; bytes that are no text. From a seed,
 * so that what was found can be found again.
 */

/** Bytes of one stream of a child that knows `secret`. The same seed gives the same stream. */
export const childStream = (seed: number, secret: string): Uint8Array => {
  const dice = createDice(seed)
  const pieces = Array.from({ length: 1 + dice.below(24) }, () => piece(dice, secret))
  return Buffer.concat(pieces.map((one) => (typeof one === 'string' ? Buffer.from(one) : one)))
}

interface Dice {
  /** A whole number from 0, less than the limit. */
  readonly below: (limit: number) => number
  readonly oneOf: <T>(choices: readonly [T, ...T[]]) => T
}

/** Mulberry32, a generator of 32 bits of state: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
const createDice = (seed: number): Dice => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, oneOf: (choices) => choices[below(choices.length)] ?? choices[0] }
}

const ORDERS: readonly [string, ...string[]] = [
  ...(['::error::boo', '::error file=a.rs,line=1::boo', '::warning::boo', '::notice title=x::boo'] as const),
  ...['::set-output name=verdict::no-change', '::save-state name=pid::1', '::add-mask::e', '::debug::x'],
  ...['::set-env name=LD_PRELOAD::/tmp/x', '::add-path::/tmp', '::add-matcher::/tmp/m.json', '::group::x'],
  ...['::endgroup::', '::echo::on', '::stop-commands::aaaaaaa', '::aaaaaaa::', '::remove-matcher owner=x::'],
  ...['##[error]boo', '##[add-mask]e', '##[set-output name=verdict;]no-change', '##[group]x', '##[endgroup]'],
  ...[
    '##[save-state name=pid;]1',
    '##[stop-commands]aaaaaaa',
    '##[command]x',
    '::ERROR::boo',
    '##[Add-Mask]e'
  ]
]

const BREAKS: readonly [string, ...string[]] = [
  ...(['\n', '\r', '\r\n', '\n\r', '\n\n'] as const),
  ...['\v', '\f', '\u0085', '\u2028', '\u2029']
]

const BLANKS: readonly [string, ...string[]] = [
  ...([' ', '\t', '\u00a0', '\u3000', '\u1680', '\u2003'] as const),
  ...['\u202f', '\u205f', '    ', ' \t ', '\u0085']
]

/** What is not seen, or is stripped: it may hold an order apart, and its going may put one together. */
const UNSEEN: readonly [string, ...string[]] = [
  ...(['\0', '\u0001', '\u0007', '\b', '\u007f', '\u0090', '\u009c'] as const),
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e', '\u202e', '\u2066', '\u2069'],
  ...[
    '\u034f',
    '\u115f',
    '\u3164',
    '\uffa0',
    '\u17b4',
    '\ufe0f',
    '\u{e0001}',
    '\u{e0100}',
    '\u180b',
    '\u2061'
  ],
  ...[
    '\u001b[31m',
    '\u001b[0m',
    '\u001b[2K',
    '\u001b[1;1H',
    '\u001b]0;title\u0007',
    '\u001b]8;;http://x\u001b\\'
  ],
  ...[
    '\u001b',
    '\u001b[',
    '\u001b]',
    '\u009b31m',
    '\u009b',
    '\u001bP+q\u001b\\',
    '\u001b(B',
    '\u001bc',
    '\u001b[:'
  ],
  ...[
    '\u001b[#',
    '\u001b[?25l',
    '\u001b]0;',
    '\u001b[38:2::1:2:3m',
    '\u001b#8',
    '\u001b[3',
    '\u0301',
    '\u20dd'
  ]
]

const PARTS: readonly [string, ...string[]] = [
  ...([':', '::', ':::', '::::', '#', '##', '###', '[', ']', '##[', '##[]', '[]', '%0A', '%3A%3A'] as const),
  ...[
    'error',
    'error::',
    ':error::',
    '#[error]',
    '[error]',
    'rror::x',
    'name=a',
    ';',
    ',',
    '=',
    '%',
    '\\',
    '`',
    '***'
  ]
]

const WORDS: readonly [string, ...string[]] = [
  ...(['cycles: 42,000', 'Compiling ethrex v0.1.0', 'std::vec::Vec', 'panicked at src/main.rs:1:1'] as const),
  ...["thread 'main'", 'é', '𝔽', 'ﷺ', '日本', '😀', '\ud83d', 'x'.repeat(200), '{"a":1}', '<!-- x -->', '```']
]

/** No UTF-8: lone continuations, an overlong colon, a surrogate, halves of characters, other encodings' marks. */
const BYTES: readonly [readonly number[], ...(readonly number[])[]] = [
  ...([[0xff], [0xfe], [0xff, 0xfe], [0xfe, 0xff], [0x80], [0xc0, 0xba], [0xe0, 0x80, 0xba]] as const),
  ...[[0xed, 0xa0, 0x80], [0xe2, 0x80], [0xf0, 0x9f], [0xc2], [0xf8, 0x88], [0xef, 0xbb, 0xbf], [0x9b, 0x33]]
]

const piece = (dice: Dice, secret: string): string | Uint8Array => {
  switch (dice.below(12)) {
    case 0:
    case 1:
      return dice.oneOf(BREAKS) + maybe(dice, BLANKS) + dice.oneOf(ORDERS) + dice.oneOf(BREAKS)
    case 2:
    case 3:
      return maybe(dice, BREAKS) + heldApart(dice, dice.oneOf(ORDERS)) + maybe(dice, BREAKS)
    case 4:
      return maybe(dice, BREAKS) + dice.oneOf(UNSEEN) + maybe(dice, BLANKS) + dice.oneOf(ORDERS)
    case 5:
      return heldApart(dice, secret)
    case 6:
      return dice.oneOf(WORDS) + secret + maybe(dice, ORDERS)
    case 7:
      return Buffer.from(dice.oneOf(BYTES))
    case 8:
      return dice.oneOf(PARTS) + maybe(dice, UNSEEN) + dice.oneOf(PARTS)
    case 9:
      return dice.oneOf(BREAKS)
    case 10:
      return dice.oneOf(UNSEEN) + maybe(dice, BLANKS)
    default:
      return dice.oneOf(WORDS) + maybe(dice, ORDERS)
  }
}

const maybe = (dice: Dice, choices: readonly [string, ...string[]]): string =>
  dice.below(2) === 0 ? '' : dice.oneOf(choices)

/** Something between the characters of a text, in one to three places, near its beginning more often than not. */
const heldApart = (dice: Dice, text: string): string => {
  const between: readonly [string, ...string[]] = dice.below(4) === 0 ? BREAKS : UNSEEN
  return Array.from({ length: 1 + dice.below(3) }).reduce<string>((apart) => {
    const at = 1 + dice.below(dice.below(2) === 0 ? Math.min(4, apart.length) : apart.length)
    return apart.slice(0, at) + dice.oneOf(between) + apart.slice(at)
  }, text)
}
