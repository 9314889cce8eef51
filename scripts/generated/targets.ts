import { renderPictured, renderTables } from '../picture/comment.ts'
import { renderPicture } from '../verdict/picture.ts'
import { readResult } from '../verdict/result-file.ts'
import { replaceBetween } from './between.ts'
import { renderExample } from './example.ts'
import { renderMethod } from './method.ts'
import { renderActionYml, renderInputsTable, renderOutputsTable } from './inputs.ts'
import { renderSchemas } from './schemas.ts'

/** A file of the tree that is written from code, wholly or between marks. */
export interface Target {
  /** From the root of the tree. One target a file. */
  readonly path: string
  /** The file as it should be, given as it is (empty where it is missing). Layout is left to prettier. */
  readonly render: (current: string) => string
}

export const TARGETS: readonly Target[] = [
  { path: 'action.yml', render: renderActionYml },
  { path: 'docs/pictures/comment.md', render: renderPictured },
  { path: 'docs/pictures/tables.md', render: renderTables },
  { path: 'docs/pictures/looks.svg', render: renderPicture },
  { path: 'docs/method.md', render: (current) => renderMethod(current, readResult()) },
  ...renderSchemas().map(({ path, text }) => ({ path, render: () => text })),
  {
    path: 'README.md',
    render: (current) => {
      const withWorkflow = replaceBetween(current, 'workflow', renderExample('pull-request.yml'))
      const withInputs = replaceBetween(withWorkflow, 'inputs', renderInputsTable())
      return replaceBetween(withInputs, 'outputs', renderOutputsTable())
    }
  }
]
