import { dig, digText } from './github-context.ts'
import type { Happening } from './github-context.ts'

/** What stands under `on:` for one event; null where nothing does. */
type Filters = Readonly<Record<string, unknown>> | null

/** Types that start a run where none are named; of any other event all do. docs.github.com, "Events that trigger workflows". */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened']
}

/** Why the event starts no run of a workflow, or null if it does. `on` is as it stands in the file. */
export const whyNotStarted = (on: unknown, happening: Happening): string | null => {
  const { name, payload } = happening
  const actor = happening.actor ?? digText(payload, 'sender', 'login')
  if (actor === 'github-actions[bot]' && !['workflow_dispatch', 'repository_dispatch'].includes(name)) {
    return 'what is done with GITHUB_TOKEN starts no run'
  }
  const filters = filtersFor(on, name)
  if (filters === undefined) return `on: does not name ${name}`
  return whyNotOfType(filters, happening) ?? whyNotOfBranch(filters, happening)
}

/** Undefined where the event is not named. */
const filtersFor = (on: unknown, name: string): Filters | undefined => {
  if (typeof on === 'string') return on === name ? null : undefined
  if (Array.isArray(on)) return on.includes(name) ? null : undefined
  const events = on as Readonly<Record<string, Filters>>
  return name in events ? (events[name] ?? null) : undefined
}

const whyNotOfType = (filters: Filters, { name, payload }: Happening): string | null => {
  const action = digText(payload, 'action')
  const types = listOf(filters?.['types']) ?? DEFAULT_TYPES[name]
  if (types === undefined || (action !== undefined && types.includes(action))) return null
  return `on: ${name} is not for the type ${action ?? '(none)'}`
}

const whyNotOfBranch = (filters: Filters, { name, payload }: Happening): string | null => {
  const unknown = Object.keys(filters ?? {}).filter((key) => key.startsWith('paths'))
  if (unknown.length > 0)
    throw new Error(`the model does not know the files of an event: ${unknown.join(', ')}`)
  if (name === 'push') return whyNotPushed(filters, digText(payload, 'ref') ?? '')
  if (!name.startsWith('pull_request')) return null
  const base = digText(payload, 'pull_request', 'base', 'ref') ?? ''
  return passes(base, filters, 'branches') ? null : `on: ${name} is not for the branch ${base}`
}

const whyNotPushed = (filters: Filters, ref: string): string | null => {
  const isTag = ref.startsWith('refs/tags/')
  const [kind, other] = isTag ? (['tags', 'branches'] as const) : (['branches', 'tags'] as const)
  const names = (key: string): boolean =>
    filters?.[key] !== undefined || filters?.[`${key}-ignore`] !== undefined
  // Whoever filters only the one does not want the other.
  if (!names(kind) && names(other)) return `on: push is only for ${other}`
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '')
  return passes(name, filters, kind) ? null : `on: push is not for ${ref}`
}

const passes = (name: string, filters: Filters, key: 'branches' | 'tags'): boolean => {
  const [wanted, ignored] = [listOf(filters?.[key]), listOf(filters?.[`${key}-ignore`])]
  if (ignored !== undefined) return !ignored.some((pattern) => matchesPattern(name, pattern))
  if (wanted === undefined) return true
  // The last pattern that matches decides; `!` takes out again.
  return wanted.reduce((isIn, pattern) => {
    const isOut = pattern.startsWith('!')
    return matchesPattern(name, isOut ? pattern.slice(1) : pattern) ? !isOut : isIn
  }, false)
}

const listOf = (value: unknown): readonly string[] | undefined => {
  if (value === undefined || value === null) return undefined
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** docs.github.com, "Filter pattern cheat sheet". */
const matchesPattern = (name: string, pattern: string): boolean => {
  const source = pattern.replace(/\*\*\/?|\*|[.^$(){}|\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    return part === '*' ? '[^/]*' : `\\${part}`
  })
  return new RegExp(`^${source}$`, 's').test(name)
}

interface DispatchInput {
  readonly default?: string | boolean | number
  readonly required?: boolean
  readonly type?: string
  readonly options?: readonly string[]
}

/**
 * A dispatch as the forge would deliver it: inputs with their defaults, as texts in the payload. Throws where the
 * forge would refuse it.
 */
export const withInputs = (on: unknown, happening: Happening): Happening => {
  if (happening.name !== 'workflow_dispatch') return happening
  const declared = declaredInputs(on)
  const given = (dig(happening.payload, 'inputs') ?? {}) as Readonly<
    Record<string, string | boolean | number>
  >
  const strange = Object.keys(given).filter((name) => !(name in declared))
  if (strange.length > 0) throw new Error(`Unexpected inputs provided: ${strange.join(', ')}`)
  const inputs = Object.entries(declared).map(([name, input]): [string, string] => {
    const text = String(given[name] ?? input.default ?? (input.type === 'boolean' ? false : ''))
    if (input.required === true && text === '') throw new Error(`Required input '${name}' not provided`)
    if (input.type === 'choice' && text !== '' && input.options?.includes(text) !== true) {
      throw new Error(`Provided value '${text}' for input '${name}' not in the list of allowed values`)
    }
    return [name, text]
  })
  return { ...happening, payload: { ...happening.payload, inputs: Object.fromEntries(inputs) } }
}

/** The `inputs` context: booleans and numbers are such here, unlike in the payload. */
export const inputsContext = (on: unknown, happening: Happening): Readonly<Record<string, unknown>> => {
  if (happening.name !== 'workflow_dispatch') return {}
  const texts = (dig(happening.payload, 'inputs') ?? {}) as Readonly<Record<string, string>>
  const typed = Object.entries(declaredInputs(on)).map(([name, { type }]): [string, unknown] => {
    const text = texts[name] ?? ''
    if (type === 'boolean') return [name, text === 'true']
    return [name, type === 'number' ? Number(text) : text]
  })
  return Object.fromEntries(typed)
}

const declaredInputs = (on: unknown): Readonly<Record<string, DispatchInput>> =>
  (filtersFor(on, 'workflow_dispatch')?.['inputs'] ?? {}) as Readonly<Record<string, DispatchInput>>
