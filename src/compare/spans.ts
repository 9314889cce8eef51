import type { Count } from '../domain/quantity.ts'
import type { CostChange, SpanChange } from '../domain/report.ts'
import type { Cost, Span } from '../domain/sample.ts'
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
    variant: plan.variant,
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

/** The parts of a block's estimated cost on both sides, base's order first. Empty unless both sides have them. */
export const compareCosts = (plan: Plan, block: BlockNumber, measured: Measured): readonly CostChange[] => {
  const base = costByName(measured.execution(block, 'base')?.costs ?? [])
  const head = costByName(measured.execution(block, 'head')?.costs ?? [])
  if (base.size === 0 || head.size === 0) return []
  return [...new Set([...base.keys(), ...head.keys()])].map((name) => ({
    block,
    zkvm: plan.zkvm,
    variant: plan.variant,
    name,
    base: base.get(name) ?? null,
    head: head.get(name) ?? null
  }))
}

const costByName = (costs: readonly Cost[]): ReadonlyMap<string, Count> =>
  new Map(costs.map(({ name, cost }) => [name, cost]))
