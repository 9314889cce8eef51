import { markdownTable } from 'markdown-table'
import { OUTPUTS } from '../../src/inputs/outputs.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/spec.ts'
import type { InputName } from '../../src/inputs/spec.ts'

/** Columns of a line of `action.yml`. */
const WIDTH = 110

/** The whole of `action.yml`, as prettier leaves it. */
export const renderActionYml = (): string =>
  [
    'name: Proving regression',
    'description: Tells every pull request of ethrex what it does to proving.',
    'author: proving-regression contributors',
    'branding:',
    '  icon: activity',
    '  color: purple',
    'inputs:',
    ...INPUT_NAMES.flatMap(actionInput),
    'outputs:',
    ...OUTPUTS.flatMap(({ name, description }) => [`  ${name}:`, ...folded(description)]),
    'runs:',
    '  using: node24',
    '  main: dist/action.js',
    // The same file: it saves a state in its first phase, and so knows its last. It runs whatever became of the job.
    '  post: dist/post.js',
    ''
  ].join('\n')

/** The inputs as a table in markdown, ends with a newline. */
export const renderInputsTable = (): string => {
  const rows = INPUT_NAMES.map((name) => [code(name), shownDefault(name), description(name)])
  return table([['Input', 'Default', 'Meaning'], ...rows])
}

/** The outputs as a table in markdown, ends with a newline. */
export const renderOutputsTable = (): string =>
  table([['Output', 'Meaning'], ...OUTPUTS.map((output) => [code(output.name), output.description])])

const actionInput = (name: InputName): readonly string[] => {
  const { default: constant, defaultWords } = inputOf(name)
  const words = defaultWords === undefined ? '' : ` Default: ${defaultWords}.`
  return [
    `  ${name}:`,
    ...folded(description(name) + words),
    '    required: false',
    ...(constant === '' ? [] : [`    default: ${quoted(constant)}`])
  ]
}

const description = (name: InputName): string => {
  const { summary, more } = inputOf(name)
  return more === undefined ? summary : `${summary} ${more}`
}

const shownDefault = (name: InputName): string => {
  const { default: constant, defaultWords } = inputOf(name)
  return constant === '' ? (defaultWords ?? '–') : code(constant)
}

const code = (text: string): string => `\`${text}\``

/** A scalar that YAML reads as a string, whatever it looks like. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A folded block: no character of the text means anything to YAML there. */
const folded = (text: string): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? `      ${word}` : `${line} ${word}`
    if (longer.length <= WIDTH) {
      line = longer
    } else {
      lines.push(line)
      line = `      ${word}`
    }
  }
  return ['    description: >-', ...lines, line]
}

const table = (rows: readonly (readonly string[])[]): string =>
  `${markdownTable(rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|'))))}\n`
