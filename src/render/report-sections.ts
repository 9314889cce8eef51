import { joined } from './page.ts'
import type { RunView } from './run-view.ts'
import { alert } from './sections/alert.ts'
import { blocks } from './sections/blocks.ts'
import { costs } from './sections/costs.ts'
import { failures } from './sections/failures.ts'
import { machineAndCost, method } from './sections/method.ts'
import { metrics } from './sections/metrics.ts'
import { movers } from './sections/movers.ts'
import { optimizations } from './sections/optimizations.ts'
import { reproduce } from './sections/reproduce.ts'
import { compared } from './sections/sameness.ts'
import { countsSideBySide, sideBySide } from './sections/side-by-side.ts'
import { summary } from './sections/summary.ts'
import { unread } from './sections/unread.ts'
import { reference, variants } from './sections/variants.ts'
import type { View } from './view.ts'

type Section = (view: RunView) => string | null

const SHORTEST: readonly Section[] = [alert, summary]
const OPEN: readonly Section[] = [...SHORTEST, blocks, sideBySide]

/** What is folded of one zkVM. */
const ofZkVm = (view: View, { run }: RunView): readonly (string | null)[] => [
  compared(view),
  movers(view),
  costs(view),
  metrics(view),
  method(view, run)
]

const FOLDED: readonly Section[] = [
  (view) => joined(view.heads.flatMap((head) => ofZkVm(head, view))),
  countsSideBySide,
  variants,
  (view) =>
    joined(view.groups.flatMap((group) => group.variants.flatMap((leg) => [movers(leg), costs(leg)]))),
  reference,
  machineAndCost,
  reproduce,
  optimizations,
  unread,
  failures
]

/** What stands below the heading of a finished report: what is open, then what is folded. */
export const reportSections = (view: RunView): { readonly figures: string; readonly folded: string } => {
  const isShortest = view.detail.rows === 'none'
  const drawn = (sections: readonly Section[]): string => joined(sections.map((section) => section(view)))
  return { figures: drawn(isShortest ? SHORTEST : OPEN), folded: isShortest ? '' : drawn(FOLDED) }
}
