import { appendFile } from 'node:fs/promises'
import { writing } from './errors.ts'

/** Adds text to a file that the runner reads after the step; without a path, outside a runner, it goes nowhere. */
export const appendToFile = async (path: string | undefined, text: string): Promise<void> => {
  if (path === undefined || path === '') return
  await writing(path, () => appendFile(path, text))
}
