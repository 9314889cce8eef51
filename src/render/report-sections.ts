import { joined } from './page.ts'
import { alert } from './sections/alert.ts'
import { blocks } from './sections/blocks.ts'
import { failures } from './sections/failures.ts'
import { method } from './sections/method.ts'
import { metrics } from './sections/metrics.ts'
import { movers } from './sections/movers.ts'
import { optimizations } from './sections/optimizations.ts'
import { compared } from './sections/sameness.ts'
import { reproduce } from './sections/reproduce.ts'
import { summary } from './sections/summary.ts'
import type { View } from './view.ts'

type Section = (view: View) => string | null

const OPEN: readonly Section[] = [alert, summary, blocks]
const SHORTEST: readonly Section[] = [alert, summary]
const FOLDED: readonly Section[] = [compared, movers, metrics, method, reproduce, optimizations, failures]

/** What stands below the heading of a finished report: what is open, then what is folded. */
export const reportSections = (view: View): { readonly figures: string; readonly folded: string } => {
  const isShortest = view.detail.rows === 'none'
  const drawn = (sections: readonly Section[]): string => joined(sections.map((section) => section(view)))
  return { figures: drawn(isShortest ? SHORTEST : OPEN), folded: isShortest ? '' : drawn(FOLDED) }
}
