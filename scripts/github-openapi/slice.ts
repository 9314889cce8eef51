import { isObject, type JsonObject } from './json.ts'

/** What to keep: operations by operationId, webhooks by their name in the description; `notice` is the licence. */
export interface Selection {
  readonly operations: readonly string[]
  readonly webhooks: readonly string[]
  readonly notice: string
}

/** Keys that explain but constrain nothing. */
const EXPLANATIONS = new Set(['description', 'example', 'examples', 'summary', 'tags', 'title', 'x-octokit'])
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/**
 * The selected part of an OpenAPI 3.0 document, with everything it refers to and without explanations; sorted, so
 * that a newer description shows as a small difference.
 */
export function slice(description: unknown, selection: Selection): JsonObject {
  const root = objectAt(description, 'the description')
  const paths = slicePaths(objectAt(root['paths'], 'paths'), new Set(selection.operations))
  const webhooks = objectAt(root['x-webhooks'], 'x-webhooks')
  const hooks = Object.fromEntries(selection.webhooks.map((name) => [name, payloadOf(webhooks, name)]))
  return {
    openapi: root['openapi'],
    info: aboutOf(objectAt(root['info'], 'info'), selection.notice),
    paths,
    'x-webhooks': hooks,
    components: componentsOf(root, { paths, hooks })
  }
}

function aboutOf(info: JsonObject, notice: string): JsonObject {
  return {
    title: info['title'],
    version: info['version'],
    license: info['license'],
    'x-source': `@octokit/openapi@${String(info['version'])}, generated/api.github.com.json`,
    'x-cut-by': 'scripts/github-openapi.ts',
    'x-notice': notice.trim()
  }
}

function slicePaths(paths: JsonObject, wanted: ReadonlySet<string>): JsonObject {
  const found = new Set<string>()
  const kept = Object.entries(paths).flatMap(([path, item]) => {
    const operations = METHODS.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined
      const id = isObject(operation) ? operation['operationId'] : undefined
      if (!isObject(operation) || typeof id !== 'string' || !wanted.has(id)) return []
      found.add(id)
      return [[method, operationOf(operation)] as const]
    })
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const]
  })
  const missing = [...wanted].filter((id) => !found.has(id))
  if (missing.length > 0) throw new Error(`the description has no operation ${missing.join(', ')}`)
  return sorted(Object.fromEntries(kept))
}

/** Beside what constrains: whether an app's token may ask, and where it is explained, which errors point to. */
function operationOf(operation: JsonObject): JsonObject {
  const { externalDocs, 'x-github': about, ...rest } = operation
  return {
    ...objectAt(stripped(rest), 'an operation'),
    externalDocs: { url: isObject(externalDocs) ? externalDocs['url'] : undefined },
    'x-github': { enabledForGitHubApps: isObject(about) ? about['enabledForGitHubApps'] : undefined }
  }
}

/** The schema of a webhook's payload. */
function payloadOf(webhooks: JsonObject, name: string): unknown {
  const keys = [name, 'post', 'requestBody', 'content', 'application/json', 'schema']
  return stripped(keys.reduce<unknown>((at, key) => objectAt(at, `webhook ${name}`)[key], webhooks))
}

/** `inNames`: the keys of this object are names that somebody chose, such as a property called `description`. */
function stripped(value: unknown, inNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => stripped(item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => inNames || !EXPLANATIONS.has(key))
      .map(([key, item]) => [key, stripped(item, !inNames && key === 'properties')])
  )
}

/** Every component that `part` needs, by kind and name; components may need others. */
function componentsOf(root: JsonObject, part: unknown): JsonObject {
  const components: Record<string, JsonObject> = {}
  const waiting = [part]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [reference, kind, name] of referencesIn(next)) {
      if (components[kind]?.[name] !== undefined) continue
      const all = objectAt(root['components'], 'components')
      const component = stripped(objectAt(all[kind], kind)[name])
      if (component === undefined) throw new Error(`the description has no ${reference}`)
      components[kind] = { ...components[kind], [name]: component }
      waiting.push(component)
    }
  }
  return sorted(Object.fromEntries(Object.entries(components).map(([kind, some]) => [kind, sorted(some)])))
}

function referencesIn(part: unknown): readonly (readonly [string, string, string])[] {
  const found = JSON.stringify(part).matchAll(/"\$ref":"(#\/components\/([\w-]+)\/([\w-]+))"/g)
  return [...found].map(([, reference = '', kind = '', name = '']) => [reference, kind, name])
}

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function objectAt(value: unknown, name: string): JsonObject {
  if (!isObject(value)) throw new Error(`${name} is not an object`)
  return value
}
