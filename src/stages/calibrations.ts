import { join } from 'node:path'
import { calibrationNotes } from '../compare/calibration-notes.ts'
import { calibrationDocument, readCalibration, setupHashInput } from '../documents/calibration.ts'
import { setupOf, type Calibration, type Setup } from '../domain/calibration.ts'
import type { Machine } from '../domain/machine.ts'
import type { Plan } from '../domain/plan.ts'
import { failure, type Result } from '../domain/problem.ts'
import { MEBIBYTE } from '../domain/quantity.ts'
import type { Timing } from '../domain/timing.ts'
import type { Files, Log } from '../io/ports.ts'

interface StorePorts {
  readonly files: Files
  readonly log: Log
}

/** What names a setup: 16 hex digits. */
export const keyOf = (setup: Setup, files: Pick<Files, 'sha256OfText'>): string =>
  files.sha256OfText(setupHashInput(setup)).slice(0, 16)

/** `cache-dir/calibrations/<key>/<date>.json`. */
const directoryOf = (cacheDir: string, key: string): string => join(cacheDir, 'calibrations', key)

const MOST_KEPT = 20
const NAME = /^\d{4}-\d\d-\d\dT[\d.-]{5,20}Z\.json$/

/** A date as a file name, which orders as dates do. */
const nameOf = ({ finishedAt }: Calibration): string => `${finishedAt.replaceAll(':', '-')}.json`

/**
 * What earlier calibrations of the setup found, the newest first. A file that cannot be read, or is of another setup,
 * is told in a line and left out.
 */
export const keptCalibrations = async (
  setup: Setup,
  cacheDir: string,
  { files, log }: StorePorts
): Promise<readonly Calibration[]> => {
  const key = keyOf(setup, files)
  const directory = directoryOf(cacheDir, key)
  const kept: Calibration[] = []
  for (const name of (await namesIn(directory, { files, log })).toReversed().slice(0, MOST_KEPT)) {
    const path = join(directory, name)
    const read = await readKept(path, files)
    const why = read.ok ? objectionTo(read.value, { key, name }, files) : read.error
    if (why !== null) log.warn(`a calibration is not used: ${path} ${why}`)
    else if (read.ok) kept.push(read.value)
  }
  return kept
}

/** The oldest first; none where the place is none of ours: a run does not fail for words. */
const namesIn = async (directory: string, { files, log }: StorePorts): Promise<readonly string[]> => {
  try {
    return (await files.names(directory)).filter((name) => NAME.test(name)).toSorted()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    log.warn(`calibrations are not used: ${error.message}`)
    return []
  }
}

/** The error reads on from the path. */
const readKept = async (path: string, files: Files): Promise<Result<Calibration, string>> => {
  try {
    const text = await files.readText(path, MEBIBYTE)
    return text === null ? failure('is gone') : readCalibration(text)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return failure(`cannot be read: ${error.message}`)
  }
}

const objectionTo = (
  calibration: Calibration,
  { key, name }: { readonly key: string; readonly name: string },
  files: Files
): string | null => {
  if (calibration.key !== key || keyOf(calibration.setup, files) !== key) return 'is of another setup'
  return nameOf(calibration) === name ? null : 'is of another day than its name says'
}

/** Keeps a calibration for later runs on this machine, and no more than the last twenty of its setup. */
export const keepCalibration = async (
  calibration: Calibration,
  cacheDir: string,
  ports: StorePorts
): Promise<void> => {
  const { files } = ports
  const directory = directoryOf(cacheDir, calibration.key)
  await files.makeDirectory(directory)
  await files.write(join(directory, nameOf(calibration)), calibrationDocument(calibration))
  for (const name of (await namesIn(directory, ports)).slice(0, -MOST_KEPT))
    await files.remove(join(directory, name))
}

/** A run as far as its calibrations matter. */
interface Timed {
  readonly plan: Plan
  readonly machine: Machine
  readonly timing: Timing | null
}

/** What earlier calibrations of this machine add to a run on it, as sentences for its report. */
export const notesOfMachine = async (
  { plan, machine, timing }: Timed,
  cacheDir: string,
  ports: StorePorts
): Promise<readonly string[]> => {
  const setup = setupOf(plan, machine)
  if (setup === null || timing === null) return []
  return calibrationNotes({ plan, timing }, await keptCalibrations(setup, cacheDir, ports))
}
