import type { Plan } from '../../domain/plan.ts'
import type { Report, RunReport } from '../../domain/report.ts'
import { formatBlocks } from '../format.ts'
import { details, fence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { RunView } from '../run-view.ts'
import type { View } from '../view.ts'

const FEW = 16

/** A longer word would be cut, and with it the quote that closes it. */
const QUOTED = 200

/** The commands that do the same again, with every commit, and the hashes of what was read. */
export const reproduce = ({ run, heads }: RunView): string | null => {
  const [first] = heads
  if (first === undefined) return null
  return details(
    'How to reproduce',
    fence(
      [commands(run, first.report), pins(first)]
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n'),
      { info: 'sh' }
    )
  )
}

const commands = (run: RunReport, report: Report): readonly string[] => {
  if (report.plan.timeScale !== 1) return [IN_A_CLONE, 'npm run demo']
  const hand = byHand(report)
  return [...wholeRun(run, report), ...(hand.length > 0 ? ['', ...hand] : [])]
}

/** Which version it was is not known here. */
const IN_A_CLONE = '# In a clone of proving-regression, after npm ci'

const wholeRun = ({ legs, reference }: RunReport, { plan }: Report): readonly string[] => [
  IN_A_CLONE,
  'node dist/cli.js run \\',
  `  --repository ${quoted(plan.revisions.base.repository)} \\`,
  `  --base ${plan.revisions.base.sha} \\`,
  ...(plan.purpose === 'compare' ? [`  --head ${plan.revisions.head.sha} \\`] : []),
  ...variants(legs),
  `  --host-repository ${quoted(plan.host.repository)} --host-ref ${plan.host.sha} \\`,
  ...(reference === null
    ? []
    : [
        `  --reference ${reference.prover}@${reference.revision.sha} --reference-repository ${quoted(reference.revision.repository)} \\`
      ]),
  `  --mode ${plan.purpose === 'compare' ? plan.mode : 'calibrate'} --effort ${plan.effort}${margin(plan)} \\`,
  `  --blocks ${formatBlocks(plan.blocks.map(({ block }) => block))} --network ${plan.network} \\`,
  `  --zkvm ${[...new Set(legs.map((leg) => leg.plan.zkvm))].join(',')} --resource ${plan.resource} --proof-type ${plan.proofType} \\`,
  `  --cycle-threshold ${quoted(plan.cycleThreshold.text)} --gpu-minutes ${plan.gpuMinutes ?? 'none'} \\`,
  ...(legs.every(({ ending }) => ending === 'identical') ? ['  --when-identical measure \\'] : []),
  `  --trial-timeout-minutes ${plan.trialTimeout} --witnesses "$WITNESSES"`
]

/** A line for each, inside one pair of quotes. */
const variants = (legs: readonly Report[]): readonly string[] => {
  const named = new Map(
    legs.flatMap(({ plan: { variant, revisions } }) =>
      variant === null ? [] : [[variant, revisions.head.sha] as const]
    )
  )
  if (named.size === 0) return []
  const lines = [...named].map(([name, sha]) => `${/^[\w.-]{1,60}$/.test(name) ? name : 'unnamed'}=${sha}`)
  return `  --variants '${lines.join('\n')}' \\`.split('\n')
}

const margin = ({ timing }: Plan): string =>
  timing === null ? '' : ` --time-margin ${quoted(timing.margin.text)}`

/** One block of one side with the host alone; cargo moves every ethrex crate together with the one that is named. */
const byHand = ({ plan, builds }: Report): readonly string[] => {
  const [first] = plan.blocks
  // Cargo asks the repository that the host names: it has the commits of ethrex, and of no fork or local path.
  if (first === undefined || plan.revisions.base.repository !== 'lambdaclass/ethrex') return []
  const features =
    builds.base?.features.join(',') ?? [plan.zkvm, ...(plan.resource === 'gpu' ? ['gpu'] : [])].join(',')
  const proof = plan.mode === 'prove' ? ` --proof ${plan.proofType}` : ''
  return [
    `# One block of base by hand; head is ${plan.revisions.head.sha}`,
    `git clone -- ${quoted(urlOf(plan.host.repository))} ethrex-replay && cd ethrex-replay`,
    `git checkout ${plan.host.sha}`,
    `cargo update -p ethrex-common --precise ${plan.revisions.base.sha}`,
    `cargo run --release --bin ethrex-replay --features ${quoted(features)} -- \\`,
    `  block ${first.block} --zkvm ${plan.zkvm === 'openvm' ? 'open-vm' : plan.zkvm} --resource ${plan.resource} \\`,
    `  --action ${plan.mode}${proof} --cached --network ${plan.network} --cache-dir "$WITNESSES" --bench`
  ]
}

const pins = ({ report, context, detail }: View): readonly string[] => {
  const { blocks, network } = report.plan
  const known = blocks.flatMap(({ block, witnessSha256 }) =>
    witnessSha256 === null ? [] : [`# ${witnessSha256}  cache_${network}_${block}.json`]
  )
  if (known.length === 0) return []
  const { shown, hidden } = firstOf(known, FEW, detail)
  const more = hidden > 0 ? [`# and ${hidden} more in ${wholeIn(context)}`] : []
  return ['# sha256 of the files in $WITNESSES', ...shown, ...more]
}

const urlOf = (repository: string): string =>
  /^[\w.-]+\/[\w.-]+$/.test(repository) ? `https://github.com/${repository}` : repository

/** For a shell that somebody will paste this into: one word, whatever is in it. */
const quoted = (word: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (word.length > QUOTED) return "'(too long to show)'"
  return `'${word.replace(/[\p{Cc}\p{Cf}]/gu, '').replaceAll("'", `'\\''`)}'`
}
