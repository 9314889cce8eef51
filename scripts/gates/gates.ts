import { distInStep } from './dist.ts'
import type { Gate } from './gate.ts'
import { namesSaySomething } from './names.ts'
import { script, tool } from './tool.ts'

const CRUISED = ['src', 'stand-in', 'scripts', '__tests__']

/** In the order in which they are started: the slowest first, so that the others fit beside it. */
export const GATES: readonly Gate[] = [
  { name: 'lint', repair: 'npx eslint . --fix', run: tool('eslint', '.', '--max-warnings', '0') },
  { name: 'names', repair: 'rename the file by docs/glossary.md', run: namesSaySomething },
  { name: 'format', repair: 'npm run format', run: tool('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'types', repair: 'mend the types', run: tool('tsc', '--pretty', 'false') },
  {
    name: 'boundaries',
    repair: 'mend the import, or argue in docs/adr/0001-layout.md',
    run: tool('depcruise', '--output-type', 'err-long', ...CRUISED)
  },
  { name: 'dead-code', repair: 'delete what nobody uses', run: tool('knip') },
  {
    name: 'test-only-code',
    repair: 'delete what only tests use, or move it to the tests',
    run: tool(
      'knip',
      '--production',
      '--config',
      'knip.production.json',
      '--include',
      'files,exports,types,enumMembers'
    )
  },
  { name: 'docs', repair: 'npm run docs', run: script('scripts/docs.ts', '--check') },
  { name: 'dist', repair: 'npm run build', run: distInStep },
  { name: 'tests', repair: 'npm test', alone: true, run: tool('vitest', 'run') }
]
