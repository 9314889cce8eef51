import type { Author, ForgeComment, Identity } from '../../src/domain/forge-comment.ts'
import { failure, success, type Result } from '../../src/domain/problem.ts'
import { seconds } from '../../src/domain/quantity.ts'
import type { Forge, Reaction, Refusal } from '../../src/io/forge.ts'
import type { Clock } from '../../src/io/ports.ts'

/** A clock that only goes on when told to. */
export interface ScriptedClock extends Clock {
  advance(by: number): void
}

export const scriptedClock = (): ScriptedClock => {
  let passed = 1000
  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + passed * 1000).toISOString(),
    monotonic: () => seconds(passed),
    advance: (by) => {
      passed += by
    }
  }
}

/** A request as it was sent. */
export interface Sent {
  /** The label of the run. */
  readonly by: string
  readonly method: keyof Forge
  /** Of the comment that is meant; null where there is none. */
  readonly comment: number | null
  readonly patience: 'patient' | 'once'
  /** Seconds of the monotonic clock. */
  readonly at: number
}

/** What goes wrong with a request. */
export type Fault =
  /** The forge says no, and does nothing. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Done, but the answer does not arrive. */
  | { readonly kind: 'lost' }
  /** Does not arrive. */
  | { readonly kind: 'dropped' }
  /** The answer is not waited for; it is done all the same, whenever the test says so. */
  | { readonly kind: 'late' }
  /** A list as it was before the last comment was written, edited or deleted. */
  | { readonly kind: 'stale' }

/** A request under way. It has two moments: the forge applies it, and the answer arrives. */
export interface Call {
  readonly sent: Sent
  readonly fault: Fault | null
  /** Null once there is nothing more to apply. */
  apply: (() => void) | null
  /** Null as long as there is nothing to answer, and after. */
  answer: (() => void) | null
}

export interface Stored extends ForgeComment {
  readonly reactions: readonly { readonly id: number; readonly user: number; readonly content: Reaction }[]
  /** The labels of who edited it. */
  readonly editedBy: readonly string[]
}

export interface ForgeInMemory {
  /** The forge as a token sees it: an app's is not told who it is. */
  as(author: Author, label: string): Forge
  /** Somebody comments, in the browser or long ago; with eyes where the author's run did not take them off. */
  say(author: Author, body: string, eyes?: 'eyes'): ForgeComment
  /** Somebody with the right to removes a comment, or edits it. */
  moderate(id: number, body: string | null): void
  /** The conversation, from the first. */
  comments(): readonly Stored[]
  readonly sent: readonly Sent[]
}

interface Options {
  readonly clock: Clock
  /** Logins of those who may write to the repository. */
  readonly writers?: readonly string[]
  readonly faults?: (sent: Sent) => Fault | null
  /** Decides when a request is applied and answered; at once where it is left out. */
  readonly schedule?: (call: Call) => void
}

const unreachable: Refusal = { kind: 'unreachable', message: 'no answer' }
export const missing: Refusal = { kind: 'missing', message: 'GitHub has no such thing (404)' }
export const invalid: Refusal = {
  kind: 'invalid',
  message: 'GitHub does not take it (422): body is too long'
}
export const forbidden: Refusal = { kind: 'forbidden', message: 'GitHub does not allow it (403)' }
export const limited: Refusal = { kind: 'limited', message: 'the rate limit did not end in time' }

/** A pull request's conversation that several users and runs write to at the same time. */
export const createForgeInMemory = (options: Options): ForgeInMemory => {
  const { clock, writers = [], faults = () => null } = options
  const schedule =
    options.schedule ??
    ((call) => {
      call.apply?.()
      call.answer?.()
    })
  const sent: Sent[] = []
  let comments: readonly Stored[] = []
  let before: readonly Stored[] = []
  let ids = 100
  // The forge tells time in whole seconds.
  const time = (): string => clock.now().replace(/\.\d+Z$/, 'Z')

  const store = (author: Author, body: string): ForgeComment => {
    const id = ++ids
    const at = time()
    const url = `https://github.test/pull/7#issuecomment-${id}`
    before = comments
    comments = [
      ...comments,
      { id, author, body, createdAt: at, updatedAt: at, url, reactions: [], editedBy: [] }
    ]
    return plain(comments.at(-1)!)
  }
  const change = (id: number, by: (comment: Stored) => Stored | null): Result<ForgeComment, Refusal> => {
    const found = comments.find((comment) => comment.id === id)
    if (found === undefined) return failure(missing)
    const changed = by(found)
    if (changed?.body !== found.body) before = comments
    comments = comments.flatMap((comment) => (comment.id === id ? (changed ?? []) : comment))
    return success(plain(changed ?? found))
  }
  const edit = (id: number, body: string, label: string): Result<ForgeComment, Refusal> => {
    if (body.length > 65_536) return failure(invalid)
    return change(id, (comment) => ({
      ...comment,
      body,
      updatedAt: time(),
      editedBy: [...comment.editedBy, label]
    }))
  }

  const ask = <T>(
    request: Omit<Sent, 'at'>,
    work: (isStale: boolean) => Result<T, Refusal>
  ): Promise<Result<T, Refusal>> => {
    const made: Sent = { ...request, at: clock.monotonic() }
    sent.push(made)
    return new Promise((resolve) => {
      const fault = faults(made)
      const call: Call = { sent: made, fault, apply: null, answer: null }
      const answerWith = (answer: Result<T, Refusal>): void => {
        call.answer = () => {
          call.answer = null
          resolve(answer)
        }
      }
      call.apply = () => {
        call.apply = null
        const isHeard = fault?.kind !== 'refused' && fault?.kind !== 'dropped'
        const result = isHeard ? work(fault?.kind === 'stale') : failure(unreachable)
        if (fault === null || fault.kind === 'stale') answerWith(result)
        else if (fault.kind !== 'late')
          answerWith(failure(fault.kind === 'refused' ? fault.refusal : unreachable))
      }
      if (fault?.kind === 'late') answerWith(failure(unreachable))
      schedule(call)
    })
  }

  const react = (author: Author, comment: number, content: Reaction) => {
    const id = ++ids
    let there: number | undefined
    const changed = change(comment, (stored) => {
      there = stored.reactions.find(
        (reaction) => reaction.user === author.id && reaction.content === content
      )?.id
      if (there !== undefined) return stored
      return { ...stored, reactions: [...stored.reactions, { id, user: author.id, content }] }
    })
    return changed.ok ? success({ id: there ?? id, isNew: there === undefined }) : changed
  }

  const as = (author: Author, label: string): Forge => {
    const request = (method: keyof Forge, comment: number | null = null, patience?: Sent['patience']) => ({
      by: label,
      method,
      comment,
      patience: patience ?? 'patient'
    })
    const identity: Identity = author.isBot
      ? { kind: 'bots', logins: [author.login] }
      : { kind: 'user', id: author.id }
    return {
      identity: () => ask(request('identity'), () => success(identity)),
      pullRequest: () => ask(request('pullRequest'), () => failure(missing)),
      pullRequestsAt: () => ask(request('pullRequestsAt'), () => success([])),
      mayWrite: (login) => ask(request('mayWrite'), () => success(writers.includes(login))),
      comments: (_, since, asking) =>
        ask(request('comments', null, asking?.patience), (isStale) =>
          success(
            (isStale ? before : comments)
              .filter(({ updatedAt }) => since === null || updatedAt >= since)
              .map(plain)
          )
        ),
      createComment: (_, body, asking) =>
        ask(request('createComment', null, asking?.patience), () =>
          body.length > 65_536 ? failure(invalid) : success(store(author, body))
        ),
      editComment: (id, body, asking) =>
        ask(request('editComment', id, asking?.patience), () => edit(id, body, label)),
      deleteComment: (id, asking) =>
        ask(request('deleteComment', id, asking?.patience), () => {
          change(id, () => null)
          return success(null)
        }),
      react: (id, content, asking) =>
        ask(request('react', id, asking?.patience), () => react(author, id, content)),
      unreact: (id, reaction, asking) =>
        ask(request('unreact', id, asking?.patience), () => {
          change(id, (stored) => ({
            ...stored,
            reactions: stored.reactions.filter((one) => one.id !== reaction)
          }))
          return success(null)
        })
    }
  }

  return {
    as,
    say: (author, body, eyes) => {
      const comment = store(author, body)
      if (eyes !== undefined) react(author, comment.id, eyes)
      return comment
    },
    moderate: (id, body) => {
      if (body === null) change(id, () => null)
      else edit(id, body, 'a person')
    },
    comments: () => comments,
    sent
  }
}

const plain = ({ id, author, body, createdAt, updatedAt, url }: Stored): ForgeComment => ({
  id,
  author,
  body,
  createdAt,
  updatedAt,
  url
})

/** What counts against the limit of requests that change something. */
export const isWrite = ({ method }: Sent): boolean =>
  ['createComment', 'editComment', 'deleteComment', 'react', 'unreact'].includes(method)
