import { isObject, type JsonObject } from './json.ts'

/** What a reference points to in the description. */
type Lookup = (reference: string) => unknown

const SCHEMAS = '#/components/schemas/'
/** Where the twins are that know no property but their own. */
const CLOSED = '#/components/closed/'

const PARTS = ['allOf', 'anyOf', 'oneOf']

const isComposed = (schema: JsonObject): boolean => PARTS.some((key) => key in schema)

/** Whether the schema names properties, itself or through what it is put together from. */
const namesProperties = (schema: unknown, lookup: Lookup): boolean => {
  if (!isObject(schema)) return false
  if (typeof schema['$ref'] === 'string') return namesProperties(lookup(schema['$ref']), lookup)
  const parts = PARTS.flatMap((key) => schema[key] ?? [])
  return isObject(schema['properties']) || parts.some((part) => namesProperties(part, lookup))
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says so by the type. */
const withNull = ({ nullable, ...schema }: JsonObject): JsonObject => {
  if (nullable !== true) return schema
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const values = schema['enum']
  return {
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(values) ? { enum: [...new Set([...(values as unknown[]), null])] } : {})
  }
}

const mapValues = (object: JsonObject, change: (value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/**
 * A schema of OpenAPI 3.0 as one of JSON Schema 2019-09. The values inside are `closed`, the value itself is not:
 * the schema may be a part of what others are put together from.
 */
export const translate = (schema: unknown, lookup: Lookup): unknown => {
  if (!isObject(schema) || '$ref' in schema) return schema
  const inside = Object.entries(schema).map(([key, value]) => {
    if (key === 'properties' && isObject(value)) return [key, mapValues(value, (one) => closed(one, lookup))]
    if (key === 'items' || key === 'additionalProperties') return [key, closed(value, lookup)]
    if (PARTS.includes(key) && Array.isArray(value)) return [key, value.map((one) => translate(one, lookup))]
    return [key, value]
  })
  return withNull(Object.fromEntries(inside) as JsonObject)
}

/**
 * The same for where a value is described whole: a property that is not named is an error. GitHub lets such pass,
 * which is how a misspelt one goes unseen.
 */
export const closed = (schema: unknown, lookup: Lookup): unknown => {
  if (isObject(schema) && typeof schema['$ref'] === 'string' && schema['$ref'].startsWith(SCHEMAS)) {
    return { $ref: schema['$ref'].replace(SCHEMAS, CLOSED) }
  }
  const translated = translate(schema, lookup)
  if (!isObject(schema) || !isObject(translated) || !namesProperties(schema, lookup)) return translated
  // The dear keyword only where the cheap one does not do.
  const rest = isComposed(translated) ? { unevaluatedProperties: false } : { additionalProperties: false }
  return { ...rest, ...translated }
}
