import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readMeasurements } from '../../src/documents/measurements.ts'
import type { Settings } from '../../src/domain/settings.ts'
import type { Trial } from '../../src/domain/trial.ts'
import { parseInputs } from '../../src/inputs/parse.ts'
import type { Command } from '../../src/io/ports.ts'
import { createWorld } from '../../src/main/world.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import { REPORT_FILES } from '../../src/stages/report-directory.ts'
import { runTrial } from '../../src/stages/trial.ts'
import type { TrialContext } from '../../src/stages/trial.ts'
import { timeBare } from './children.ts'
import { BLOCKS } from './laboratory.ts'
import type { Laboratory } from './laboratory.ts'
import { alternate, median } from './pairs.ts'
import { withUnit } from './row.ts'
import type { Bench } from './row.ts'

const PAIRS = 40

/** What a trial takes beyond its child: the witness, the directories, the tree, the logs, the reading. */
export const trial: Bench = {
  name: 'trial',
  run: async ({ laboratory }) => {
    const prepared = await prepare(await laboratory())
    const pairs = await alternate(
      PAIRS,
      () => timeTrial(prepared),
      () => timeCommand(prepared)
    )
    const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))]
    return [
      {
        name: 'trial',
        what: 'our own time per trial, from the look at its witness to its record',
        measured: ours - theirs,
        limit: 25,
        unit: 'ms',
        how:
          `medians of ${PAIRS} alternating pairs: ${withUnit(ours, 'ms')} less ` +
          `${withUnit(theirs, 'ms')} of the same command spawned into files`
      }
    ]
  }
}

interface Prepared {
  readonly trial: Trial
  readonly context: TrialContext
  readonly directory: string
  /** What the last trial started. */
  readonly seen: { command: Command | null }
}

const prepare = async (laboratory: Laboratory): Promise<Prepared> => {
  const text = await readFile(join(laboratory.reportDir, REPORT_FILES.measurements), 'utf8')
  const read = readMeasurements(text)
  if (!read.ok) throw new Error(`${REPORT_FILES.measurements} ${read.error}`)
  const [leg] = read.value.legs
  if (leg === undefined) throw new Error('a run without a leg')
  const { plan, builds } = leg
  const timed = plannedTrials(plan).find((candidate) => candidate.phase === 'timed')
  const settings = settingsOf(laboratory)
  const world = worldOf(settings, laboratory)
  const witness = timed === undefined ? null : await world.witnessStore.kept(timed.block)
  if (timed === undefined || witness === null || builds.base === null || builds.head === null) {
    throw new Error('the run that builds left no builds, or no witness')
  }
  const seen: Prepared['seen'] = { command: null }
  const { processes } = world
  const watched: TrialContext['ports']['processes'] = {
    ...processes,
    run: (command, options) => {
      seen.command = command
      return processes.run(command, options)
    }
  }
  const context: TrialContext = {
    plan,
    prover: world.prover,
    builds: { base: builds.base, head: builds.head },
    witnesses: [witness],
    workDirectory: join(settings.cacheDir, 'work', 'trial'),
    checkout: join(settings.cacheDir, 'build', 'ethrex'),
    logDirectory: laboratory.directory,
    environment: world.environments.trial,
    isWitnessIntact: world.witnessStore.isIntact,
    ports: { ...world, processes: watched }
  }
  return { trial: timed, context, directory: laboratory.directory, seen }
}

const settingsOf = ({ directory, inputs }: Laboratory): Settings => {
  const read = parseInputs(inputs([BLOCKS.quick], join(directory, 'unused')), {
    surface: 'terminal',
    workingDirectory: directory,
    home: null,
    defaultCacheDir: directory,
    serverUrl: 'https://github.com',
    defaultRepository: null,
    rpcUrl: undefined
  })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

const worldOf = (settings: Settings, { directory }: Laboratory): ReturnType<typeof createWorld> => {
  const { signal } = new AbortController()
  const silent = (): void => undefined
  return createWorld(settings, {
    environment: process.env,
    workingDirectory: directory,
    cancellation: { signal, hardSignal: signal },
    log: { info: silent, warn: silent, progress: silent },
    redact: (text) => text
  })
}

const timeTrial = async ({ trial: timed, context }: Prepared): Promise<number> => {
  const began = performance.now()
  const end = await runTrial(timed, context)
  const elapsed = performance.now() - began
  if (end.kind !== 'recorded' || end.record.outcome.kind !== 'measured') {
    throw new Error(`the trial was not measured: ${JSON.stringify(end)}`)
  }
  return elapsed
}

const timeCommand = async ({ seen: { command }, directory }: Prepared): Promise<number> => {
  if (command === null) throw new Error('no trial was started yet')
  await mkdir(command.cwd, { recursive: true })
  const elapsed = await timeBare(command, join(directory, 'bare.stdout'), join(directory, 'bare.stderr'))
  await rm(command.cwd, { recursive: true })
  return elapsed
}
