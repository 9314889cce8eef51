import { join } from 'node:path'
import type { Guest } from '../domain/build.ts'
import type { Files } from '../io/ports.ts'
import type { GuestArtefacts } from '../provers/prover.ts'

/**
 * The guest that a build left in a checkout of ethrex. Null where no file is the guest's: then nothing is known of
 * it, which is not the same as no change.
 */
export const findGuest = async (
  checkout: string,
  artefacts: readonly GuestArtefacts[],
  files: Pick<Files, 'sha256OfFile' | 'sha256OfText'>
): Promise<Guest | null> => {
  const digestOf = async (path: string): Promise<string | null> => {
    const digest = await files.sha256OfFile(join(checkout, path))
    // A build script without its zkVM leaves an empty guest.
    return digest === files.sha256OfText('') ? null : digest
  }
  for (const { elf, key } of artefacts) {
    const found = await digestOf(elf)
    if (found !== null) return { elf: found, key: key === null ? null : await digestOf(key) }
  }
  return null
}
