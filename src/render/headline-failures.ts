import type { Failure, Stage } from '../domain/failure.ts'
import type { Report } from '../domain/report.ts'
import type { Side } from '../domain/revision.ts'
import { plural } from './format.ts'
import { interferenceOf } from './interference.ts'

const FAILS: Readonly<Record<Stage, { readonly words: string; readonly base: string }>> = {
  resolve: { words: 'cannot be found', base: 'base can' },
  fetch: { words: 'cannot be fetched', base: 'base can' },
  build: { words: 'does not build', base: 'base does' },
  execute: { words: 'does not execute', base: 'base does' },
  prove: { words: 'does not prove', base: 'base does' },
  publish: { words: 'cannot be published', base: 'base can' }
}

/** What head cannot do and base can. */
export const headFails = (report: Report): string => {
  const news = newsOf(report, 'head')
  const [first] = news
  return `${whatFails(news, 'head')}, ${first === undefined ? 'base does not' : FAILS[first.stage].base}`
}

/** What base cannot do. */
export const baseFails = (report: Report): string =>
  `${whatFails(newsOf(report, 'base'), 'base')}, so there is no verdict`

/** What the first failure says, and of how many blocks its stage says so. */
const whatFails = (news: readonly Failure[], side: Side): string => {
  const [first] = news
  if (first === undefined) return `${side} failed`
  const { stage, block, reason } = first
  const blocks = new Set(
    news.flatMap((one) => (one.block === null || one.stage !== stage ? [] : [one.block]))
  )
  const which =
    block === null
      ? ''
      : blocks.size > 1
        ? ` ${plural(blocks.size, 'block')}, ${block} first`
        : ` block ${block}`
  return `it ${FAILS[stage].words}${which} (${reason})`
}

/** A side's failures; what base fails at too is no news of head. */
const newsOf = ({ failures }: Report, side: Side): readonly Failure[] =>
  failures.filter((failure) => failure.side === side && (side === 'base' || !isBases(failure, failures)))

const isBases = ({ block, stage }: Failure, failures: readonly Failure[]): boolean =>
  failures.some((other) => other.side === 'base' && other.block === block && other.stage === stage)

/** Why there is no verdict where neither side failed: in our words, with the reason. */
export const interfered = (failures: readonly Failure[]): string => {
  const { kind, failure } = interferenceOf(failures)
  return `no verdict, ${kind.words}${failure === null ? '' : ` (${failure.reason})`}`
}
