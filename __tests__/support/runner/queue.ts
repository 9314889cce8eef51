import type { Group } from './plan.ts'

/**
 * The concurrency groups of a repository: one runs, one waits, and who comes later takes the place of who waits.
 * docs.github.com, "Control the concurrency of workflows and jobs".
 */
export interface Queue {
  /** Resolves when it is this one's turn: true to run and `leave` afterwards, false if that does not come. */
  readonly enter: (group: Group | null, member: Member) => Promise<boolean>
  readonly leave: (group: Group | null, member: Member) => void
}

export interface Member {
  /** Cancels it, running or waiting. */
  readonly cancel: () => void
  /** Aborted once it is cancelled. */
  readonly cancelled: AbortSignal
}

interface Place {
  running: Member | null
  /** Tells who waits whether it may run. */
  waiting: { readonly member: Member; readonly settle: (turn: boolean) => void } | null
}

export const createQueue = (): Queue => {
  const places = new Map<string, Place>()
  const placeOf = ({ name }: Group): Place => {
    // Group names know no case.
    const place = places.get(name.toLowerCase()) ?? { running: null, waiting: null }
    places.set(name.toLowerCase(), place)
    return place
  }
  return {
    enter: (group, member) => {
      if (group === null) return Promise.resolve(true)
      const place = placeOf(group)
      if (place.running === null) {
        place.running = member
        return Promise.resolve(true)
      }
      place.waiting?.settle(false)
      const turn = new Promise<boolean>((settle) => {
        place.waiting = { member, settle }
        member.cancelled.addEventListener('abort', () => {
          if (place.waiting?.member === member) place.waiting = null
          settle(false)
        })
      })
      if (group.cancelsRunning) place.running.cancel()
      return turn
    },
    leave: (group, member) => {
      if (group === null) return
      const place = placeOf(group)
      if (place.running !== member) return
      const { waiting } = place
      Object.assign(place, { running: waiting?.member ?? null, waiting: null })
      waiting?.settle(true)
    }
  }
}
