import { join } from 'node:path'
import { measurementsDocument } from '../documents/measurements.ts'
import { planDocument } from '../documents/plan.ts'
import { readReport, reportDocument } from '../documents/report.ts'
import type { Report } from '../domain/report.ts'
import type { Measurements } from '../domain/run.ts'
import type { Files } from '../io/ports.ts'
import { renderComment } from '../render/comment.ts'
import type { CommentContext } from '../render/view.ts'
import { REPORT_FILES } from './report-directory.ts'
import { reportOf } from './report-of.ts'

/** What is shown of a run. Both texts are free of secrets. */
export interface Published {
  readonly report: Report
  readonly comment: string
  readonly json: string
}

interface PublishPorts {
  readonly files: Files
  /** Masks secrets in a text, in every form in which they may have got there. */
  readonly redact: (text: string) => string
}

/**
 * The report without secrets in its texts. Masked before it is rendered: what keeps a text from becoming a link puts
 * characters into it, and no secret would be found there any more.
 */
export const maskedReport = (report: Report, redact: PublishPorts['redact']): Report => {
  const masked = readReport(redact(reportDocument(report)))
  if (masked.ok) return masked.value
  // A mask where a number or a hash belongs: what can hold a secret in the first place is masked alone.
  const failures = report.failures.map((one) => ({
    ...one,
    message: redact(one.message),
    tail: redact(one.tail)
  }))
  return { ...report, failures, notes: report.notes.map(redact) }
}

/** Masks what is left, but for the first line: it is ours, and the comment is found by it. */
export const redactBelowMarker = (comment: string, redact: PublishPorts['redact']): string => {
  const end = comment.indexOf('\n')
  return comment.slice(0, end) + redact(comment.slice(end))
}

/** Compares and renders. The same measurements give the same texts. */
export const presentRun = (
  measurements: Measurements,
  context: CommentContext,
  redact: PublishPorts['redact']
): Published => {
  const report = maskedReport(reportOf(measurements), redact)
  return {
    report,
    comment: redactBelowMarker(renderComment(report, context), redact),
    json: redact(reportDocument(report))
  }
}

/** Writes a run's documents into the report directory, each whole or not at all. */
export const publishRun = async (
  reportDir: string,
  of: { readonly measurements: Measurements; readonly context: CommentContext },
  { files, redact }: PublishPorts
): Promise<Published> => {
  const published = presentRun(of.measurements, of.context, redact)
  const write = (name: string, text: string): Promise<void> => files.write(join(reportDir, name), text)
  await write(REPORT_FILES.measurements, redact(measurementsDocument(of.measurements)))
  await write(REPORT_FILES.report, published.json)
  await write(REPORT_FILES.comment, published.comment)
  await write(REPORT_FILES.plan, redact(planDocument(of.measurements.plan)))
  return published
}
