import { notFound, refuse, withRepository, type Handler } from '../call.ts'
import { personOf, repositoryOf } from '../documents.ts'
import type { JsonObject } from '../json.ts'
import { mayPush, type Person, type Role, type State, type Token } from '../state.ts'

/** The four permissions that there were before there were roles. */
const PERMISSIONS: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none'
}

const rightsOf = (role: Role): JsonObject => ({
  admin: role === 'admin',
  maintain: role === 'admin' || role === 'maintain',
  push: mayPush(role),
  triage: mayPush(role) || role === 'triage',
  pull: role !== 'none'
})

/** Bots are no users here: https://github.com/anthropics/claude-code-action/issues/1018. */
const permission: Handler = (call) =>
  withRepository(call, (repository) => {
    const { owner } = call.token
    if (!owner.isBot && !mayPush(call.state.role(owner, repository))) {
      return refuse(
        403,
        'Must have push access to view collaborator permission.',
        call.operation.documentation
      )
    }
    const login = String(call.path['username'])
    const person = call.state.person(login)
    if (person === undefined || person.isBot) {
      return refuse(404, `${login} is not a user`, call.operation.documentation)
    }
    const role = call.state.role(person, repository)
    const role_name = role === 'none' ? '' : role
    const user = { ...personOf(call.state, person), permissions: rightsOf(role), role_name }
    return { status: 200, body: { permission: PERMISSIONS[role], user, role_name } }
  })

const profileOf = (state: State, person: Person): JsonObject => ({
  ...personOf(state, person),
  name: null,
  company: null,
  blog: '',
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z'
})

const user: Handler = (call) => {
  const person = call.state.person(String(call.path['username']))
  return person === undefined ? notFound(call) : { status: 200, body: profileOf(call.state, person) }
}

const me: Handler = ({ state, token }) => ({ status: 200, body: profileOf(state, token.owner) })

const repository: Handler = (call) =>
  withRepository(call, (found) => ({
    status: 200,
    body: { ...repositoryOf(call.state, found), network_count: 0, subscribers_count: 0 }
  }))

export const rateOf = ({ limit, used, resetAt }: Token): Readonly<Record<string, number>> => ({
  limit,
  used: Math.min(used, limit),
  remaining: Math.max(0, limit - used),
  reset: Math.ceil(resetAt / 1000)
})

const rateLimit: Handler = ({ token }) => {
  const rate = rateOf(token)
  return { status: 200, body: { resources: { core: rate, search: rate }, rate } }
}

export const PEOPLE: Readonly<Record<string, Handler>> = {
  'rate-limit/get': rateLimit,
  'repos/get': repository,
  'repos/get-collaborator-permission-level': permission,
  'users/get-authenticated': me,
  'users/get-by-username': user
}
