import { oneOf, optional } from './choices.ts'
import { botLogin, commentKey, fullSha, variableNames } from './identifiers.ts'
import { secret } from './input.ts'
import type { Input } from './input.ts'
import { MEASURED } from './measured.ts'
import { cacheDirectory, directory } from './paths.ts'
import { margin, minutesOrNone, minutesUpTo, percentage, size } from './units.ts'

/** A year. */
const MOST_GPU_MINUTES = 525_600
/** The five days that GitHub gives a job on a runner of one's own. */
const MOST_TRIAL_MINUTES = 7_200

/**
 * The inputs, in the order in which they are documented and their problems are told. `action.yml`, the table
 * of the README, the flags and `--help` come from here.
 */
export const INPUTS = {
  'github-token': {
    kind: secret('GITHUB_TOKEN'),
    default: '${{ github.token }}',
    variable: 'GITHUB_TOKEN',
    summary: 'Secret: reads the pull request and writes its comment; not used in the terminal.',
    more: 'Not given to the measured code.'
  },
  ...MEASURED,
  witnesses: {
    kind: optional(directory),
    default: '',
    summary: 'Directory with cache files of the host, `.json` or `.json.gz`: the normal source of blocks.'
  },
  'rpc-url': {
    kind: secret('RPC_URL'),
    default: '',
    variable: 'RPC_URL',
    summary: 'Secret: http or https endpoint, asked only for blocks that no witness covers.',
    more: 'Not given to the measured code.'
  },
  'cycle-threshold': {
    kind: percentage,
    default: '0.1%',
    summary: 'A change of cycles beyond it is a verdict.'
  },
  'time-margin': {
    kind: optional(margin),
    default: '',
    defaultWords: 'of the effort: `3%`, `2%` or `1%`',
    summary: 'The change of time, up or down, that still counts as none; at most 20%.',
    more: 'A smaller one takes more proofs, or ends `inconclusive`.'
  },
  'gpu-minutes': {
    kind: minutesOrNone(MOST_GPU_MINUTES),
    default: '240',
    summary: 'Budget of proving, or `none` for no limit.',
    more:
      'Wall time of all proofs, the warm-up too. When it is spent, the pair under way is finished, and the ' +
      'verdict is made from what was measured until then, and says so. `calibrate` has it twice. ' +
      'Several zkVMs share it: each may spend an equal part of what those before it left.'
  },
  'trial-timeout-minutes': {
    kind: minutesUpTo(MOST_TRIAL_MINUTES),
    default: '60',
    summary: 'How long one trial may take.'
  },
  'when-identical': {
    kind: oneOf(['skip', 'measure']),
    default: 'skip',
    summary: '`skip` or `measure`, where the proving inputs of both sides are provably the same.',
    more: '`skip` then ends as `identical`, in seconds, and executes no block whose guest and input are equal.'
  },
  'fail-on': {
    kind: oneOf(['never', 'failure', 'regression']),
    default: 'failure',
    summary:
      'Which verdict fails the step: `never` one, a `failure` of head (it cannot build, execute or prove what ' +
      'base can), or a `regression` (`mixed` and a failure too).',
    more: 'Bad input, `infrastructure`, `base-failed` and a cancel always do.'
  },
  comment: {
    kind: oneOf(['auto', 'changes', 'never']),
    default: 'auto',
    summary: 'When a pull request gets a comment: always (`auto`), on `changes` only, or `never`.',
    more:
      '`changes`: at the end, unless the verdict is `no-change`, `inconclusive` or `identical`; an older comment ' +
      'is brought up to date all the same.'
  },
  'comment-key': {
    kind: commentKey,
    default: 'default',
    summary: 'Tells several comments on one pull request apart: 1 to 40 of `a-z`, `0-9` and `-`.'
  },
  'comment-author': {
    kind: optional(botLogin),
    default: '',
    defaultWords: '`github-actions[bot]`',
    summary: 'Login of the app that the token is of, `<app>[bot]`.',
    more: "Needed with an app's token."
  },
  'check-run': {
    kind: oneOf(['false'], ['true']),
    default: 'false',
    summary: 'Also a check run; `true` is not supported yet.'
  },
  isolation: {
    kind: oneOf(['none'], ['user', 'namespace']),
    default: 'none',
    summary: 'How the measured code is kept away from the runner.',
    more: '`user` and `namespace` are not supported yet.'
  },
  'approved-sha': {
    kind: optional(fullSha),
    default: '',
    summary: 'For `pull_request`: head of a fork that a maintainer approved, 40 hex digits.',
    more: 'Not together with `rpc-url`.'
  },
  'pass-env': {
    kind: variableNames,
    default: '',
    summary: 'Names of more environment variables that the measured code may see.',
    more: 'Separated by commas, blanks or newlines. Our own secrets and what would change the host are refused.'
  },
  'cache-dir': {
    kind: cacheDirectory,
    default: '',
    defaultWords: "the runner's tool cache; in the terminal the user's cache folder",
    summary: 'Keeps mirrors, builds, witnesses and results of base.'
  },
  'cache-limit': {
    kind: size,
    default: '100GiB',
    summary: 'How large the cache may grow, in `MiB`, `GiB` or `TiB`; least recently used goes first.'
  },
  'report-dir': {
    kind: directory,
    default: 'proving-regression',
    summary: 'Where the comment, the report, the journal and the logs go.'
  }
} satisfies Readonly<Record<string, Input>>

export type InputName = keyof typeof INPUTS

export const isInputName = (text: string): text is InputName => Object.hasOwn(INPUTS, text)

export const INPUT_NAMES: readonly InputName[] = Object.keys(INPUTS).filter(isInputName)

/** A row of the table, its fields as any row may have them. */
export const inputOf = (name: InputName): Input => INPUTS[name]

/** Those that are given as flags or keys; secrets come on a way of their own. */
export const PLAIN_NAMES: readonly InputName[] = INPUT_NAMES.filter(
  (name) => inputOf(name).variable === undefined
)
