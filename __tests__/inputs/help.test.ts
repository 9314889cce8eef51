import { expect, test } from 'vitest'
import { COMMAND_NAMES, EXIT_STATUSES } from '../../src/inputs/commands.ts'
import { renderHelp } from '../../src/inputs/help.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/spec.ts'

const PAGES = [null, ...COMMAND_NAMES]

test.each(PAGES)('help of %s', async (command) => {
  await expect(renderHelp(command)).toMatchFileSnapshot(
    `golden/help${command === null ? '' : `-${command}`}.txt`
  )
})

test.each(PAGES)(
  'help of %s keeps within 100 columns and leaves no blank at the end of a line',
  (command) => {
    for (const line of renderHelp(command).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(100)
      expect(line).not.toMatch(/\s$|`/)
    }
  }
)

test('run tells of every input, as a flag or as a variable', () => {
  for (const name of INPUT_NAMES) {
    const { variable } = inputOf(name)
    if (variable === undefined) expect(renderHelp('run')).toContain(`\n  --${name} `)
    else expect(renderHelp(null)).toContain(`\n  ${variable} `)
  }
})

test('every command and exit status is told of', () => {
  for (const name of COMMAND_NAMES) expect(renderHelp(null)).toMatch(new RegExp(`^  ${name} `, 'm'))
  expect(EXIT_STATUSES.map(({ status }) => status)).toEqual([0, 1, 2, 3, 130])
})
