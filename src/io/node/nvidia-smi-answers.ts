import { bytes, celsius, MEBIBYTE, megahertz } from '../../domain/quantity.ts'
import type { Bytes, Celsius, Megahertz } from '../../domain/quantity.ts'

/** What nvidia-smi prints, see docs/notes/nvidia-smi.md. What it does not say is null, never zero. */

/** One GPU at one moment. */
export interface Reading {
  readonly temperature: Celsius | null
  readonly smClock: Megahertz | null
  /** What holds the clocks down, one bit a reason. */
  readonly reasons: bigint | null
  readonly memory: Bytes | null
  /** In percent, over the last second or less. */
  readonly utilization: number | null
}

/** A process with a context on a GPU. */
export interface App {
  readonly pid: number
  /** Any text; null where nvidia-smi may not tell. */
  readonly name: string | null
}

/** What `parseReadings` takes, the reasons under the name that the driver knows. */
export const readingFields = (reasons: string): readonly string[] => [
  'temperature.gpu',
  'clocks.sm',
  reasons,
  'memory.used',
  'utilization.gpu'
]

/** A GPU that fell off the bus, in all the ways in which it is said. Only for answers that quote nobody else. */
const LOST = /\bGPU is lost\b|\bdevice handle for GPU|\bGPU requires reset\b|\bfallen off the bus\b/i

export const saysLost = (text: string): boolean => LOST.test(text)

/** There is a driver and no GPU: said where the last one was lost, too. */
export const saysNone = (text: string): boolean => text.includes('No devices were found')

/** The cells of each line of `--format=csv,noheader,nounits`. */
export const rowsOf = (csv: string): readonly (readonly string[])[] =>
  csv
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()))

/** One reading a GPU; null where any of it is not what nvidia-smi prints. */
export const parseReadings = (csv: string): readonly Reading[] | null => {
  const readings = rowsOf(csv).map(parseReading)
  return readings.every((reading) => reading !== null) ? readings : null
}

const parseReading = (cells: readonly string[]): Reading | null => {
  const [temperature, smClock, reasons, memory, utilization] = cells.map((cell, index) =>
    parseCell(cell, index === 2 ? HEXADECIMAL : WHOLE)
  )
  if (cells.length !== 5) return null
  if (temperature === undefined || smClock === undefined || reasons === undefined) return null
  if (memory === undefined || utilization === undefined || Number(utilization) > 100) return null
  return {
    temperature: temperature === null ? null : celsius(Number(temperature)),
    smClock: smClock === null ? null : megahertz(Number(smClock)),
    reasons: reasons === null ? null : BigInt(reasons),
    memory: memory === null ? null : bytes(Number(memory) * MEBIBYTE),
    utilization: utilization === null ? null : Number(utilization)
  }
}

const WHOLE = /^\d{1,9}$/
const HEXADECIMAL = /^0x[0-9a-f]{1,16}$/i
/** `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[Requested functionality has been deprecated]`, plain `N/A`. */
const NOTHING = /^(?:\[[^\]]*\]|N\/A)$/

/** Digits, null for "nothing to say", undefined for anything else. */
const parseCell = (cell: string, form: RegExp): string | null | undefined => {
  if (form.test(cell)) return cell
  return NOTHING.test(cell) ? null : undefined
}

export type Apps =
  | { readonly kind: 'read'; readonly apps: readonly App[] }
  /** This driver or GPU does not tell who uses it. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unreadable' }

/** The answer to `--query-compute-apps=pid,process_name`. A name may hold anything, commas too. */
export const parseApps = (csv: string): Apps => {
  const lines = csv.split('\n').filter((line) => line.trim() !== '')
  const apps: App[] = []
  let isHidden = false
  for (const line of lines) {
    const [, pid, name] = /^([^,]*)(?:, ?(.*))?$/s.exec(line.trim()) ?? []
    const cell = parseCell(pid ?? '', WHOLE)
    if (cell === undefined) return { kind: 'unreadable' }
    if (cell === null) isHidden = true
    else if (name === undefined) return { kind: 'unreadable' }
    else apps.push({ pid: Number(cell), name: name === '' || NOTHING.test(name) ? null : name })
  }
  return isHidden ? { kind: 'hidden' } : { kind: 'read', apps }
}
