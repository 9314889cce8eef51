import type { Failure } from '../../domain/failure.ts'
import type { ReferenceBlock, RunReport } from '../../domain/report.ts'
import { plural } from '../format.ts'
import { details, fence, sentence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { runFailures, whoseOf } from '../run-failures.ts'
import { wholeIn } from '../run-link.ts'
import type { RunView } from '../run-view.ts'

const FEW = 10
const TAIL_LINES = 20

/** Each failure with the end of its log: why a cell says `failed`. */
export const failures = (view: RunView): string | null => {
  const all = [
    ...runFailures(view).map((one) => ({ ...one.failure, who: whoseOf(one).join(', ') })),
    ...ofReference(view.run.reference)
  ]
  if (all.length === 0) return null
  const { shown, hidden } = firstOf(all, FEW, view.detail)
  const said = shown.map((failure) => described(failure, view.detail.tails))
  const more = hidden > 0 ? [`And ${plural(hidden, 'more failure')} in ${wholeIn(view.context)}.`] : []
  return details(`Failures: ${all.length}`, [...said, ...more].join('\n\n'))
}

/** A failure and whose it is, in our words or made into text. */
type Told = Omit<Failure, 'side' | 'stage'> & {
  readonly who: string
  readonly stage: Failure['stage'] | null
}

/** What fails while the reference executes or proves a block is told in one: both are one process of it. */
const ofReference = (reference: RunReport['reference']): readonly Told[] => {
  if (reference === null) return []
  const { prover: who, failures, blocks } = reference
  return [
    ...failures.map((failure) => ({ ...failure, who })),
    ...blocks.flatMap(({ block, failure }: ReferenceBlock) =>
      failure === null ? [] : [{ ...failure, block, who, stage: null }]
    )
  ]
}

const described = ({ who, stage, block, reason, message, tail }: Told, hasTail: boolean): string => {
  const where = [who, ...(stage === null ? [] : [stage]), ...(block === null ? [] : [`block ${block}`])]
  const said = `**${where.join(', ')}: ${reason}.** ${sentence(message)}`
  return hasTail && tail.trim() !== '' ? `${said}\n\n${fence(tail, { lines: TAIL_LINES })}` : said
}
