/**
 * The one gate: everything that must hold before a merge, on a laptop and in CI alike. Runs all, then says for
 * each that is red what is wrong and what to type.
 *
 *     npm run check -- [--only lint,types] [--except tests] [--root DIR]
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Gate, GateResult } from './gates/gate.ts'
import { GATES } from './gates/gates.ts'

/** Most gates use one core; more at a time only makes all of them slower on a small machine. */
const AT_A_TIME = 2

interface Finished {
  readonly gate: Gate
  readonly result: GateResult
}

async function runGate(gate: Gate, root: string): Promise<Finished> {
  const started = performance.now()
  const result = await gate.run(root).catch(asResult)
  const elapsed = ((performance.now() - started) / 1000).toFixed(1)
  // Printed whole and at once, so that gates side by side do not mix their lines.
  const lines = [`${result.passed ? 'ok  ' : 'FAIL'}  ${gate.name.padEnd(14)} ${elapsed.padStart(6)} s`]
  if (!result.passed) lines.push('', result.output, '', `Repair: ${gate.repair}`, '')
  console.log(lines.join('\n'))
  return { gate, result }
}

/** A gate that cannot be run is red: whatever it threw is what its reader needs. */
function asResult(error: unknown): GateResult {
  return { passed: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

async function runAll(gates: readonly Gate[], root: string): Promise<readonly Finished[]> {
  const finished: Finished[] = []
  const queue = gates.filter((gate) => gate.alone !== true)
  const worker = async (): Promise<void> => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift()) {
      finished.push(await runGate(gate, root))
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  for (const gate of gates.filter((one) => one.alone === true)) finished.push(await runGate(gate, root))
  return finished
}

/** The gates that were asked for; a name that is no gate must not pass as "nothing to do". */
function choose(only: string | undefined, except: string | undefined): readonly Gate[] {
  const namesIn = (list: string | undefined): readonly string[] => list?.split(',') ?? []
  const unknown = [...namesIn(only), ...namesIn(except)].filter(
    (name) => !GATES.some((gate) => gate.name === name)
  )
  if (unknown.length > 0) {
    throw new Error(
      `no such gate: ${unknown.join(', ')}; there are ${GATES.map((gate) => gate.name).join(', ')}`
    )
  }
  return GATES.filter(
    (gate) =>
      (only === undefined || namesIn(only).includes(gate.name)) && !namesIn(except).includes(gate.name)
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      except: { type: 'string' },
      root: { type: 'string', default: resolve(import.meta.dirname, '..') }
    }
  })
  const finished = await runAll(choose(values.only, values.except), resolve(values.root))
  const red = finished.filter(({ result }) => !result.passed).map(({ gate }) => gate.name)
  console.log(
    `${finished.length - red.length} gates passed, ${red.length} failed${red.length > 0 ? `: ${red.join(', ')}` : ''}`
  )
  if (red.length > 0) process.exitCode = 1
}

await main()
