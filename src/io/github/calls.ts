import * as v from 'valibot'
import { failure, success, type Result } from '../../domain/problem.ts'
import { milliseconds } from '../../domain/quantity.ts'
import type { Asking } from '../forge.ts'
import type { Api, Client } from './client.ts'
import { strange, troubleOf, type Trouble } from './refusal.ts'

/** How to ask where nobody says. */
const USUAL: Asking = { patience: 'patient', timeout: milliseconds(30_000) }

/** An answer that is no error. */
export interface Reply {
  readonly status: number
  readonly headers: { readonly link?: string | undefined }
  readonly data: unknown
}

export interface Answered extends Reply {
  /** Whether what was asked may have been done by an earlier attempt, whose answer was lost. */
  readonly mayBeRepeated: boolean
}

/** One request. What it gets is to be handed to the API as `request`. */
export type Send = (api: Api, request: { readonly fetch: typeof fetch }) => Promise<Reply>

export interface Caller {
  readonly ask: (send: Send, asking?: Asking) => Promise<Result<Answered, Trouble>>
}

/** Whose requests are about this repository. */
export interface Place {
  readonly caller: Caller
  readonly owner: string
  readonly repo: string
}

/** The same, for what a second request could do a second time. */
export const once = ({ timeout }: Asking = USUAL): Asking => ({ patience: 'once', timeout })

/** Sends requests through the client; what goes wrong comes back as a refusal in our words. */
export const createCaller = (client: Client, redact: (text: string) => string): Caller => ({
  ask: async (send, asking = USUAL) => {
    const { patience, timeout } = asking
    const attempts = watch(client.fetch, timeout)
    try {
      const reply = await send(client[patience], { fetch: attempts.fetch })
      return success({ ...reply, mayBeRepeated: attempts.lost() > 0 })
    } catch (error) {
      return failure(troubleOf(error, { redact, timeout }))
    }
  }
})

/** What the answer says, as far as we use it; anything but what the schema describes is a refusal. */
export const reading = <T>(
  answered: Result<Answered, Trouble>,
  schema: v.GenericSchema<unknown, T>
): Result<T, Trouble> => {
  if (!answered.ok) return answered
  const read = v.safeParse(schema, answered.value.data)
  return read.success ? success(read.output) : failure(strange(answered.value.status))
}

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304]

/**
 * Gives every attempt a deadline of its own, for its headers and its body: a signal that is handed to the API
 * would be spent by the first. Counts the attempts that may have been heard and were not answered.
 */
const watch = (send: typeof fetch, timeout: number): { fetch: typeof fetch; lost(): number } => {
  let lost = 0
  const attempt = async (...[resource, init]: Parameters<typeof fetch>): Promise<Response> => {
    const response = await send(resource, { ...init, signal: AbortSignal.timeout(timeout) })
    const { status, headers } = response
    const body = await response.text()
    if (status >= 500) lost += 1
    return new Response(BODILESS.includes(status) ? null : body, { status, headers })
  }
  return {
    fetch: async (...request) => {
      try {
        return await attempt(...request)
      } catch (error) {
        lost += 1
        throw error
      }
    },
    lost: () => lost
  }
}
