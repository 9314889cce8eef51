import { dirname, join, resolve } from 'node:path'
import { readMeasurements } from '../documents/measurements.ts'
import { readReport, reportDocument } from '../documents/report.ts'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import { GIBIBYTE } from '../domain/quantity.ts'
import { files } from '../io/node/files.ts'
import { presentRun, type Published } from '../stages/publish.ts'
import { REPORT_FILES } from '../stages/report-directory.ts'
import { refuse, type Terminal } from './terminal.ts'

interface ReportInvocation {
  readonly directory: string
  readonly json: boolean
}

/** `proving-regression report DIR`: compares and renders again what an earlier run measured. */
export const report = async (
  { directory, json }: ReportInvocation,
  terminal: Terminal
): Promise<ExitStatus> => {
  const path = join(resolve(terminal.workingDirectory, directory), REPORT_FILES.measurements)
  const text = await files.readText(path, GIBIBYTE)
  if (text === null) {
    const message = `${path} does not exist; allowed: the report-dir of a run that ended`
    return refuse([{ input: 'report', message }], terminal)
  }
  const measurements = readMeasurements(text)
  if (!measurements.ok)
    return refuse([{ input: 'report', message: `${path} ${measurements.error}` }], terminal)
  const context = {
    pullRequest: null,
    key: 'default',
    run: { id: 0, attempt: 0 },
    runUrl: null,
    outdatedBy: null
  }
  const presented = presentRun(measurements.value, context, terminal.redact)
  await compareWithKept(path, presented, terminal)
  await terminal.print(json ? presented.json : presented.comment)
  return EXIT.done
}

/** The report that lies there should say the same; where it does not, somebody edited one of the two files. */
const compareWithKept = async (
  measurements: string,
  presented: Published,
  { log }: Terminal
): Promise<void> => {
  const path = join(dirname(measurements), REPORT_FILES.report)
  const text = await files.readText(path, GIBIBYTE)
  if (text === null) return
  const kept = readReport(text)
  const made = readReport(presented.json)
  if (!kept.ok) log.warn(`${path} ${kept.error}`)
  else if (!made.ok || reportDocument(kept.value) !== reportDocument(made.value))
    log.warn(`${path} says something else than its measurements`)
}
