import type { Figure, Span } from '../../src/domain/sample.ts'
import { createLineSplitter } from '../../src/provers/line.ts'
import { explainLines, parseResult } from '../../src/provers/parse-result.ts'
import type { Reading, Stream } from '../../src/provers/prover.ts'
import { REGISTRY } from '../../src/provers/registry.ts'
import type { Damage, Wound } from './damage.ts'
import { filesOf, isHarmless, lineOfWound, stdoutOf, UNHARMED } from './damage.ts'
import type { Metrics, Transcript } from './transcript.ts'

/** What a reader makes of a transcript after its damage, from the bytes on. */
export const readingOf = (transcript: Transcript, damage: Damage, chunk = 8192): Reading => {
  const { host, context, exitCode } = transcript
  const reader = REGISTRY[host].createReader(context)
  const feed = (stream: Stream, bytes: Uint8Array): void => {
    const splitter = createLineSplitter((line) => {
      reader.line(stream, line)
    })
    for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.subarray(at, at + chunk))
    splitter.end()
  }
  feed('stdout', stdoutOf(transcript, damage))
  feed('stderr', new TextEncoder().encode(damage.stderr.map((line) => `${line}\n`).join('')))
  return reader.end({ kind: 'exited', code: exitCode }, filesOf(transcript, damage), null)
}

/** Everything that is wrong with a reading, in words; nothing may be. */
export const faultsOf = (reading: Reading, transcript: Transcript, damage: Damage): readonly string[] => {
  const isWhole = isHarmless(transcript, damage) && transcript.isPlain
  return [
    ...figureFaults(reading, transcript),
    ...printFaults(reading),
    ...(isWhole ? missingFaults(reading, transcript) : []),
    ...(isWhole && damage.noise.length === 0 && reading.unreadCount > 0
      ? [`unread: ${reading.unread[0]?.text}`]
      : [])
  ]
}

/** Figures that the generator did not put there. */
const figureFaults = ({ outcome, gas, transactions }: Reading, { truth }: Transcript): readonly string[] => {
  const faults = [
    ...(gas === null || gas === truth.gas || truth.gas === null ? [] : [`gas ${gas}, not ${truth.gas}`]),
    ...(transactions === null || transactions === truth.transactions || truth.transactions === null
      ? []
      : [`${transactions} transactions, not ${truth.transactions}`])
  ]
  if (outcome.kind === 'failed') return faults
  const { metrics, spans, costs } = outcome.sample
  const known = [truth.metrics, ...truth.weaker]
  return [
    ...faults,
    ...(truth.outcome === 'measured' ? [] : [`measured, but it is ${truth.outcome}`]),
    ...entriesOf(metrics).flatMap(([name, figure]) =>
      known.some((metricsOf) => isSame(metricsOf[name], figure)) ? [] : [`${name} is ${shown(figure)}`]
    ),
    ...spans
      .filter((span) => !truth.spans.some((one) => isSameSpan(one, span)))
      .map((span) => `span ${spanText(span)}`),
    ...costs
      .filter(({ name, cost }) => !truth.costs.some((one) => one.name === name && one.cost === cost))
      .map(({ name, cost }) => `cost ${name} ${cost}`)
  ]
}

const entriesOf = (metrics: Metrics): readonly (readonly [keyof Metrics, Figure])[] =>
  Object.entries(metrics) as (readonly [keyof Metrics, Figure])[]

/** The rate in a bench file is good to some 1e-15 of a time. */
const CLOSE = 1e-12

const isSame = (wanted: Figure | undefined, { value, unit, exactness }: Figure): boolean => {
  if (wanted === undefined || wanted.unit !== unit || wanted.exactness !== exactness) return false
  if (exactness !== 'derived') return wanted.value === value
  return Math.abs(Number(value) / Number(wanted.value) - 1) < CLOSE
}

const isSameSpan = (a: Span, b: Span): boolean => spanText(a) === spanText(b)

const spanText = ({ path, cycles, calls }: Span): string => `${JSON.stringify(path)} ${cycles}/${calls}`

const shown = ({ value, unit, exactness }: Figure): string => `${value} ${unit} ${exactness}`

/** Figures that a whole log has, and the reading has not. */
const missingFaults = ({ outcome, gas, transactions }: Reading, { truth }: Transcript): readonly string[] => {
  const came = outcome.kind === 'measured' ? 'measured' : outcome.reason
  const ends = [
    ...(came === truth.outcome ? [] : [`${came}, but it is ${truth.outcome}`]),
    ...(gas === truth.gas ? [] : [`gas ${gas}, but it is ${truth.gas}`]),
    ...(transactions === truth.transactions
      ? []
      : [`transactions ${transactions}, not ${truth.transactions}`])
  ]
  if (outcome.kind === 'failed' || truth.outcome !== 'measured') return ends
  const { metrics, spans, costs } = outcome.sample
  const missing = entriesOf(truth.metrics).filter(([name, figure]) => {
    const read = metrics[name]
    return read === undefined || !isSame(figure, read)
  })
  return [
    ...ends,
    ...missing.map(([name, figure]) => `no ${name}, which is ${shown(figure)}`),
    ...(spans.length === truth.spans.length ? [] : [`${spans.length} spans, not ${truth.spans.length}`]),
    ...(costs.length === truth.costs.length ? [] : [`${costs.length} costs, not ${truth.costs.length}`])
  ]
}

/** What is printed of a reading: on lines of its own, and no digit lost on the way to JSON. */
const printFaults = (reading: Reading): readonly string[] => {
  const controls = explainLines(reading).filter((line) => /\p{Cc}/u.test(line))
  const text = JSON.stringify(parseResult(reading))
  return [
    ...controls.map((line) => `a control character in ${JSON.stringify(line)}`),
    ...countsOf(reading)
      .filter((value) => !text.includes(value > EXACT ? `"${value}"` : `:${value}`))
      .map((value) => `${value} is not in ${text}`)
  ]
}

/** The largest up to which every whole number is a number of JSON. */
const EXACT = 2n ** 53n

const countsOf = ({ outcome, gas }: Reading): readonly bigint[] => {
  const own = gas === null ? [] : [gas]
  if (outcome.kind === 'failed') return own
  const { metrics, spans, costs } = outcome.sample
  return [
    ...own,
    ...entriesOf(metrics).flatMap(([, { value }]) => (typeof value === 'bigint' ? value : [])),
    ...spans.map(({ cycles }) => cycles),
    ...costs.map(({ cost }) => cost)
  ]
}

/** Where one damaged line changes what was read, the explanation points at it. Null: it does, or nothing changed. */
export const unpointed = (transcript: Transcript, wound: Wound): string | null => {
  const whole = parseResult(readingOf(transcript, UNHARMED))
  const damage = { ...UNHARMED, wounds: [wound] }
  const reading = readingOf(transcript, damage)
  if (JSON.stringify(parseResult(reading)) === JSON.stringify(whole)) return null
  const line = lineOfWound(transcript, damage)
  const explained = explainLines(reading)
  return explained.some((one) => one.startsWith(`stdout:${line}: not understood`))
    ? null
    : `line ${line} is not pointed at: ${explained.join(' / ')}`
}
