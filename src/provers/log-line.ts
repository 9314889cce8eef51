/**
 * Lines of `tracing-subscriber`'s default format (0.3.22, `fmt/format/mod.rs`), which ethrex-replay, SP1, RISC0
 * and rsp share: `TIMESTAMP LEVEL [span{fields}:…span: ]target: message`, coloured or not.
 */
export interface LogLine {
  readonly level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  /** Names from the outermost inwards, without their fields. */
  readonly spans: readonly string[]
  readonly target: string
  readonly message: string
}

const ESCAPE = '\u001b'
/** Colours only. A wider notion of escape sequences would swallow digits after a sequence that was cut. */
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g')
/**
 * A line from its time to its message as nearly all are: microseconds, at most one span, and that without fields.
 * The rest is read in steps, to the same end.
 */
const USUAL =
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z (?:TRACE|DEBUG| INFO| WARN|ERROR) (?:(?!(?:ethrex|sp1|risc0|openvm|zisk)_\w+:)[\w.-]+: )?\w+(?:::\w+)*:(?: |$)/y
/** Where in such a line the level ends, and span or target begin. */
const USUAL_LEVEL = 32
const USUAL_START = 34
const HEAD = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z +(?:TRACE|DEBUG|INFO|WARN|ERROR) +/y
const NAME = /[\w.-]+/y
const TARGET = /\w+(?:::\w+)*:(?: |$)/y
/** `crate: word: text` reads as span, target, text; but no span bears the name of one of these crates. */
const CRATE = /^(?:ethrex|sp1|risc0|openvm|zisk)_\w+$/
/** By the last letter, in which they differ. */
const LEVEL: Readonly<Record<string, LogLine['level']>> = {
  E: 'TRACE',
  G: 'DEBUG',
  O: 'INFO',
  N: 'WARN',
  R: 'ERROR'
}

/** The text without colours. */
export const withoutColours = (text: string): string =>
  text.includes(ESCAPE) ? text.replace(COLOUR, '') : text

/** Cheap: whether a line can begin a log line, that is with a digit or a colour. */
export const mayBeLogLine = (text: string): boolean => {
  const first = text.charCodeAt(0)
  return (first >= 0x30 && first <= 0x39) || first === 0x1b
}

/** The parts of a log line, or null where the text is not one from its first character on. */
export const parseLogLine = (coloured: string): LogLine | null => {
  const text = withoutColours(coloured)
  const end = endOf(USUAL, text, 0)
  return end < 0 ? readInSteps(text) : usualLine(text, end)
}

const usualLine = (text: string, end: number): LogLine | null => {
  const level = LEVEL[text.charAt(USUAL_LEVEL)]
  if (level === undefined) return null
  const colon = lastBefore(text, end)
  const first = text.indexOf(':', USUAL_START)
  const hasSpan = first < colon && text.charCodeAt(first + 1) === 0x20
  const target = hasSpan ? first + 2 : USUAL_START
  return {
    level,
    spans: hasSpan ? [text.slice(USUAL_START, first)] : [],
    target: text.slice(target, colon),
    message: text.slice(end)
  }
}

const readInSteps = (text: string): LogLine | null => {
  const start = endOf(HEAD, text, 0)
  const level = start < 0 ? undefined : LEVEL[text.charAt(lastBefore(text, start))]
  if (level === undefined) return null
  const spans = spansAt(text, start)
  const ofSpans = spans === null ? null : lineAt(text, spans.end, { level, spans: spans.names })
  return ofSpans ?? lineAt(text, start, { level, spans: [] })
}

/** The rest of a line, from its target on, or null where no target stands there. */
const lineAt = (
  text: string,
  from: number,
  { level, spans }: Pick<LogLine, 'level' | 'spans'>
): LogLine | null => {
  const end = endOf(TARGET, text, from)
  if (end < 0) return null
  const colon = lastBefore(text, end)
  return { level, spans, target: text.slice(from, colon), message: text.slice(end) }
}

/**
 * Where a sticky pattern that matches at `from` ends, else -1. A gigabyte is millions of lines: `exec` and its
 * groups take a third longer.
 */
const endOf = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Index of the last character before `end` that is no blank. */
const lastBefore = (text: string, end: number): number => {
  let at = end - 1
  while (text.charCodeAt(at) === 0x20) at -= 1
  return at
}

/** `a{x=1}:b: ` as [a, b], or null where no spans stand here. Linear: fields are walked, not matched. */
const spansAt = (text: string, from: number): { names: readonly string[]; end: number } | null => {
  const names: string[] = []
  for (let at = from; ;) {
    const end = endOf(NAME, text, at)
    const name = text.slice(at, end)
    if (end < 0 || (names.length === 0 && CRATE.test(name))) return null
    names.push(name)
    at = text.charAt(end) === '{' ? endOfFields(text, end) : end
    if (text.charAt(at) !== ':') return null
    at += 1
    if (text.charAt(at) === ' ') return { names, end: at + 1 }
  }
}

/** Index after the brace that closes the one at `from`; the text's length where none does. */
const endOfFields = (text: string, from: number): number => {
  let depth = 0
  let quoted = false
  for (let at = from; at < text.length; at += 1) {
    const character = text[at]
    if (quoted && character === '\\') at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === '{') depth += 1
    else if (!quoted && character === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}
