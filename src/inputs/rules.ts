import type { Problem } from '../domain/problem.ts'
import type { Settings } from '../domain/settings.ts'
import type { InputContext } from './kind.ts'
import { isWithin } from './paths.ts'
import { INPUTS } from './spec.ts'
import { quote } from './wording.ts'

/** What was given, and what could be read of it. */
export interface Given {
  readonly raw: Readonly<Record<string, string | undefined>>
  readonly draft: Partial<Settings>
  readonly context: InputContext
}

/** What one input alone does not show. A rule whose inputs could not be read stays silent. */
export const crossProblems = (given: Given): readonly Problem[] => [
  ...blocksOfNetwork(given),
  ...oneCommit(given),
  ...oneMachine(given),
  ...provedByReference(given),
  ...approvalWithoutSecrets(given),
  ...endpoint(given),
  ...directories(given)
]

/** The default blocks are mainnet's: on another chain those numbers are other blocks or none. */
const blocksOfNetwork = ({ raw, draft }: Given): readonly Problem[] => {
  const text = raw['blocks']?.trim() ?? ''
  const unset = text === '' || text === INPUTS.blocks.default
  if (draft.network === undefined || draft.network === 'mainnet' || !unset) return []
  const message =
    `is required where network is ${quote(draft.network)}, as the default, ${quote(INPUTS.blocks.default)}, ` +
    `is of mainnet; allowed: blocks of ${draft.network}`
  return [{ input: 'blocks', message }]
}

/** What measures a machine compares a commit with itself: a head would be looked at by nobody. */
const oneCommit = ({ draft: { mode, head } }: Given): readonly Problem[] =>
  mode === 'calibrate' && typeof head === 'string'
    ? [
        {
          input: 'head',
          message: `${quote(head)} cannot go together with mode calibrate, which measures base against itself; allowed: base alone`
        }
      ]
    : []

/** A calibration is of one zkVM, and compares base with nothing else. */
const oneMachine = ({ raw, draft }: Given): readonly Problem[] => {
  if (draft.mode !== 'calibrate') return []
  const told = (input: string, allowed: string): Problem => ({
    input,
    message: `${quote(raw[input]?.trim() ?? '')} cannot go together with mode calibrate, which measures one machine with one zkVM; allowed: ${allowed}`
  })
  return [
    ...((draft.zkvms?.length ?? 0) > 1 ? [told('zkvm', 'one zkVM')] : []),
    ...((draft.variants?.length ?? 0) > 0 ? [told('variants', 'none')] : []),
    ...((draft.reference ?? null) === null ? [] : [told('reference', 'none')])
  ]
}

/** rsp proves with SP1 and nothing else, and knows no Hoodi (docs/notes/rsp.md). */
const provedByReference = ({ raw, draft: { reference, zkvms, network } }: Given): readonly Problem[] => {
  if ((reference ?? null) === null) return []
  const named = quote(raw['reference']?.trim() ?? '')
  const told = (message: string): Problem => ({ input: 'reference', message: `${named} ${message}` })
  return [
    ...(zkvms === undefined || zkvms.includes('sp1')
      ? []
      : [
          told(
            `proves with sp1 only, and zkvm is ${quote(zkvms.join(', '))}; allowed: a zkvm list with sp1 in it`
          )
        ]),
    ...(network === 'hoodi' ? [told('does not know the network "hoodi"; allowed: mainnet or sepolia')] : [])
  ]
}

const approvalWithoutSecrets = ({ draft, context }: Given): readonly Problem[] =>
  typeof draft.approvedSha === 'string' && isGiven(context.rpcUrl)
    ? [
        {
          input: 'approved-sha',
          message: `${quote(draft.approvedSha)} cannot go together with rpc-url; allowed: one of the two`
        }
      ]
    : []

const endpoint = ({ context: { rpcUrl } }: Given): readonly Problem[] =>
  isGiven(rpcUrl) && !isHttpUrl(rpcUrl.trim())
    ? [
        {
          input: 'rpc-url',
          message: 'has a value (a secret, not shown) that is not allowed; allowed: an http or https URL'
        }
      ]
    : []

const isGiven = (secret: string | undefined): secret is string => secret !== undefined && secret.trim() !== ''

const isHttpUrl = (text: string): boolean =>
  /^https?:\/\/[^/?#]/.test(text) && !/[\p{C}\p{Z}\\]/u.test(text) && URL.canParse(text)

/** Both directories are emptied in part: neither may hold the other, or what is not ours. */
const directories = ({ draft: { cacheDir, reportDir }, context }: Given): readonly Problem[] => {
  const problems = [
    ...tooWide('cache-dir', cacheDir, context.home),
    ...tooWide('report-dir', reportDir, context.home)
  ]
  if (problems.length > 0 || cacheDir === undefined || reportDir === undefined) return problems
  if (!isWithin(cacheDir, reportDir) && !isWithin(reportDir, cacheDir)) return []
  const message = `${quote(reportDir)} and cache-dir ${quote(cacheDir)} overlap; allowed: directories apart from one another`
  return [{ input: 'report-dir', message }]
}

const tooWide = (input: string, path: string | undefined, home: string | null): readonly Problem[] =>
  path !== undefined && (path === '/' || path === home)
    ? [{ input, message: `${quote(path)} holds more than ours; allowed: a directory of its own` }]
    : []
