/** Where a request can be held: before it does anything, or done and before its answer is sent. */
export type Phase = 'before' | 'after'

/** Whether a rule means a request: by its operation, or `*` for all of the API. */
export const isMeant = (rule: string, operation: string): boolean =>
  rule === operation || (rule === '*' && !operation.startsWith('git/'))

/** A request that is held. */
export interface Gate {
  /** Resolves when the request is there. */
  readonly reached: Promise<void>
  readonly isReached: boolean
  /** Lets it go on; may be called before it came. */
  readonly release: () => void
}

export interface HoldRule {
  /** An operationId, or `*` for all; `git/info/refs` and `git/git-upload-pack` for git's. */
  readonly operation: string
  /** Which such request from now on: 1 is the next. */
  readonly nth?: number
  readonly phase?: Phase
  /** Only requests with this token. */
  readonly token?: string
}

/** A request on its way, and how far it is. */
export interface Step {
  readonly operation: string
  readonly token: string | null
  readonly phase: Phase
}

/** Holds a request up until what it returns is fulfilled. */
export type Pace = (step: Step) => Promise<void>

class Held implements Gate {
  readonly rule: HoldRule
  readonly #arrival = Promise.withResolvers<undefined>()
  readonly #departure = Promise.withResolvers<undefined>()
  seen = 0
  isReached = false

  constructor(rule: HoldRule) {
    this.rule = rule
  }

  get reached(): Promise<void> {
    return this.#arrival.promise
  }

  readonly release = (): void => this.#departure.resolve(undefined)

  async wait(): Promise<void> {
    this.isReached = true
    this.#arrival.resolve(undefined)
    await this.#departure.promise
  }
}

export class Gates {
  readonly #held: Held[] = []
  pace: Pace | null = null

  add(rule: HoldRule): Gate {
    const held = new Held(rule)
    this.#held.push(held)
    return held
  }

  /** Resolves when the request may go on. */
  async pass(step: Step): Promise<void> {
    const { operation, token, phase } = step
    const meant = this.#held.filter(
      ({ rule }) =>
        isMeant(rule.operation, operation) &&
        (rule.phase ?? 'before') === phase &&
        (rule.token === undefined || rule.token === token)
    )
    for (const held of meant) held.seen += 1
    const closed = meant.filter(({ rule, seen }) => seen === (rule.nth ?? 1))
    await Promise.all([...closed.map((held) => held.wait()), this.pace?.(step)])
  }

  releaseAll(): void {
    for (const held of this.#held) held.release()
  }
}
