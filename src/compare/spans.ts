import type { Count } from '../domain/quantity.ts'
import type { SpanChange } from '../domain/report.ts'
import type { Span } from '../domain/sample.ts'
import type { Plan } from '../domain/plan.ts'
import type { BlockNumber } from '../domain/workload.ts'
import type { Measured } from './measured.ts'

/** A block's spans on both sides, base's order first, matched by path. Empty unless both sides have spans. */
export const compareSpans = (plan: Plan, block: BlockNumber, measured: Measured): readonly SpanChange[] => {
  const base = cyclesByPath(measured.execution(block, 'base')?.spans ?? [])
  const head = cyclesByPath(measured.execution(block, 'head')?.spans ?? [])
  if (base.size === 0 || head.size === 0) return []
  const paths = new Map([...base, ...head].map(([key, { path }]) => [key, path] as const))
  return [...paths].map(([key, path]) => ({
    block,
    zkvm: plan.zkvm,
    path,
    base: base.get(key)?.cycles ?? null,
    head: head.get(key)?.cycles ?? null
  }))
}

interface PathCycles {
  readonly path: readonly string[]
  readonly cycles: Count
}

/** Names are free text, so a key made by joining them could be forged by one; JSON's cannot. */
const cyclesByPath = (spans: readonly Span[]): ReadonlyMap<string, PathCycles> =>
  new Map(spans.map(({ path, cycles }) => [JSON.stringify(path), { path, cycles }]))
