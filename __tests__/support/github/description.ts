import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../terminal.ts'
import { isObject, type JsonObject } from './json.ts'
import { closed, translate } from './schema.ts'

/** A parameter in the path or the query. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: JsonObject
}

/** What can be asked, as GitHub describes it. */
export interface Operation {
  /** Such as `issues/create-comment`. */
  readonly id: string
  readonly method: string
  /** Segments of the path; a parameter is `{name}`. */
  readonly path: readonly string[]
  readonly parameters: readonly Parameter[]
  /** Null where no body is described. */
  readonly body: unknown
  /** Schema of the answer by status; null where it has no body. */
  readonly responses: ReadonlyMap<number, unknown>
  /** Where it is explained. */
  readonly documentation: string
  /** Whether the token of an app may ask. */
  readonly isForApps: boolean
}

interface RawOperation {
  readonly operationId: string
  readonly parameters: readonly unknown[]
  readonly requestBody?: unknown
  readonly responses: Readonly<Record<string, unknown>>
  readonly externalDocs: { readonly url: string }
  readonly 'x-github': { readonly enabledForGitHubApps: boolean }
}

interface RawDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
  readonly 'x-webhooks': JsonObject
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: JsonObject }>> }
}

const raw = JSON.parse(
  readFileSync(join(ROOT, '__tests__/fixtures/github-openapi.json'), 'utf8')
) as RawDescription

const at = (reference: string): unknown =>
  reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), raw)

const resolved = (value: unknown): JsonObject => {
  if (!isObject(value)) throw new Error(`not an object in the description: ${JSON.stringify(value)}`)
  return typeof value['$ref'] === 'string' ? resolved(at(value['$ref'])) : value
}

const bodySchema = (part: unknown): unknown => {
  if (part === undefined) return null
  const content = resolved(part)['content']
  const json = isObject(content) ? content['application/json'] : undefined
  return isObject(json) ? closed(json['schema'], at) : null
}

const operationOf = (path: string, method: string, operation: RawOperation): Operation => ({
  id: operation.operationId,
  method: method.toUpperCase(),
  path: path.split('/').slice(1),
  parameters: operation.parameters.map((parameter) => {
    const { name, in: place, required, schema } = resolved(parameter) as unknown as Parameter
    return { name, in: place, required, schema: translate(schema, at) as JsonObject }
  }),
  body: bodySchema(operation.requestBody),
  responses: new Map(
    Object.entries(operation.responses).map(([status, response]) => [Number(status), bodySchema(response)])
  ),
  documentation: operation.externalDocs.url,
  isForApps: operation['x-github'].enabledForGitHubApps
})

export const OPERATIONS: readonly Operation[] = Object.entries(raw.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation))
)

/** Schemas of the payloads of events, by their name in the description: `issue-comment-created`. */
export const WEBHOOKS: ReadonlyMap<string, unknown> = new Map(
  Object.entries(raw['x-webhooks']).map(([name, schema]) => [name, closed(schema, at)])
)

/** Described as an object, and yet null where the fork of a pull request is gone. */
const withLostForks = (name: string, schema: unknown): unknown => {
  if (!['pull-request', 'pull-request-simple'].includes(name)) return schema
  const text = JSON.stringify(schema)
  const end = '"repo":{"$ref":"#/components/schemas/repository"}'
  return JSON.parse(
    text.replace(end, '"repo":{"$ref":"#/components/schemas/nullable-repository"}')
  ) as unknown
}

const schemas = Object.fromEntries(
  Object.entries(raw.components.schemas).map(([name, schema]) => [name, withLostForks(name, schema)])
)

const mapSchemas = (change: (schema: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]))

/** What others refer to, to be known to a validator under the name of this document; `closed` are the twins. */
export const COMPONENTS: JsonObject = {
  components: {
    schemas: mapSchemas((schema) => translate(schema, at)),
    closed: mapSchemas((schema) => closed(schema, at))
  }
}
