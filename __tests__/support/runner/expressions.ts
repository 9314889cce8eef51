import { Evaluator, Lexer, Parser, data } from '@actions/expressions'
import type { Outcome } from './job.ts'

/** What an expression may speak of, where it stands. */
export interface Scope {
  /** Names to plain values. A name that is not here is an error, as it is on GitHub. */
  readonly contexts: Readonly<Record<string, unknown>>
  /** For `success()` and the like; null where they may not be used. */
  readonly status: Outcome | null
}

const STATUS_FUNCTIONS: Readonly<Record<string, (status: Outcome) => boolean>> = {
  always: () => true,
  cancelled: (status) => status === 'cancelled',
  failure: (status) => status === 'failure',
  success: (status) => status === 'success'
}

/** The value of what stands between `${{` and `}}`. Throws where GitHub would refuse the workflow. */
export const evaluate = (expression: string, { contexts, status }: Scope): data.ExpressionData => {
  const functions =
    status === null
      ? []
      : Object.entries(STATUS_FUNCTIONS).map(([name, call]) => ({
          ...{ name, minArgs: 0, maxArgs: 0 },
          call: () => new data.BooleanData(call(status))
        }))
  try {
    const { tokens } = new Lexer(expression).lex()
    const tree = new Parser(tokens, Object.keys(contexts), functions).parse()
    const known = new data.Dictionary(
      ...Object.entries(contexts).map(([key, value]) => ({ key, value: toData(value) }))
    )
    return new Evaluator(tree, known, new Map(functions.map((one) => [one.name, one]))).evaluate()
  } catch (error) {
    throw new Error(`in the expression ${JSON.stringify(expression)}: ${String(error)}`, { cause: error })
  }
}

const toData = (value: unknown): data.ExpressionData =>
  JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData

const EXPRESSION = /\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}/g

/** A text of the workflow with its expressions replaced by their values. */
export const interpolate = (text: string, scope: Scope): string =>
  text.replace(EXPRESSION, (_, expression: string) => evaluate(expression, scope).coerceString())

/** Whether an `if:` holds. Without a word about status it means success as well. */
export const holds = (condition: string | undefined, scope: Scope): boolean => {
  const text = (condition ?? '').trim()
  const whole = /^\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}$/.exec(text)?.[1]?.trim()
  if (whole === undefined && text.includes('${{')) {
    throw new Error(`an \`if:\` with text around its expression is always true: ${text}`)
  }
  const expression = whole ?? text
  if (expression === '') return holdsAs('success()', scope)
  return holdsAs(saysStatus(expression) ? expression : `success() && (${expression})`, scope)
}

const holdsAs = (expression: string, scope: Scope): boolean => {
  const value = evaluate(expression, scope)
  return evaluate('!!value', { contexts: { value: plain(value) }, status: null }).coerceString() === 'true'
}

/** Only whether it is true matters: a dictionary and a list always are. */
const plain = (value: data.ExpressionData): unknown =>
  value.primitive ? (value.kind === data.Kind.Null ? null : (value as data.StringData).value) : {}

const saysStatus = (expression: string): boolean =>
  /\b(?:always|cancelled|failure|success)\s*\(/i.test(expression.replace(/'[^']*'/g, "''"))
