import type { Plan } from '../domain/plan.ts'
import type { Side } from '../domain/revision.ts'

/** What a side is called in our sentences: in the leg of a variant, head is the variant. */
export const sideWord = ({ variant }: Pick<Plan, 'variant'>, side: Side): string =>
  side === 'head' && variant !== null ? variant : side
