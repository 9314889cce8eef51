import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDemo } from '../../stand-in/demo.ts'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { RawInputs } from '../inputs/parse.ts'
import { runAndPrint } from './run.ts'
import { readSettings, type Terminal } from './terminal.ts'

interface DemoInvocation {
  readonly inputs: RawInputs
  readonly json: boolean
}

/** `proving-regression demo`: the main job on the stand-in, with recorded proving times. */
export const demo = async ({ inputs, json }: DemoInvocation, terminal: Terminal): Promise<ExitStatus> => {
  const outline = readSettings(inputs, terminal)
  if (outline === null) return EXIT.badInput
  terminal.log.info('demo: making two repositories that behave like ethrex and ethrex-replay')
  const made = await createDemo(packageRoot(), join(outline.cacheDir, 'demo'))
  const settings = readSettings(
    {
      ...inputs,
      // What is invented stays apart: no real run may find these witnesses.
      'cache-dir': join(outline.cacheDir, 'demo', 'cache'),
      repository: made.ethrex,
      'host-repository': made.host,
      head: made.headBranch,
      blocks: made.blocks.join(','),
      witnesses: made.witnesses,
      // The stand-in has no GPU; a port or container of its user's is none of the demo's business.
      resource: 'cpu'
    },
    terminal
  )
  if (settings === null) return EXIT.badInput
  return runAndPrint(settings, { timeScale: made.timeScale, notes: [], json }, terminal)
}

/** Whether this runs from `dist/` or `src/main/`, the templates lie in the package's `stand-in/`. */
const packageRoot = (): string => {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.endsWith('/dist') ? dirname(here) : join(here, '..', '..')
}
