import { failure, success } from '../domain/problem.ts'
import type { Problem, Result } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import { gather } from './gather.ts'
import type { Gathered, Part } from './gather.ts'
import type { InputContext, Kind, Parsed, Surface } from './kind.ts'
import { crossProblems } from './rules.ts'
import { INPUT_NAMES, inputOf, isInputName } from './spec.ts'
import type { InputName, INPUTS } from './spec.ts'
import { nearest, printable } from './wording.ts'

/** Texts by the name of the input. Unset and empty both mean the default. */
export type RawInputs = Readonly<Record<string, string | undefined>>

/** What the table says an input becomes. */
type ValueOf<N extends InputName> = (typeof INPUTS)[N]['kind'] extends Kind<infer T> ? T : never

/**
 * The settings, frozen, or every problem in the order of the table. Never throws, touches nothing.
 * `raw` holds no secrets: they come on ways of their own.
 */
export const parseInputs = (raw: RawInputs, context: InputContext): Result<Settings, readonly Problem[]> => {
  const { draft, problems } = readSettings(raw, context)
  const all = [
    ...problems,
    ...withoutSetting(raw, context),
    ...crossProblems({ raw, draft, context }),
    ...unknownNames(raw)
  ]
  // Without a problem every part was read, so that the draft is whole.
  return all.length > 0 ? failure(all.toSorted(byTable)) : success(freeze(draft as Settings))
}

/** A problem on one line, its input named as the user gives it. */
export const problemLine = (problem: Problem, surface: Surface): string => {
  const { input, message } = problem
  if (surface === 'action' || !isInputName(input)) return `${input}: ${message}`
  return `${inputOf(input).variable ?? `--${input}`}: ${message}`
}

const reader =
  (raw: RawInputs, context: InputContext) =>
  <N extends InputName>(name: N): Part<ValueOf<N>> => {
    const row = inputOf(name)
    const given = raw[name]?.trim() ?? ''
    const text = given === '' && row.variable === undefined ? row.default : given
    // The table pairs each name with its kind; the compiler loses that pair at a generic name.
    return { input: name, parsed: row.kind.parse(text, context) as Parsed<ValueOf<N>> }
  }

const readSettings = (raw: RawInputs, context: InputContext): Gathered<Settings> => {
  const read = reader(raw, context)
  return gather<Settings>({
    mode: read('mode'),
    effort: read('effort'),
    blocks: read('blocks'),
    network: read('network'),
    zkvms: read('zkvm'),
    resource: read('resource'),
    proofType: read('proof-type'),
    base: read('base'),
    head: read('head'),
    baseFrom: read('base-from'),
    repository: read('repository'),
    hostRepository: read('host-repository'),
    hostRef: read('host-ref'),
    variants: read('variants'),
    reference: read('reference'),
    referenceRepository: read('reference-repository'),
    witnesses: read('witnesses'),
    cycleThreshold: read('cycle-threshold'),
    timeMargin: read('time-margin'),
    gpuMinutes: read('gpu-minutes'),
    trialTimeout: read('trial-timeout-minutes'),
    whenIdentical: read('when-identical'),
    failOn: read('fail-on'),
    comment: read('comment'),
    commentKey: read('comment-key'),
    commentAuthor: read('comment-author'),
    isolation: read('isolation'),
    approvedSha: read('approved-sha'),
    passEnv: read('pass-env'),
    cacheDir: read('cache-dir'),
    cacheLimit: read('cache-limit'),
    reportDir: read('report-dir')
  })
}

/** Inputs that are checked and become no setting: the secrets, and what is not supported yet. */
const withoutSetting = (raw: RawInputs, context: InputContext): readonly Problem[] => {
  const read = reader(raw, context)
  return gather({
    githubToken: read('github-token'),
    rpcUrl: read('rpc-url'),
    checkRun: read('check-run')
  }).problems
}

const unknownNames = (raw: RawInputs): readonly Problem[] =>
  Object.keys(raw)
    .filter((name) => !isInputName(name))
    .toSorted()
    .map((name) => {
      const meant = nearest(name, INPUT_NAMES)
      const hint = meant === null ? '' : ` (${meant}, perhaps)`
      return {
        input: printable(name),
        message: `is not an input${hint}; allowed: those that the README lists`
      }
    })

const byTable = (a: Problem, b: Problem): number => rank(a) - rank(b)

const rank = ({ input }: Problem): number =>
  isInputName(input) ? INPUT_NAMES.indexOf(input) : INPUT_NAMES.length

const freeze = (settings: Settings): Settings => {
  for (const value of Object.values<unknown>({ ...settings })) Object.freeze(value)
  return Object.freeze(settings)
}
