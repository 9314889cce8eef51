import { TextDecoder } from 'node:util'

/**
 * How the Actions runner reads what a step prints: which bytes are a line, and which lines are commands to it.
 * Both streams of a step are read so. Written after actions/runner at 258d6c8: `src/Runner.Sdk/ProcessInvoker.cs`
 * (lines), `src/Runner.Common/ActionCommand.cs` (the two forms), `src/Runner.Worker/ActionCommandManager.cs` (what is
 * registered, and stopping). Where the runner compares by the machine's culture, and so may or may not see a command,
 * it is one here.
 */

/** What a line orders. */
export interface RunnerCommand {
  /** In lower case, as registered. */
  readonly name: string
  /** Keys in lower case. */
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const STOP = 'stop-commands'

// `internal-set-repo-path` is obeyed only while a plugin of the runner's own runs; nobody of ours may say it either.
const REGISTERED: ReadonlySet<string> = new Set([
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice'],
  ...['internal-set-repo-path', 'remove-matcher', 'save-state', 'set-env', 'set-output', STOP, 'warning']
])

/** Calls `take` with each line of a stream that comes in pieces; `end` gives what had no line break. */
export interface LineReader {
  push(bytes: Uint8Array): void
  end(): void
}

/** A .NET `StreamReader` told to mind byte order marks: a mark goes, and LF, CRLF and a lone CR end a line. */
export const createLineReader = (take: (line: string) => void): LineReader => {
  let decoder: TextDecoder | null = null
  let rest = ''
  return {
    push: (bytes) => {
      decoder ??= new TextDecoder(encodingOf(bytes))
      // A CR at the end may be half of a CRLF.
      const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
    end: () => {
      const lines = (rest + (decoder?.decode() ?? '')).split(/\r\n|\n|\r/)
      if (lines.at(-1) === '') lines.pop()
      for (const line of lines) take(line)
      rest = ''
    }
  }
}

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** What one line of a step is to the runner. */
export type LineReading =
  | { readonly kind: 'text' }
  | { readonly kind: 'command'; readonly command: RunnerCommand }
  /** Commands were stopped, or go on again. */
  | { readonly kind: 'stopped' | 'resumed'; readonly token: string }
  /** A token that is a command's name or nothing: the step fails. */
  | { readonly kind: 'bad-token'; readonly token: string }

const TEXT: LineReading = { kind: 'text' }

/** Reads the lines of a step, of both its streams: stopping one stops the other. */
export const createCommandReader = (): ((line: string) => LineReading) => {
  let stoppedBy: string | null = null
  return (line) => {
    const registered = stoppedBy === null ? REGISTERED : new Set([...REGISTERED, stoppedBy.toLowerCase()])
    const command = parseCommand(line, registered)
    if (command === null) return TEXT
    if (stoppedBy !== null) {
      if (command.name !== stoppedBy.toLowerCase()) return TEXT
      const token = stoppedBy
      stoppedBy = null
      return { kind: 'resumed', token }
    }
    if (command.name !== STOP) return { kind: 'command', command }
    const token = command.data
    if (!isToken(token)) return { kind: 'bad-token', token }
    stoppedBy = token
    return { kind: 'stopped', token }
  }
}

const isToken = (token: string): boolean =>
  token !== '' && token.toLowerCase() !== 'pause-logging' && !REGISTERED.has(token.toLowerCase())

/** All that a whole stream orders. Stopping and going on count as orders. */
export const commandsIn = (stream: Uint8Array): readonly RunnerCommand[] => {
  const found: RunnerCommand[] = []
  const read = createCommandReader()
  const lines = createLineReader((line) => {
    const reading = read(line)
    if (reading.kind === 'command') found.push(reading.command)
    else if (reading.kind !== 'text') found.push({ name: STOP, properties: {}, data: reading.token })
  })
  lines.push(stream)
  lines.end()
  return found
}

/** The command of a line, or null. `registered` are names in lower case. */
const parseCommand = (line: string, registered: ReadonlySet<string>): RunnerCommand | null =>
  parseColons(line, registered) ?? parseBrackets(line, registered)

/** What `TrimStart` takes away: .NET's `Char.IsWhiteSpace`. */
const BLANKS = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/
/** Where culture compares, characters without weight are not there. */
const SECOND_COLONS = /:(?:(?![\t\n\v\f\r\u0085])\p{Cc}|\p{Default_Ignorable_Code_Point})*:/u

/** `::name key=value,key=value::data`, after blanks. */
const parseColons = (line: string, registered: ReadonlySet<string>): RunnerCommand | null => {
  const trimmed = line.replace(BLANKS, '')
  if (!trimmed.startsWith('::')) return null
  const after = trimmed.slice(2)
  const end = SECOND_COLONS.exec(after)?.index
  if (end === undefined) return null
  const [info, data] = [after.slice(0, end), after.slice(end + 2)]
  const named = nameOf(info, registered)
  if (named === null) return null
  return {
    name: named.name,
    properties: propertiesOf(named.rest.trim().split(','), unescapeProperty),
    data: unescapeData(data)
  }
}

/** `##[name key=value;key=value]data`, anywhere. A mark on the bracket makes it another character to a culture. */
const parseBrackets = (line: string, registered: ReadonlySet<string>): RunnerCommand | null => {
  const start = /##\[(?!\p{M})/u.exec(line)?.index
  if (start === undefined) return null
  const end = line.indexOf(']', start)
  if (end < 0) return null
  const named = nameOf(line.slice(start + 3, end), registered)
  if (named === null) return null
  const properties = propertiesOf(named.rest.split(';'), unescapeBracketed)
  return { name: named.name, properties, data: unescapeBracketed(line.slice(end + 1)) }
}

const nameOf = (info: string, registered: ReadonlySet<string>): { name: string; rest: string } | null => {
  const blank = info.indexOf(' ')
  const name = (blank < 0 ? info : info.slice(0, blank)).toLowerCase()
  return registered.has(name) ? { name, rest: blank < 0 ? '' : info.slice(blank + 1) } : null
}

const propertiesOf = (
  pairs: readonly string[],
  unescape: (text: string) => string
): RunnerCommand['properties'] =>
  Object.fromEntries(
    pairs.flatMap((pair) => {
      const [, key, value] = /^=*([^=]+)=+([^=][^]*)$/.exec(pair) ?? []
      return key === undefined || value === undefined ? [] : [[key.toLowerCase(), unescape(value)]]
    })
  )

// In this order, so that what was escaped twice is unescaped once.
const unescapeData = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

const unescapeProperty = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')

const unescapeBracketed = (text: string): string =>
  text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%25', '%')
