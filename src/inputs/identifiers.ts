import { failure, success } from '../domain/problem.ts'
import { parseSha } from '../domain/revision.ts'
import type { PlainKind } from './kind.ts'
import { firstFew, splitItems } from './lists.ts'
import { quote } from './wording.ts'

const COMMENT_KEY = /^[a-z0-9-]{1,40}$/
const BOT_LOGIN = /^[a-z0-9][a-z0-9-]{0,98}\[bot\]$/
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** `[a-z0-9-]{1,40}`, which cannot break the marker that it is part of. */
export const commentKey: PlainKind<string> = {
  placeholder: 'KEY',
  parse: (text) =>
    COMMENT_KEY.test(text)
      ? success(text)
      : failure([`${quote(text)} is not a key; allowed: 1 to 40 of the characters a-z, 0-9 and "-"`])
}

/** The login of an app. */
export const botLogin: PlainKind<string> = {
  placeholder: 'APP[bot]',
  parse: (text) =>
    BOT_LOGIN.test(text)
      ? success(text)
      : failure([`${quote(text)} is not the login of an app; allowed: the app's name followed by [bot]`])
}

/** A full commit id. */
export const fullSha: PlainKind<string> = {
  placeholder: 'SHA',
  parse: (text) =>
    parseSha(text) === null
      ? failure([`${quote(text)} is not a full commit id; allowed: 40 digits of 0-9 and a-f`])
      : success(text)
}

/** Names of environment variables, in the order given, each once. */
export const variableNames: PlainKind<readonly string[]> = {
  placeholder: 'NAMES',
  parse: (text) => {
    const names = [...new Set(splitItems(text))]
    const problems = names.flatMap((name) => {
      const fault = faultOfVariable(name)
      return fault === null ? [] : [`${quote(name)} ${fault}`]
    })
    if (text !== '' && names.length === 0) problems.push(`${quote(text)} names no variable; ${ALLOWED_NAMES}`)
    return problems.length === 0 ? success(names) : failure(firstFew(problems))
  }
}

const ALLOWED_NAMES = 'allowed: names of letters, digits and "_", separated by commas, blanks or newlines'

const faultOfVariable = (name: string): string | null => {
  if (!VARIABLE.test(name)) return `is not the name of a variable; ${ALLOWED_NAMES}`
  const upper = name.toUpperCase()
  return WITHHELD.find(({ names }) => names.test(upper))?.fault ?? null
}

/** What measured code never sees, whoever asks. */
const WITHHELD: readonly { readonly names: RegExp; readonly fault: string }[] = [
  {
    names: /^(GITHUB_.*|GH_TOKEN|RPC_URL|INPUT_.*|ACTIONS_.*)$/,
    fault:
      'belongs to the runner or holds a secret, which measured code must not see; allowed: other variables'
  },
  {
    names: /^(PROVING_REGRESSION_.*|NO_COLOR)$/,
    fault: 'is set for measured code by this program; allowed: other variables'
  },
  {
    names: /^(RUST_LOG|SLACK_WEBHOOK_URL|SP1_PROVER|CARGO_TARGET_DIR|CARGO_BUILD_TARGET_DIR)$/,
    fault:
      'changes what the host builds, prints or sends and must stay unset for it; allowed: other variables'
  }
]
