import { join } from 'node:path'
import { EXIT, exitStatus, type ExitStatus } from '../domain/exit-status.ts'
import type { Settings } from '../domain/settings.ts'
import { problemLine } from '../inputs/parse.ts'
import type { AnnotationKind } from '../io/github/step.ts'
import { headlineOf } from '../render/headline.ts'
import { renderJobSummary } from '../render/job-summary.ts'
import { renderOutputs } from '../render/outputs.ts'
import { renderSummary } from '../render/terminal.ts'
import type { CommentContext } from '../render/view.ts'
import type { Published } from '../stages/publish.ts'
import { REPORT_FILES } from '../stages/report-directory.ts'
import type { RunEnd } from '../stages/run.ts'
import type { Scene } from './scene.ts'

interface About {
  readonly settings: Settings
  readonly context: CommentContext
  readonly commentUrl: string | null
}

/** Gives a run's end to its runner: annotations, outputs and the job's summary. */
export const handOver = async (end: RunEnd, about: About, scene: Scene): Promise<void> => {
  const { step, log } = scene
  const { commentUrl } = about
  if (end.kind !== 'published' && commentUrl !== null) {
    const told = await step.setOutputs({ 'comment-url': commentUrl })
    if (!told.ok) step.annotate('error', told.error)
  }
  switch (end.kind) {
    case 'refused':
      for (const problem of end.problems) step.annotate('error', problemLine(problem, 'action'))
      return
    case 'unreachable':
      step.annotate('error', `${end.failure.reason}: ${end.failure.message}`)
      log.info(end.failure.tail)
      return
    case 'withdrawn':
      step.annotate('notice', end.why)
      return
    case 'cancelled':
      step.annotate('warning', 'Cancelled before anything was measured.')
      return
    case 'published':
      log.info(renderSummary(end.published.report))
      return handOverReport(end.published, about, scene)
  }
}

const handOverReport = async (
  { report }: Published,
  { settings, context, commentUrl }: About,
  { step }: Scene
): Promise<void> => {
  step.annotate(kindOf(exitStatus(report.verdict, settings.failOn)), headlineOf(report))
  const files = {
    json: join(settings.reportDir, REPORT_FILES.report),
    markdown: join(settings.reportDir, REPORT_FILES.comment)
  }
  const told = [
    await step.setOutputs(renderOutputs(report, { ...files, commentUrl: commentUrl ?? '' })),
    await step.appendSummary(renderJobSummary(report, context))
  ]
  for (const one of told) if (!one.ok) step.annotate('error', one.error)
}

const kindOf = (status: ExitStatus): AnnotationKind => {
  if (status === EXIT.done) return 'notice'
  return status === EXIT.cancelled ? 'warning' : 'error'
}

export const statusOf = (end: RunEnd, { failOn }: Pick<Settings, 'failOn'>): ExitStatus => {
  switch (end.kind) {
    case 'refused':
      return EXIT.badInput
    case 'unreachable':
      return EXIT.infrastructure
    case 'withdrawn':
      return EXIT.done
    case 'cancelled':
      return EXIT.cancelled
    case 'published':
      return exitStatus(end.published.report.verdict, failOn)
  }
}
