import type { Milliseconds } from '../../domain/quantity.ts'
import { milliseconds } from '../../domain/quantity.ts'
import { unreachable } from '../../domain/problem.ts'
import type { Captured, Processes } from '../ports.ts'
import { printableName } from '../text/printable.ts'
import type { Environment } from './environment.ts'
import type { App, Reading } from './nvidia-smi-answers.ts'
import { parseApps, parseReadings, readingFields, saysLost, saysNone } from './nvidia-smi-answers.ts'

/** What starts the tools that are asked, and what they may see. */
export interface Tools {
  readonly processes: Processes
  /** Of purpose `tool`. */
  readonly env: Environment
}

/** What one look at the GPUs showed. `why` is a sentence of ours without its end, the same for the same thing. */
export type Look =
  | {
      readonly kind: 'seen'
      readonly readings: readonly Reading[]
      readonly apps: readonly App[]
      /** What it did not show. */
      readonly gap: string | null
    }
  /** It did not answer, and would not the next time either. */
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }

/** An answer of nvidia-smi, or why there is none. */
export type Answer =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly code: number | null; readonly text: string; readonly why: string }
  | { readonly kind: 'silent'; readonly why: string }

/** A driver that hangs answers never; one without persistence mode that has to start first, in a second or two. */
const ANSWER_WITHIN = milliseconds(5_000)

const LONGEST = 200

/** Asks for values without units. */
export const askNvidiaSmi = async (
  { processes, env }: Tools,
  query: string,
  deadline: Milliseconds = ANSWER_WITHIN
): Promise<Answer> => {
  const args = [query, '--format=csv,noheader,nounits']
  return answerOf(await processes.capture({ program: 'nvidia-smi', args, cwd: '/', env }, deadline), deadline)
}

const answerOf = ({ finished: { end }, stdout, stderr }: Captured, deadline: Milliseconds): Answer => {
  switch (end.kind) {
    case 'ended': {
      const code = end.exit.kind === 'exited' ? end.exit.code : null
      if (code === 0) return { kind: 'answered', text: stdout }
      const text = `${stdout}\n${stderr}`
      const said = printableName(text, LONGEST)
      return { kind: 'failed', code, text, why: `nvidia-smi failed${said === '' ? '' : `: ${said}`}` }
    }
    case 'timeout':
      return { kind: 'silent', why: `nvidia-smi did not answer within ${deadline / 1000} s` }
    case 'not-started':
      return { kind: 'failed', code: null, text: '', why: 'there is no nvidia-smi that runs' }
    case 'log-limit':
    case 'cancelled':
      return { kind: 'failed', code: null, text: '', why: 'nvidia-smi was ended' }
    default:
      return unreachable(end)
  }
}

/** Drivers from 535 on know both names and print the second; older ones know the first only. */
const REASONS = ['clocks_throttle_reasons.active', 'clocks_event_reasons.active'] as const
const APPS = '--query-compute-apps=pid,process_name'
/** Exit statuses of nvidia-smi: the driver is not loaded; a GPU has fallen off the bus. */
const [NO_DRIVER, GPU_IS_LOST] = [9, 15]
const UNREADABLE = 'nvidia-smi answered what cannot be read'

export interface NvidiaSmi {
  /** Asks twice: for the GPUs, and for who uses them. */
  look(): Promise<Look>
}

/** Looks at all GPUs of the machine. It remembers how many there were: one fewer is one lost. */
export const createNvidiaSmi = (tools: Tools, deadline: Milliseconds = ANSWER_WITHIN): NvidiaSmi => {
  let most = 0
  let reasons: (typeof REASONS)[number] = REASONS[0]
  const ask = async (): Promise<Answer> => {
    const answer = await askNvidiaSmi(tools, `--query-gpu=${readingFields(reasons).join(',')}`, deadline)
    const isUnknownField = answer.kind === 'failed' && answer.text.includes('not a valid field')
    if (!isUnknownField || reasons === REASONS[1]) return answer
    reasons = REASONS[1]
    return ask()
  }
  return {
    look: async () => {
      const gpus = readGpus(await ask(), most)
      if (gpus.kind !== 'seen') return gpus
      most = Math.max(most, gpus.readings.length)
      return withApps(gpus, await askNvidiaSmi(tools, APPS, deadline))
    }
  }
}

const readGpus = (answer: Answer, most: number): Look => {
  if (answer.kind === 'silent') return answer
  const code = answer.kind === 'failed' ? answer.code : 0
  if (code === GPU_IS_LOST || saysLost(answer.text)) return lostSaying(answer.text)
  if (code === NO_DRIVER || saysNone(answer.text)) {
    return most > 0 ? lostSaying(answer.text) : { kind: 'unknown', why: 'nvidia-smi finds no GPU' }
  }
  if (answer.kind === 'failed') return { kind: 'unknown', why: answer.why }
  const readings = parseReadings(answer.text)
  if (readings === null || readings.length === 0) return { kind: 'unknown', why: UNREADABLE }
  return readings.length < most
    ? { kind: 'lost', why: `nvidia-smi shows ${readings.length} of ${most} GPUs` }
    : { kind: 'seen', readings, apps: [], gap: null }
}

const lostSaying = (text: string): Look => ({
  kind: 'lost',
  why: `nvidia-smi says: ${printableName(text, LONGEST)}`
})

const withApps = (gpus: Extract<Look, { readonly kind: 'seen' }>, answer: Answer): Look => {
  switch (answer.kind) {
    case 'silent':
      return answer
    case 'failed':
      return answer.code === GPU_IS_LOST ? lostSaying(answer.text) : { ...gpus, gap: answer.why }
    case 'answered': {
      const apps = parseApps(answer.text)
      if (apps.kind === 'read') return { ...gpus, apps: apps.apps }
      return { ...gpus, gap: apps.kind === 'hidden' ? 'nvidia-smi does not show who uses it' : UNREADABLE }
    }
    default:
      return unreachable(answer)
  }
}
