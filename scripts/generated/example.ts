import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const EXAMPLES = resolve(import.meta.dirname, '../../examples')

/** An example workflow as a block of code in markdown. */
export const renderExample = (name: string): string =>
  ['```yaml', readFileSync(resolve(EXAMPLES, name), 'utf8').trimEnd(), '```'].join('\n')
