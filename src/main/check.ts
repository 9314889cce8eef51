import { dirname } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { Bytes } from '../domain/quantity.ts'
import type { RawInputs } from '../inputs/parse.ts'
import { freeSpace } from '../io/node/disk-space.ts'
import { errorCode } from '../io/node/errors.ts'
import { preflight } from '../stages/check.ts'
import { readSettings, type Terminal } from './terminal.ts'
import { createWorld } from './world.ts'

/** `proving-regression check`: says whether a run could start here, and what it would cost. */
export const check = async (inputs: RawInputs, terminal: Terminal): Promise<ExitStatus> => {
  const settings = readSettings(inputs, terminal)
  if (settings === null) return EXIT.badInput
  const hasRpcUrl = (terminal.environment['RPC_URL'] ?? '') !== ''
  const ports = { ...createWorld(settings, terminal), freeSpace: freeSpaceFor }
  const findings = await preflight(settings, hasRpcUrl, ports)
  for (const { state, what } of findings) terminal.log.info(`${state.padEnd(8)}${what}`)
  return findings.some(({ state }) => state === 'missing') ? EXIT.infrastructure : EXIT.done
}

/** Of the nearest folder that exists: the cache folder may not yet. */
const freeSpaceFor = async (path: string): Promise<Bytes> => {
  try {
    return await freeSpace(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || path === '/') throw error
    return freeSpaceFor(dirname(path))
  }
}
