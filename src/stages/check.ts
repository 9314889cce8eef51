import { milliseconds, type Bytes, GIBIBYTE } from '../domain/quantity.ts'
import type { Settings } from '../domain/settings.ts'
import type { Witness } from '../domain/witness.ts'
import type { Processes } from '../io/ports.ts'
import { estimateCost } from '../plan/estimate.ts'
import type { RunPorts } from './run-ports.ts'
import { collectWitnesses, missingProblem } from './witnesses.ts'

/** One thing that was looked at. `missing` forbids a run, `warning` does not. */
export interface Finding {
  readonly state: 'ok' | 'missing' | 'warning'
  readonly what: string
}

/** A build of ethrex-replay with its guests takes tens of GiB. */
const ROOM = 40 * GIBIBYTE
const DEADLINE = milliseconds(60_000)

/** The preflight: everything a run with these settings needs, looked at without building or proving. */
export const preflight = async (
  settings: Settings,
  hasRpcUrl: boolean,
  ports: RunPorts
): Promise<readonly Finding[]> => {
  const tools = await Promise.all(
    ['git', 'cargo', 'rustc', ...toolsOf(settings)].map((program) => findTool(program, ports))
  )
  const machine = await ports.readMachine(null)
  const collected = await collectWitnesses(settings.blocks, settings.witnesses, ports)
  const needsFetch = collected.missing.length > 0
  const missing = hasRpcUrl
    ? `blocks ${collected.missing.join(', ')} will be fetched from the RPC endpoint`
    : missingProblem(collected.missing, settings.witnesses).message
  return [
    ...tools,
    gpuFinding(settings, machine.gpu),
    await serverFinding(ports),
    spaceFinding(await ports.freeSpace(settings.cacheDir), settings.cacheDir),
    ...collected.problems.map(({ message }): Finding => ({ state: 'missing', what: message })),
    ...(needsFetch
      ? [{ state: hasRpcUrl ? ('warning' as const) : ('missing' as const), what: `witnesses: ${missing}` }]
      : [{ state: 'ok' as const, what: `witnesses of ${collected.witnesses.length} blocks` }]),
    costFinding(settings, collected.witnesses)
  ]
}

/** What hosts start besides: of RISC0 on a CPU `r0vm`, of ZisK its emulator and, to prove, `cargo-zisk`. */
const toolsOf = ({ zkvms, resource, mode }: Settings): readonly string[] => {
  const isGpu = resource === 'gpu' && mode !== 'execute'
  return [
    ...(zkvms.includes('risc0') && !isGpu ? ['r0vm'] : []),
    ...(zkvms.includes('zisk') ? ['ziskemu', ...(mode === 'execute' ? [] : ['cargo-zisk'])] : [])
  ]
}

const findTool = async (
  program: string,
  {
    processes,
    environments
  }: { readonly processes: Processes; readonly environments: RunPorts['environments'] }
): Promise<Finding> => {
  const command = { program, args: ['--version'], cwd: '/', env: environments.build }
  const { finished, stdout } = await processes.capture(command, DEADLINE)
  const line = stdout.split('\n', 1)[0]?.trim() ?? ''
  const { end } = finished
  const isWell = end.kind === 'ended' && end.exit.kind === 'exited' && end.exit.code === 0
  // `r0vm --version` calls itself risc0-r0vm, and git says what it is.
  const isThere = isWell && line.includes(program)
  return isThere ? { state: 'ok', what: line } : { state: 'missing', what: `${program} does not run here` }
}

const gpuFinding = ({ resource, mode }: Settings, gpu: string | null): Finding => {
  if (gpu !== null) return { state: 'ok', what: `GPU: ${gpu}` }
  const isNeeded = resource === 'gpu' && mode !== 'execute'
  return { state: isNeeded ? 'warning' : 'ok', what: 'GPU: none that nvidia-smi shows' }
}

const serverFinding = async ({ server }: RunPorts): Promise<Finding> => {
  const obstacle = await server.obstacle()
  return obstacle === null
    ? { state: 'ok', what: "the prover's container name and port are free, or not needed" }
    : { state: 'missing', what: obstacle.message }
}

const spaceFinding = (free: Bytes, cacheDir: string): Finding => {
  const gibibytes = Math.floor(free / GIBIBYTE)
  return { state: free < ROOM ? 'warning' : 'ok', what: `${gibibytes} GiB free for ${cacheDir}` }
}

const costFinding = (settings: Settings, witnesses: readonly Witness[]): Finding => {
  const { builds, executions, proofs, minutes } = estimateCost(settings, witnesses)
  const isKnown = witnesses.length === settings.blocks.length
  const time =
    minutes === null
      ? `time not known: ${isKnown ? 'published is that of SP1 alone' : 'nothing to replay from yet'}`
      : `about ${range(minutes)} min at the 38.5 s per Mgas of ethrex's published SP1 proofs (RTX 4090)`
  const budget = settings.gpuMinutes === null ? 'no budget' : `budget ${settings.gpuMinutes} GPU min`
  const each = settings.mode === 'calibrate' ? ' for either session' : ''
  const said = `cost: ${builds} builds, ${executions} executions, ${range(proofs)} proofs${ofReference(settings)}: ${time}; ${budget}${each}`
  const isShort = minutes !== null && settings.gpuMinutes !== null && minutes.least > settings.gpuMinutes
  return isShort
    ? { state: 'warning', what: `${said}, which may be spent before the first look` }
    : { state: 'ok', what: said }
}

/** Not among the rest: it proves each block once, unless an earlier run did. */
const ofReference = ({ reference, mode, blocks }: Settings): string =>
  reference === null
    ? ''
    : `, and up to ${blocks.length} ${mode === 'execute' ? 'executions' : 'proofs'} by ${reference.prover}`

/** From the first look to the last. */
const range = ({ least, most }: { readonly least: number; readonly most: number }): string => {
  const [from, to] = [Math.round(least), Math.round(most)]
  return from === to ? String(from) : `${from} to ${to}`
}
