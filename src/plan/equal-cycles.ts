import type { Build } from '../domain/build.ts'
import type { BySide } from '../domain/revision.ts'
import type { ComparedInput } from '../domain/sameness.ts'
import type { BlockNumber } from '../domain/workload.ts'

/**
 * Whether both sides run the same guest in the same way: the same ELF and key, both known, in hosts of one commit,
 * with the same features, compiled alike, with the same changes of the host's locked packages, the zkVM's own among
 * them. What it reads decides the rest.
 */
export const haveEqualGuests = ({ base, head }: BySide<Build>): boolean =>
  base.guest !== null && head.guest !== null && whatRuns(base) === whatRuns(head)

const whatRuns = ({ guest, host, features, toolchain, lockChanges }: Build): string =>
  JSON.stringify([guest?.elf, guest?.key, host, features, toolchain, lockChanges])

/**
 * Blocks whose cycles are equal without anybody executing them: the same guest on the same input, both known. A
 * zkVM is deterministic, and every run checks that of the one in use where it does execute.
 */
export const blocksWithEqualCycles = (
  builds: BySide<Build>,
  inputs: readonly ComparedInput[]
): readonly BlockNumber[] =>
  haveEqualGuests(builds)
    ? inputs.filter(({ base, head }) => base !== null && base === head).map(({ block }) => block)
    : []
