import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Failure } from '../domain/failure.ts'
import type { Settings } from '../domain/settings.ts'
import type { Witness } from '../domain/witness.ts'
import { logDirectoryIn } from './report-directory.ts'
import type { RunPorts } from './run-ports.ts'
import { cancelledRun, type Stop } from './run-state.ts'
import { fetchWitnesses, type Collected, type Forwarder } from './witnesses.ts'

export type FetchedMissing =
  | { readonly kind: 'fetched'; readonly witnesses: readonly Witness[] }
  | { readonly kind: 'stop'; readonly stop: Stop }

interface Fetching {
  readonly settings: Settings
  readonly collected: Collected
  /** Base's, for any zkVM. */
  readonly base: Build
}

/**
 * Fetches what no file covers, with base's host: base is the code that is trusted. The endpoint that it sees is
 * closed before the first trial. A block that cannot be had ends the run: a suite with a hole is another suite.
 */
export const fetchMissing = async (fetching: Fetching, ports: RunPorts): Promise<FetchedMissing> => {
  if (fetching.collected.missing.length === 0) return { kind: 'fetched', witnesses: [] }
  ports.tell({ kind: 'preparing', what: 'witnesses' }, null)
  const forwarder = await ports.startForwarder()
  if (!forwarder.ok) {
    return ports.isCancelled()
      ? { kind: 'stop', stop: cancelledRun }
      : stopped([unreachable(forwarder.error)])
  }
  try {
    const fetched = await fetchWith(forwarder.value, fetching, ports)
    if (fetched.kind === 'cancelled') return { kind: 'stop', stop: cancelledRun }
    return fetched.failures.length > 0 ? stopped(fetched.failures) : fetched
  } finally {
    await forwarder.value.close()
  }
}

const fetchWith = (
  forwarder: Forwarder,
  { settings, collected, base }: Fetching,
  ports: RunPorts
): ReturnType<typeof fetchWitnesses> => {
  const request = {
    binary: base.binary,
    network: settings.network,
    inputCommand: ports.prover.inputCommand,
    environment: ports.environments.trial,
    workDirectory: join(settings.cacheDir, 'work', 'witness'),
    logDirectory: logDirectoryIn(settings.reportDir),
    forwarder
  }
  return fetchWitnesses(collected.missing, request, { ...ports, store: ports.witnessStore })
}

const stopped = (failures: readonly Failure[]): FetchedMissing => ({
  kind: 'stop',
  stop: { ending: 'infrastructure', failures }
})

const unreachable = (message: string): Failure => ({
  side: null,
  stage: 'fetch',
  block: null,
  reason: 'bad-input',
  message,
  tail: ''
})
