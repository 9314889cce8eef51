import type { ForgeEvent } from '../domain/event.ts'
import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import type { Target } from '../domain/target.ts'
import type { InputContext } from '../inputs/kind.ts'
import type { RawInputs } from '../inputs/parse.ts'
import type { Forge } from '../io/forge.ts'
import type { Log } from '../io/ports.ts'

export interface AdmissionRequest {
  readonly event: ForgeEvent
  /** Inputs of the workflow, without the secrets. */
  readonly raw: RawInputs
  /** Its `rpcUrl` says whether the job holds that secret. */
  readonly context: InputContext
  /** Login of whoever started this attempt; empty where nobody is named. */
  readonly triggeringActor: string
  /** Of the run, from 1. */
  readonly attempt: number
}

export interface AdmissionPorts {
  readonly forge: Pick<Forge, 'pullRequest' | 'mayWrite' | 'createComment' | 'react'>
  readonly log: Pick<Log, 'warn'>
}

/** What an event comes to. Each `why` is one printable line for people. */
export type Admission =
  /** Not for us: a line in the log, exit 0. */
  | { readonly kind: 'ignored'; readonly why: string }
  /** Not allowed, or not any more: a notice, an empty verdict, exit 0. */
  | { readonly kind: 'refused'; readonly why: string }
  /** All that was asked for is done: exit 0. */
  | { readonly kind: 'answered'; readonly why: string }
  /** The forge did not say what must be known: exit 3. */
  | { readonly kind: 'unreachable'; readonly why: string }
  /** Exit 2; whoever wrote a command has had a reply. */
  | { readonly kind: 'bad-input'; readonly problems: readonly Problem[] }
  | { readonly kind: 'measure'; readonly settings: Settings; readonly target: Target }

export const ignored = (why: string): Admission => ({ kind: 'ignored', why })
export const refused = (why: string): Admission => ({ kind: 'refused', why })
export const badInput = (problems: readonly Problem[]): Admission => ({ kind: 'bad-input', problems })

/** The settings get the target's sides; where the target's head is not known yet, their own names it. */
export const measure = (settings: Settings, target: Target): Admission => {
  const sides = { head: target.head ?? settings.head, base: target.base }
  return { kind: 'measure', settings: Object.freeze({ ...settings, ...sides }), target }
}
