import { Ajv2019 } from 'ajv/dist/2019.js'
import type { ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { COMPONENTS, WEBHOOKS, type Operation, type Parameter } from './description.ts'
import { isObject } from './json.ts'

const DOCUMENT = 'github'

const validator = (coerceTypes: boolean): Ajv2019 => {
  // Schemas that stay functions of their own are compiled once, however many answers have them.
  const quick = { inlineRefs: false, code: { optimize: false }, validateSchema: false }
  const ajv = new Ajv2019({ strict: false, allErrors: true, coerceTypes, ...quick })
  formats.default(ajv)
  ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/)
  ajv.addFormat('timestamp', { type: 'number', validate: Number.isInteger })
  ajv.addSchema(COMPONENTS, DOCUMENT)
  return ajv
}

const inBodies = validator(false)
const inAddresses = validator(true)

/** Compiled as they are needed, once for all servers of a process. */
const compiled = new Map<unknown, ValidateFunction>()

const inDocument = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT}#/`))

interface Surplus {
  readonly unevaluatedProperty?: string
  readonly additionalProperty?: string
}

const problemsOf = (ajv: Ajv2019, schema: unknown, value: unknown): readonly string[] => {
  const validate = compiled.get(schema) ?? ajv.compile(inDocument(schema) as object)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const { unevaluatedProperty, additionalProperty = unevaluatedProperty } = params as Surplus
    return additionalProperty === undefined
      ? `${instancePath || 'it'} ${message ?? 'is wrong'}`
      : `${instancePath || 'it'} has the unknown key ${JSON.stringify(additionalProperty)}`
  })
}

const asSchema = (parameters: readonly Parameter[]): object => ({
  type: 'object',
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
  additionalProperties: false
})

const parameterSchemas = new Map<string, object>()

/** Path and query as the description has them: numbers are numbers, defaults are left out. */
export type Values = Readonly<Record<string, string | number | undefined>>

/** Checks and converts the parameters of one place; what is wrong is said, and left as it came. */
export const checkParameters = (
  operation: Operation,
  place: 'path' | 'query',
  given: Readonly<Record<string, string>>
): { readonly values: Values; readonly problems: readonly string[] } => {
  const key = `${operation.id} ${place}`
  const schema = parameterSchemas.get(key) ?? asSchema(operation.parameters.filter((one) => one.in === place))
  parameterSchemas.set(key, schema)
  const values = { ...given }
  const problems = problemsOf(inAddresses, schema, values).map((problem) => `${place}: ${problem}`)
  // Described in words only.
  const tooMany = place === 'query' && Number(given['per_page'] ?? 0) > 100
  return { values, problems: tooMany ? [...problems, 'query: per_page is above 100'] : problems }
}

/** `body` is undefined where there is none. */
export const checkBody = (operation: Operation, body: unknown): readonly string[] => {
  if (operation.body === null) return body === undefined ? [] : ['body: none is described']
  return body === undefined
    ? ['body: none, or no JSON']
    : problemsOf(inBodies, operation.body, body).map((problem) => `body: ${problem}`)
}

/** Every error that GitHub answers, described or not, has a message and says where to read more. */
const anError = {
  type: 'object',
  properties: {
    message: { type: 'string' },
    status: { type: 'string' },
    documentation_url: { type: 'string' }
  },
  required: ['message']
}

/** Whether our own answer is one that the description knows. */
export const checkAnswer = (operation: Operation, status: number, body: unknown): readonly string[] => {
  const isDescribed = operation.responses.has(status)
  if (!isDescribed && status < 400) return [`answer: ${status} is not described`]
  const schema = isDescribed ? operation.responses.get(status) : anError
  if (schema === null) return body === undefined ? [] : ['answer: a body where none is']
  return problemsOf(inBodies, schema, body).map((problem) => `answer ${status}: ${problem}`)
}

/** Whether the payload of an event is one that the description knows. Actions that it has not are let pass. */
export const checkPayload = (
  webhook: string,
  payload: unknown,
  own: readonly string[]
): readonly string[] => {
  const schema = WEBHOOKS.get(webhook)
  if (schema === undefined || !isObject(payload)) return [`no such event: ${webhook}`]
  const known = Object.fromEntries(Object.entries(payload).filter(([key]) => !own.includes(key)))
  return problemsOf(inBodies, schema, known)
    .filter((problem) => !problem.startsWith('/action '))
    .map((problem) => `${webhook}: ${problem}`)
}
