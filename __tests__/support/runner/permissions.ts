export type Access = 'read' | 'write' | 'none'

/** What a token may, by scope. A scope that is not here it may not. */
export type Scopes = Readonly<Record<string, 'read' | 'write'>>

/** docs.github.com, "Workflow syntax", `permissions`. */
const SCOPES = [
  ...[
    'actions',
    'artifact-metadata',
    'attestations',
    'checks',
    'contents',
    'deployments',
    'discussions',
    'id-token'
  ],
  ...[
    'issues',
    'models',
    'packages',
    'pages',
    'pull-requests',
    'repository-projects',
    'security-events',
    'statuses'
  ]
]

/** What a repository gives where a workflow says nothing: GitHub's default for new ones. */
const RESTRICTED: Scopes = { contents: 'read', packages: 'read' }

/**
 * The scopes of a job's token. A job's `permissions` replace the workflow's; what one of them does not name, the
 * token may not. A fork's pull request gets no write.
 */
export const scopesOf = (workflow: unknown, job: unknown, isFromFork: boolean): Scopes => {
  const scopes = read(job ?? workflow)
  const capped = isFromFork
    ? Object.entries(scopes).map(([scope]) => [scope, 'read'])
    : Object.entries(scopes)
  return { ...(Object.fromEntries(capped) as Scopes), metadata: 'read' }
}

const read = (permissions: unknown): Scopes => {
  if (permissions === undefined || permissions === null) return RESTRICTED
  if (permissions === 'read-all') return all('read')
  if (permissions === 'write-all') return all('write')
  if (typeof permissions !== 'object') throw new Error(`permissions: ${JSON.stringify(permissions)}`)
  const named = Object.entries(permissions as Readonly<Record<string, Access>>)
  for (const [scope, access] of named) {
    if (!SCOPES.includes(scope) || !['read', 'write', 'none'].includes(access)) {
      throw new Error(`permissions: there is no ${scope}: ${access}`)
    }
  }
  return Object.fromEntries(named.filter(([, access]) => access !== 'none')) as Scopes
}

const all = (access: 'read' | 'write'): Scopes => Object.fromEntries(SCOPES.map((scope) => [scope, access]))
