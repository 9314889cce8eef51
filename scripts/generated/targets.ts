import { replaceBetween } from './between.ts'
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
  ...renderSchemas().map(({ path, text }) => ({ path, render: () => text })),
  {
    path: 'README.md',
    render: (current) => {
      const withInputs = replaceBetween(current, 'inputs', renderInputsTable())
      return replaceBetween(withInputs, 'outputs', renderOutputsTable())
    }
  }
]
