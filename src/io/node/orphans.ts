import type { Ended, Members } from './escalation.ts'
import { endAll } from './escalation.ts'
import { listProcesses, pidNamespace, readTag } from './process-table.ts'
import type { Owner } from './tag.ts'
import { isAlive, ownerOf } from './tag.ts'

const GRACE = 1_500

/**
 * Ends what runs that are no more left behind: processes that carry a tag whose owner is dead. Those of a live
 * run, and those of another pid namespace, where the owner's pid means another process, are left alone.
 */
export const endOrphans = (isOwnerAlive: (owner: Owner) => boolean = isAlive): Promise<Ended> => {
  const here = pidNamespace('self')
  const look = (): Members => ({
    alive: listProcesses().filter((entry) => {
      const { tag } = readTag(entry)
      const owner = tag === null ? null : ownerOf(tag)
      return (
        owner !== null &&
        entry.pid !== process.pid &&
        pidNamespace(entry.pid) === here &&
        !isOwnerAlive(owner)
      )
    }),
    unclear: false
  })
  return endAll(look, { grace: GRACE })
}
