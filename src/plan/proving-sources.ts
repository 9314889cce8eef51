import type { Side } from '../domain/revision.ts'
import { PARTS, type ComparedPath, type Part, type SourceComparison } from '../domain/sameness.ts'
import type { ZkVm } from '../domain/workload.ts'
import type { IsEthrex } from './cargo-source.ts'
import type { HostSources } from './proving-roots.ts'
import { provingSide, type ProvingSide } from './proving-side.ts'
import { sourceTree, type Sources, type SourceTree } from './source-tree.ts'
import type { Digest } from './workspace-digest.ts'

/** Two commits of ethrex, and what they would be built with. */
export interface ProvingSources {
  readonly base: Sources
  readonly head: Sources
  readonly host: HostSources
  readonly isEthrex: IsEthrex
  readonly zkvm: ZkVm
  readonly digest: Digest
}

/**
 * Whether both sides have the same of everything that proving depends on: of every package that the guest, its
 * input and its prover are made of, with what their sources name elsewhere, their workspaces and toolchains.
 * What cannot be read to the end is `unknown`, and never `identical`.
 */
export const compareProvingSources = (input: ProvingSources): SourceComparison => {
  const trees = { base: sourceTree(input.base), head: sourceTree(input.head) }
  const root = rootOf(trees)
  const base = provingSide({ ...input, tree: trees.base })
  const head = root === null ? provingSide({ ...input, tree: trees.head }) : base
  // One and the same tree needs no closer look.
  if (root !== null && !base.ok) return { kind: 'identical', paths: [root] }
  if (!base.ok) return unknown('base', base.error)
  if (!head.ok) return unknown('head', head.error)
  const paths = comparedPaths({ base: base.value, head: head.value }, trees)
  const different = paths.filter((path) => path.base !== path.head || isOfOtherKind(path, trees))
  return different.length === 0 ? { kind: 'identical', paths } : { kind: 'different', paths: different }
}

/** A link and a file of the same bytes have the same object. */
const isOfOtherKind = ({ path }: ComparedPath, { base, head }: Trees): boolean =>
  base.entry(path)?.kind !== head.entry(path)?.kind

const unknown = (side: Side, why: string): SourceComparison => ({
  kind: 'unknown',
  why: `at ${side}, ${why}`
})

interface Trees {
  readonly base: SourceTree
  readonly head: SourceTree
}

/** The root as a compared path where both sides are the same to the last byte, else null. */
const rootOf = ({ base, head }: Trees): ComparedPath | null => {
  const object = base.entry('.')?.object ?? null
  if (object === null || head.entry('.')?.object !== object) return null
  return { path: '.', parts: PARTS, base: object, head: object }
}

const comparedPaths = (
  { base, head }: { readonly base: ProvingSide; readonly head: ProvingSide },
  trees: Trees
): readonly ComparedPath[] => {
  const parts = (path: string): readonly Part[] =>
    PARTS.filter((part) =>
      [base, head].some(
        ({ places, digests }) =>
          places.get(path)?.has(part) === true || digests.get(path)?.parts.has(part) === true
      )
    )
  const places = new Set([...base.places.keys(), ...head.places.keys()])
  const digests = new Set([...base.digests.keys(), ...head.digests.keys()])
  const compared = [
    ...[...places].map((path) => ({
      path,
      parts: parts(path),
      base: trees.base.entry(path)?.object ?? null,
      head: trees.head.entry(path)?.object ?? null
    })),
    // What is compared as a whole anyway needs no digest of a part.
    ...[...digests]
      .filter((path) => !places.has(path))
      .map((path) => ({
        path,
        parts: parts(path),
        base: base.digests.get(path)?.value ?? null,
        head: head.digests.get(path)?.value ?? null
      }))
  ]
  return compared
    .filter((path) => path.base !== null || path.head !== null)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}
