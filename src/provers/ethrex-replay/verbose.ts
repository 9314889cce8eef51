import type { Line } from '../line.ts'
import type { Open, VerboseStep } from './verbose-block.ts'
import { brokenAt, isHead, mayBegin, opened, withLine } from './verbose-block.ts'

/**
 * With `--verbose` a block ends in a report of many lines and no log line (ethrex-replay `src/report.rs:261-333`
 * at 4561304, the same since 2693e01). Nothing marks its lines as the tool's own, so only a whole one counts: on
 * stdout, from its first line on, every item in its place, to the link with the block's number, or to the blank
 * line after it where the network has no links.
 */
export interface VerboseFold {
  line(line: Line): VerboseStep
  /** Nothing more comes. */
  end(): VerboseStep
}

const OUTSIDE: VerboseStep = { kind: 'outside' }
const INSIDE: VerboseStep = { kind: 'inside' }

/** A fold that has seen nothing. */
export const createVerboseFold = (): VerboseFold => {
  let open: Open | null = null
  // The last two lines, to find a first line that is damaged.
  let second: Line | null = null
  let first: Line | null = null
  const advance = (line: Line, current: Open): VerboseStep => {
    const next = withLine(current, line)
    open = next === null || 'kind' in next ? null : next
    if (next === null) return brokenAt(current, line)
    return 'kind' in next ? next : INSIDE
  }
  const begin = (line: Line): VerboseStep => {
    const isOrphan =
      line.text.startsWith('Block: ') && isHead(1, line) && second !== null && isHead(0, second)
    const lost = isOrphan && !(first !== null && mayBegin(first.text)) ? (first ?? second) : null
    first = second
    second = line
    if (lost !== null) return { kind: 'broken', lines: [lost], block: null }
    if (!mayBegin(line.text)) return OUTSIDE
    open = opened(line)
    return open === null ? { kind: 'broken', lines: [line], block: null } : INSIDE
  }
  return {
    line: (line) => (open === null ? begin(line) : advance(line, open)),
    end() {
      if (open === null) return OUTSIDE
      const { lastLine, header } = open
      open = null
      return { kind: 'broken', lines: [lastLine], block: header?.block ?? null }
    }
  }
}
