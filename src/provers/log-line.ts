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
const HEAD = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\s+(TRACE|DEBUG|INFO|WARN|ERROR)\s+/
const NAME = /[\w.-]+/y
const TARGET = /(\w+(?:::\w+)*):(?: |$)/y
/** `crate: word: text` reads as span, target, text; but no span bears the name of one of these crates. */
const CRATE = /^(?:ethrex|sp1|risc0|openvm|zisk)_\w+$/

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
  const head = HEAD.exec(text)
  if (head === null) return null
  const start = head[0].length
  const spans = spansAt(text, start)
  const target = spans === null ? null : targetAt(text, spans.end)
  if (spans !== null && target !== null) {
    return { level: levelOf(head), spans: spans.names, target: target.name, message: text.slice(target.end) }
  }
  const alone = targetAt(text, start)
  return alone === null
    ? null
    : { level: levelOf(head), spans: [], target: alone.name, message: text.slice(alone.end) }
}

const levelOf = (head: RegExpExecArray): LogLine['level'] => head[1] as LogLine['level']

const targetAt = (text: string, from: number): { name: string; end: number } | null => {
  TARGET.lastIndex = from
  const name = TARGET.exec(text)?.[1]
  return name === undefined ? null : { name, end: TARGET.lastIndex }
}

/** `a{x=1}:b: ` as [a, b], or null where no spans stand here. Linear: fields are walked, not matched. */
const spansAt = (text: string, from: number): { names: readonly string[]; end: number } | null => {
  const names: string[] = []
  for (let at = from; ;) {
    NAME.lastIndex = at
    const name = NAME.exec(text)?.[0]
    if (name === undefined || (names.length === 0 && CRATE.test(name))) return null
    names.push(name)
    at += name.length
    if (text[at] === '{') at = endOfFields(text, at)
    if (text[at] !== ':') return null
    at += 1
    if (text[at] === ' ') return { names, end: at + 1 }
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
