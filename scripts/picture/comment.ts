import { renderComment } from '../../src/render/comment.ts'
import { reportOfRun } from '../../src/stages/report-of.ts'
import { recordedRun } from './recorded-run.ts'

/** The comment that the picture shows: our own words on the demo's figures. */
export function renderPictured(): string {
  return renderComment(reportOfRun({ legs: [recordedRun()], reference: null }), {
    pullRequest: 5224,
    key: 'default',
    run: { id: 17654321, attempt: 1 },
    runUrl: 'https://github.com/lambdaclass/ethrex/actions/runs/17654321',
    outdatedBy: null
  })
}
