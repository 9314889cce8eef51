import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT } from '../../src/domain/exit-status.ts'
import { BLOCKS, startRun } from './laboratory.ts'
import type { Laboratory, StartedRun } from './laboratory.ts'
import type { Bench } from './row.ts'

const TIMES = 3
const LOOK_EVERY = 10
/** Another run may have the machine until then. */
const PATIENCE = 300_000
/** What the stand-in says once it is deaf. */
const DEAF = 'deaf to INT and TERM'

/** From a first INT to the end, in the middle of a trial that listens to nothing but KILL. */
export const cancel: Bench = {
  name: 'cancel',
  run: async ({ root, laboratory: open }) => {
    const laboratory = await open()
    const ends: Cancelled[] = []
    while (ends.length < TIMES) ends.push(await cancelOnce(root, laboratory, ends.length + 1))
    return [
      {
        name: 'cancel',
        what: 'cancel to exit, the child deaf to INT and TERM',
        measured: Math.max(...ends.map((end) => end.seconds)),
        limit: 7,
        unit: 's',
        how: `longest of ${TIMES}: ${ends.map((end) => end.seconds.toFixed(2)).join(', ')}`
      },
      {
        name: 'cancel',
        what: 'left behind by it',
        measured: Math.max(...ends.map((end) => end.left)),
        limit: 0,
        unit: 'processes',
        how: 'those that name the directory of the run in environment or command, right after the exit'
      }
    ]
  }
}

interface Cancelled {
  readonly seconds: number
  readonly left: number
}

const cancelOnce = async (root: string, laboratory: Laboratory, time: number): Promise<Cancelled> => {
  const reportDir = join(laboratory.directory, `cancelled-${time}`)
  const inputs = laboratory.inputs([BLOCKS.quick, BLOCKS.deaf], reportDir)
  const run = startRun(root, laboratory, inputs)
  try {
    await untilDeaf(run, join(reportDir, 'logs', `cycles-${BLOCKS.deaf}-sp1-head.stderr.log`))
    const began = performance.now()
    run.child.kill('SIGINT')
    const code = await run.ended
    const seconds = (performance.now() - began) / 1000
    if (code !== EXIT.cancelled) throw new Error(`cancelled, it ended with ${code}: ${run.output()}`)
    return { seconds, left: processesNaming(laboratory.directory) }
  } finally {
    run.child.kill('SIGTERM')
    await run.ended
  }
}

const untilDeaf = async (run: StartedRun, log: string): Promise<void> => {
  const deadline = performance.now() + PATIENCE
  while (!existsSync(log) || !readFileSync(log, 'utf8').includes(DEAF)) {
    if (run.child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`the trial to be cancelled did not begin: ${run.output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
  }
}

const processesNaming = (directory: string): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => `${readProc(pid, 'environ')} ${readProc(pid, 'cmdline')}`.includes(directory)).length

/** Empty where the process ended meanwhile, or is another user's. */
const readProc = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ''
    throw error
  }
}
