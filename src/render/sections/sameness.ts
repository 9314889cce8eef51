import type { Plan } from '../../domain/plan.ts'
import type { Report } from '../../domain/report.ts'
import type { ComparedPath } from '../../domain/sameness.ts'
import type { BlockNumber } from '../../domain/workload.ts'
import { formatBlocks, plural } from '../format.ts'
import { code, details, prose, table } from '../markdown.ts'
import { titled } from '../naming.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { View } from '../view.ts'
import { NONE } from '../words.ts'

const FEW = 40

/** On what grounds a run ended as identical: each path that proving depends on, with its git object on both sides. */
export const compared = (view: View): string | null => {
  const { ending, sameness, plan } = view.report
  if (ending !== 'identical' || sameness.sources?.kind !== 'identical') return null
  const { shown, hidden } = firstOf(sameness.sources.paths, FEW, view.detail)
  const rows = [
    ['Path', 'Part of', 'Base', 'Head'],
    ...shown.map(({ path, parts, base, head }) => [
      code(path),
      parts.join(', '),
      objectOf(base),
      objectOf(head)
    ])
  ]
  const more = hidden > 0 ? [`And ${plural(hidden, 'more path')} in ${wholeIn(view.context)}.`] : []
  const paths = plural(sameness.sources.paths.length, 'path')
  return details(
    titled(view, `What was compared: ${paths} of ethrex, the host and how both are built`),
    [GROUNDS, table(rows, 'llll'), ...more, alike(view.report, plan)].join('\n\n')
  )
}

const GROUNDS =
  'Whatever the guest, its input or its prover are made from, by the objects that git keeps for it: equal ids are equal content.'

const OBJECT_DIGITS = 12

const objectOf = (id: string | null): string => (id === null ? NONE : code(id.slice(0, OBJECT_DIGITS)))

/** What both sides would be built with. */
const alike = ({ machine }: Report, { host, zkvm, resource }: Plan): string => {
  const toolchain = machine.rustc === null ? 'the toolchain of this machine' : prose(machine.rustc, 120)
  const features = [zkvm, ...(resource === 'gpu' ? ['gpu'] : [])].join(',')
  return `The same on both sides besides: host ${code(host.repository, 80)} at ${code(host.sha)}, features ${code(features)}, ${toolchain}.`
}

const SHOWN = 8

/** How far the sides are the same, where they were measured: a line each of the method. */
export const samenessLines = (report: Report): readonly string[] =>
  report.plan.purpose === 'compare'
    ? [...sourceLines(report), ...guestLines(report), ...inputLines(report)]
    : []

const sourceLines = ({ sameness: { sources } }: Report): readonly string[] => {
  switch (sources?.kind) {
    case 'identical':
      return [
        '- Sources: nothing that proving depends on differs; measured all the same, as `when-identical` asks.'
      ]
    case 'different':
      return [`- Sources: ${differing(sources.paths)}.`]
    case 'unknown':
      return [`- Sources: could not be compared, so everything is measured: ${prose(sources.why)}.`]
    case undefined:
      return []
  }
}

const differing = (paths: readonly ComparedPath[]): string => {
  const shown = paths.slice(0, SHOWN).map(({ path, parts }) => `${code(path)} (${parts.join(', ')})`)
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ''
  const differ = paths.length === 1 ? 'differs' : 'differ'
  return `${plural(paths.length, 'path')} that proving depends on ${differ}: ${shown.join(', ')}${more}`
}

const guestLines = ({ builds: { base, head } }: Report): readonly string[] => {
  if (base === null || head === null) return []
  if (base.guest === null || head.guest === null)
    return ['- Guest: not found in a build, so every block is executed.']
  const ids = [base.guest.elf, head.guest.elf].map((elf) => code(elf.slice(0, OBJECT_DIGITS)))
  const isEqual = base.guest.elf === head.guest.elf && base.guest.key === head.guest.key
  return [
    isEqual
      ? `- Guest: equal on both sides, ELF ${ids[0] ?? ''}.`
      : `- Guest: differs, ELF ${ids.join(' and ')}; every block is executed.`
  ]
}

/** After the builds, where the guests are equal. */
const inputLines = ({ sameness: { inputs }, plan }: Report): readonly string[] => {
  const equal = plan.blocks.flatMap(({ block, hasEqualCycles }) => (hasEqualCycles ? [block] : []))
  const executed = inputs.filter(({ block }) => !equal.includes(block))
  const unknown = executed.filter(({ base, head }) => base === null || head === null)
  const different = executed.filter((one) => !unknown.includes(one))
  const line = (which: readonly BlockNumber[], said: string): readonly string[] =>
    which.length === 0
      ? []
      : [`- ${which.length === 1 ? 'Block' : 'Blocks'} ${formatBlocks(which)}: ${said}.`]
  return [
    ...line(equal, 'guest and input equal: cycles are equal, nothing was executed'),
    ...line(blocksIn(different), 'guest equal, input differs: executed'),
    ...line(blocksIn(unknown), 'guest equal, input not known: executed')
  ]
}

const blocksIn = (inputs: readonly { readonly block: BlockNumber }[]): readonly BlockNumber[] =>
  inputs.map(({ block }) => block)
