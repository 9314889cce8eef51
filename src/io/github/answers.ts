import * as v from 'valibot'
import type { ForgeComment } from '../../domain/forge-comment.ts'
import type { PullRequest } from '../../domain/pull-request.ts'
import { parseSha, type Sha } from '../../domain/revision.ts'

/** What GitHub's answers and events have in common, as far as we use it. Texts in them are anybody's. */

/** Ids, and numbers of pull requests. */
export const idField = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const shaField = v.custom<Sha>((value) => typeof value === 'string' && parseSha(value) !== null)

const instantField = v.pipe(v.string(), v.isoTimestamp())
/** Nothing that could end a line, a link or an attribute where the address is shown. */
const addressField = v.pipe(v.string(), v.regex(/^https?:\/\/[\x21\x23-\x26\x2a-\x3b\x3d\x3f-\x7e]+$/))

/** GitHub's own stand-in for whoever deleted their account. */
const GHOST = { id: 0, login: 'ghost', isBot: false }

const authorField = v.pipe(
  v.nullable(
    v.object({ id: v.pipe(v.number(), v.safeInteger()), login: v.string(), type: v.optional(v.string()) })
  ),
  v.transform((user) =>
    user === null ? GHOST : { id: user.id, login: user.login, isBot: user.type === 'Bot' }
  )
)

export const commentField: v.GenericSchema<unknown, ForgeComment> = v.pipe(
  v.object({
    id: idField,
    user: authorField,
    body: v.nullish(v.string(), ''),
    created_at: instantField,
    updated_at: instantField,
    html_url: addressField
  }),
  v.transform(({ id, user, body, created_at, updated_at, html_url }) => ({
    id,
    author: user,
    body,
    createdAt: created_at,
    updatedAt: updated_at,
    url: html_url
  }))
)

const repositoryField = v.pipe(
  v.object({ full_name: v.string() }),
  v.transform(({ full_name }) => full_name)
)

export const pullRequestField: v.GenericSchema<unknown, PullRequest> = v.pipe(
  v.object({
    number: idField,
    state: v.picklist(['open', 'closed']),
    head: v.object({ sha: shaField, ref: v.string(), repo: v.nullish(repositoryField, null) }),
    base: v.object({ ref: v.string(), repo: repositoryField })
  }),
  v.transform(({ number, state, head, base }) => ({
    number,
    isOpen: state === 'open',
    head: { sha: head.sha, branch: head.ref, repository: head.repo },
    base: { branch: base.ref, repository: base.repo }
  }))
)

/** Names of repositories and users differ by more than case. */
export const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The shape of a user's or an app's login. An enterprise adds its name after `_`. */
export const isLogin = (login: string): boolean => /^[A-Za-z0-9_-]{1,100}(\[bot\])?$/.test(login)
