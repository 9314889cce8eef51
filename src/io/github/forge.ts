import * as v from 'valibot'
import type { Identity } from '../../domain/forge-comment.ts'
import { success } from '../../domain/problem.ts'
import type { Answer, Asking, Forge } from '../forge.ts'
import { idField, isLogin, isSameName, pullRequestField } from './answers.ts'
import { createCaller, reading, type Place } from './calls.ts'
import type { Client } from './client.ts'
import { commentsOf } from './comments.ts'
import { allPages, PER_PAGE } from './pages.ts'

export interface ForgeOptions {
  readonly client: Client
  /** `owner/name`. */
  readonly repository: string
  /** Masks secrets in what GitHub says. */
  readonly redact: (text: string) => string
}

/** GitHub as the port of a forge. Texts in answers are as they came; refusals are in our words. */
export const createForge = ({ client, repository, redact }: ForgeOptions): Forge => {
  const [owner = '', repo = ''] = repository.split('/')
  const place = { caller: createCaller(client, redact), owner, repo }
  return {
    identity: (bot, asking) => identity(place, bot, asking),
    pullRequest: (number, asking) => pullRequest(place, number, asking),
    pullRequestsAt: (head, asking) => pullRequestsAt(place, head, asking),
    mayWrite: (login, asking) => mayWrite(place, login, asking),
    ...commentsOf(place)
  }
}

/** The token of an app may not ask who it is. */
const identity = async ({ caller }: Place, bot: string | null, asking?: Asking): Answer<Identity> => {
  const answered = await caller.ask((api, request) => api.rest.users.getAuthenticated({ request }), asking)
  if (!answered.ok && answered.error.kind === 'forbidden' && answered.error.status === 403) {
    return success({ kind: 'bots', logins: [bot ?? 'github-actions[bot]'] })
  }
  const user = reading(answered, v.object({ id: idField }))
  return user.ok ? success({ kind: 'user', id: user.value.id }) : user
}

const pullRequest = async (
  { caller, owner, repo }: Place,
  number: number,
  asking?: Asking
): ReturnType<Forge['pullRequest']> => {
  const answered = await caller.ask(
    (api, request) => api.rest.pulls.get({ owner, repo, pull_number: number, request }),
    asking
  )
  return reading(answered, pullRequestField)
}

const pullRequestsAt = async (
  { caller, owner, repo }: Place,
  head: Parameters<Forge['pullRequestsAt']>[0],
  asking?: Asking
): ReturnType<Forge['pullRequestsAt']> => {
  const commit = { owner, repo, commit_sha: head, per_page: PER_PAGE }
  const found = await allPages(caller, {
    item: pullRequestField,
    asking,
    send: (page) => (api, request) =>
      api.rest.repos.listPullRequestsAssociatedWithCommit({ ...commit, page, request })
  })
  if (!found.ok) return found
  // The commit may also be in the middle of one, or the head of one in another repository of the network.
  const isMeant = ({ isOpen, head: { sha }, base }: (typeof found.value)[number]): boolean =>
    isOpen && sha === head && isSameName(base.repository, `${owner}/${repo}`)
  return success(found.value.filter(isMeant))
}

/**
 * Values of `permission`, the base role that every role comes down to. `role_name` may be anything that an
 * organisation calls a role of its own. See https://docs.github.com/en/rest/collaborators/collaborators
 */
const WRITERS = ['write', 'maintain', 'admin']

const mayWrite = async ({ caller, owner, repo }: Place, login: string, asking?: Asking): Answer<boolean> => {
  if (!isLogin(login)) return success(false)
  const answered = await caller.ask(
    (api, request) =>
      api.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login, request }),
    asking
  )
  if (!answered.ok && answered.error.kind === 'missing') return success(false)
  const read = reading(answered, v.object({ permission: v.string() }))
  return read.ok ? success(WRITERS.includes(read.value.permission)) : read
}
