import type { ReferencePlan } from '../domain/plan.ts'
import { shortSha, type Revision, type Side } from '../domain/revision.ts'
import { code, prose } from './markdown.ts'
import type { View } from './view.ts'
import { ZKVM_NAME } from './words.ts'

/** What a leg is called wherever a run has more than one. */

/** A title with what it is of: `ZisK, trie3: Method and trust`. Head's leg of the only zkVM needs no name. */
export const titled = (view: View, title: string): string => {
  const { variant } = view.report.plan
  const parts = [...zkvmOf(view), ...(variant === null ? [] : [prose(variant, NAME)])]
  return parts.length === 0 ? title : `${parts.join(', ')}: ${title}`
}

/** The zkVM, where the run has several. */
export const zkvmOf = ({ report: { plan }, isOneOfSeveral }: View): readonly string[] =>
  isOneOfSeveral ? [ZKVM_NAME[plan.zkvm]] : []

/** A side by the name of what stands on it: in the leg of a variant, head is the variant. */
export const sideOf = ({ report: { plan } }: View, side: Side | null): string => {
  if (side === null) return 'machine'
  return side === 'head' && plan.variant !== null ? nameText(plan.variant) : side
}

/** A name as it is, to be copied; in code type where it would not come through otherwise. Not for a summary. */
export const nameText = (name: string): string => {
  const text = prose(name, NAME)
  return text === name ? name : code(name, NAME)
}

/** `rsp main (`9a70481`)`. */
export const referenceName = ({ prover, revision }: ReferencePlan): string =>
  `${prover} ${revisionName(revision)}`

/** `main (`70fc632`)`: by what it was asked for and what that is; the latter alone where they are the same. */
export const revisionName = ({ ref, sha }: Revision): string =>
  ref === sha ? code(shortSha(sha)) : `${nameText(ref)} (${code(shortSha(sha))})`

/** Longer names are cut. */
const NAME = 60
