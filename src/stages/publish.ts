import { join } from 'node:path'
import { measurementsDocument } from '../documents/measurements.ts'
import { planDocument } from '../documents/plan.ts'
import { readReport, reportDocument } from '../documents/report.ts'
import type { Report, RunReport } from '../domain/report.ts'
import type { RunMeasurements } from '../domain/run.ts'
import type { Files } from '../io/ports.ts'
import { renderComment } from '../render/comment.ts'
import type { CommentContext } from '../render/view.ts'
import { REPORT_FILES } from './report-directory.ts'
import { reportOfRun } from './report-of.ts'
import { planOf } from './run-state.ts'

/** What is shown of a run. Both texts are free of secrets. */
export interface Published {
  readonly report: RunReport
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
export const maskedReport = (report: RunReport, redact: PublishPorts['redact']): RunReport => {
  const masked = readReport(redact(reportDocument(report)))
  if (masked.ok) return masked.value
  // A mask where a number or a hash belongs: what can hold a secret in the first place is masked alone.
  return {
    ...report,
    legs: report.legs.map((leg) => maskedSentences(leg, redact)),
    reference: report.reference === null ? null : maskedReference(report.reference, redact)
  }
}

const maskedSentences = <T extends Pick<Report, 'failures' | 'notes'>>(
  of: T,
  redact: PublishPorts['redact']
): T => ({
  ...of,
  failures: of.failures.map((one) => ({ ...one, message: redact(one.message), tail: redact(one.tail) })),
  notes: of.notes.map(redact)
})

const maskedReference = (
  reference: NonNullable<RunReport['reference']>,
  redact: PublishPorts['redact']
): NonNullable<RunReport['reference']> => ({
  ...maskedSentences(reference, redact),
  blocks: reference.blocks.map((block) => {
    const { failure } = block
    if (failure === null) return block
    return { ...block, failure: { ...failure, message: redact(failure.message), tail: redact(failure.tail) } }
  })
})

/** Masks what is left, but for the first line: it is ours, and the comment is found by it. */
export const redactBelowMarker = (comment: string, redact: PublishPorts['redact']): string => {
  const end = comment.indexOf('\n')
  return comment.slice(0, end) + redact(comment.slice(end))
}

/** Compares and renders. The same measurements give the same texts. */
export const presentRun = (
  measurements: RunMeasurements,
  context: CommentContext,
  redact: PublishPorts['redact']
): Published => {
  const report = maskedReport(reportOfRun(measurements), redact)
  return {
    report,
    comment: redactBelowMarker(renderComment(report, context), redact),
    json: redact(reportDocument(report))
  }
}

/** Writes a run's documents into the report directory, each whole or not at all. */
export const publishRun = async (
  reportDir: string,
  of: { readonly measurements: RunMeasurements; readonly context: CommentContext },
  { files, redact }: PublishPorts
): Promise<Published> => {
  const published = presentRun(of.measurements, of.context, redact)
  const write = (name: string, text: string): Promise<void> => files.write(join(reportDir, name), text)
  await write(REPORT_FILES.measurements, redact(measurementsDocument(of.measurements)))
  await write(REPORT_FILES.report, published.json)
  await write(REPORT_FILES.comment, published.comment)
  await write(REPORT_FILES.plan, redact(planDocument(planOf(of.measurements))))
  return published
}
