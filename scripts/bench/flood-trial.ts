/**
 * As a process of its own, bundled as dist is: one trial whose child floods its log.
 *
 *     node flood-trial.js BINARY DIRECTORY
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytes, gas } from '../../src/domain/quantity.ts'
import { clock } from '../../src/io/node/clock.ts'
import { childEnvironment } from '../../src/io/node/environment.ts'
import { files } from '../../src/io/node/files.ts'
import { createProcesses } from '../../src/io/node/processes.ts'
import { makeTag } from '../../src/io/node/tag.ts'
import { plannedTrials } from '../../src/plan/trials.ts'
import type { Prover } from '../../src/provers/prover.ts'
import { REGISTRY } from '../../src/provers/registry.ts'
import { runTrial } from '../../src/stages/trial.ts'
import { inventedBuild, inventedPlan } from './invented-run.ts'

/** What became of the trial, as this process prints it. */
export interface FloodReading {
  /** Of the child, as we saw it, in ms. */
  readonly wall: number
  /** The most memory that we had at any time, in bytes. */
  readonly mostMemory: number
  readonly lines: number
  /** Why the trial failed, which it must: nothing that it prints is a report. */
  readonly reason: string | null
}

const readFlood = async (binary: string, directory: string): Promise<FloodReading> => {
  const plan = inventedPlan(1, 1)
  const [trial] = plannedTrials(plan)
  if (trial === undefined) throw new Error('a plan without trials')
  const read = { lines: 0 }
  const path = join(directory, 'witness.json')
  const end = await runTrial(trial, {
    plan,
    prover: counting(REGISTRY['ethrex-replay'], read),
    builds: { base: inventedBuild('base', binary), head: inventedBuild('head', binary) },
    witnesses: [{ block: trial.block, path, sha256: '', size: bytes(0), gas: gas(0n) }],
    workDirectory: join(directory, 'work'),
    checkout: join(directory, 'ethrex'),
    logDirectory: directory,
    environment: childEnvironment(process.env, { purpose: 'trial' }),
    isWitnessIntact: () => Promise.resolve(true),
    ports: {
      processes: createProcesses({ tag: makeTag(), signal: new AbortController().signal }),
      files,
      clock,
      gpu: null,
      server: {
        clear: () => Promise.resolve([]),
        obstacle: () => Promise.resolve(null),
        watch: () => ({ end: () => Promise.resolve([]) })
      }
    }
  })
  if (end.kind !== 'recorded') throw new Error(`the trial has no record: ${JSON.stringify(end)}`)
  const { outcome, wall } = end.record
  const reason = outcome.kind === 'failed' ? outcome.reason : null
  return { wall: wall * 1000, mostMemory: mostMemory(), lines: read.lines, reason }
}

/** The same prover, its reader's lines counted. */
const counting = (prover: Prover, read: { lines: number }): Prover => ({
  ...prover,
  createReader: (context) => {
    const reader = prover.createReader(context)
    return {
      ...reader,
      line: (stream, line) => {
        read.lines += 1
        reader.line(stream, line)
      }
    }
  }
})

/** Not `maxRSS` of the resource usage: that begins with the memory of whoever started us. */
const mostMemory = (): number => {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(kibibytes) * 1024
}

const [binary = '', directory = ''] = process.argv.slice(2)
console.log(JSON.stringify(await readFlood(binary, directory)))
