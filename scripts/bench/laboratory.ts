import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RawInputs } from '../../src/inputs/parse.ts'
import { childEnvironment } from '../../src/io/node/environment.ts'
import { createStandIn } from '../../stand-in/repositories.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { cliOf, exitOf } from './children.ts'

/** A block that both sides prove at once, and one that head executes without end, deaf to INT and TERM. */
export const BLOCKS = { quick: 100, deaf: 101 } as const

/** A stand-in of two revisions, its witnesses, and a cache in which both are built. */
export interface Laboratory {
  readonly directory: string
  /** Inputs of a run on these blocks. */
  readonly inputs: (blocks: readonly number[], reportDir: string) => RawInputs
  /** The report directory of the run that built both sides and proved the quick block. */
  readonly reportDir: string
}

interface Place {
  readonly root: string
  /** For everything; need not exist. */
  readonly directory: string
}

export const openLaboratory = async ({ root, directory }: Place): Promise<Laboratory> => {
  const standIn = await createStandIn({
    root,
    directory: join(directory, 'repositories'),
    base: {
      timeScale: 1,
      executedCyclesPerSecond: 1e12,
      secondsPerGigagas: 0.5,
      cyclesPerGas: { read_input: 1, execution: 40, 'execution/execute_block': 30, commit_public_inputs: 1 }
    },
    head: { behaviours: { [BLOCKS.deaf]: 'IgnoresSignals' } }
  })
  const witnesses = join(directory, 'witnesses')
  for (const number of Object.values(BLOCKS)) {
    await writeWitness(witnesses, { number, gas: 10_000_000 + number, transactions: 3 })
  }
  const laboratory: Laboratory = {
    directory,
    reportDir: join(directory, 'report'),
    inputs: (blocks, reportDir) => ({
      repository: standIn.ethrex,
      'host-repository': standIn.host,
      head: standIn.headBranch,
      blocks: blocks.join(','),
      witnesses,
      resource: 'cpu',
      'cache-dir': join(directory, 'cache'),
      'report-dir': reportDir
    })
  }
  await buildBoth(root, laboratory)
  return laboratory
}

const buildBoth = async (root: string, laboratory: Laboratory): Promise<void> => {
  const run = startRun(root, laboratory, laboratory.inputs([BLOCKS.quick], laboratory.reportDir))
  const code = await run.ended
  if (code !== 0) throw new Error(`the run that builds ended with ${code}: ${run.output()}`)
}

export interface StartedRun {
  readonly child: ChildProcess
  /** Its exit status. */
  readonly ended: Promise<number | null>
  readonly output: () => string
}

/** Starts `dist/cli.js run` as its user would, but for the user's secrets. */
export const startRun = (root: string, { directory }: Laboratory, inputs: RawInputs): StartedRun => {
  const flags = Object.entries(inputs).flatMap(([name, value = '']) => [`--${name}`, value])
  const path = join(directory, 'output.log')
  const log = openSync(path, 'w')
  const child = spawn(process.execPath, [cliOf(root), 'run', ...flags], {
    cwd: directory,
    env: childEnvironment(process.env, { purpose: 'build' }),
    stdio: ['ignore', log, log]
  })
  closeSync(log)
  return { child, ended: exitOf(child), output: () => readFileSync(path, 'utf8') }
}
