import { join } from 'node:path'
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import type { RawInputs } from '../inputs/parse.ts'
import { verifyWitnesses } from '../stages/witness-check.ts'
import { readSettings, refuse, type Terminal } from './terminal.ts'
import { createWorld } from './world.ts'

/** `proving-regression witnesses`: fetches what is missing, once, and executes each block at base. */
export const witnesses = async (inputs: RawInputs, terminal: Terminal): Promise<ExitStatus> => {
  const given = readSettings(inputs, terminal)
  if (given === null) return EXIT.badInput
  // An execution of base alone: no report, but logs that must not lie among those of a run.
  const reportDir = join(given.cacheDir, 'work', 'witnesses')
  const settings = { ...given, mode: 'execute' as const, reportDir }
  const hasRpcUrl = (terminal.environment['RPC_URL'] ?? '') !== ''
  const end = await verifyWitnesses(settings, hasRpcUrl, createWorld(settings, terminal))
  switch (end.kind) {
    case 'refused':
      return refuse(end.problems, terminal)
    case 'cancelled':
      return EXIT.cancelled
    case 'failed':
      for (const { reason, message, tail } of end.failures) {
        terminal.log.warn(`${reason}: ${message}`)
        if (tail !== '') terminal.log.info(tail)
      }
      return EXIT.infrastructure
    case 'verified':
      return EXIT.done
  }
}
