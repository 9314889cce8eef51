import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fault, ForgeInMemory, Sent } from '../support/forge-in-memory.ts'
import {
  BOT,
  bodyOf,
  OTHER_BOT,
  race,
  READER,
  runId,
  type Ended,
  type Racer,
  type Stretch
} from './comment-race.ts'

/** What is in the conversation before anybody begins. */
const SCENES: Readonly<Record<string, (forge: ForgeInMemory) => void>> = {
  nothing: () => undefined,
  'a finished comment': (forge) => forge.say(BOT, bodyOf(runId(5), 'result')),
  'the comment of a run that died': (forge) => forge.say(BOT, bodyOf(runId(5), 'measuring'), 'eyes'),
  'two comments that a race left': (forge) => {
    forge.say(BOT, bodyOf(runId(5), 'result'))
    forge.say(BOT, bodyOf(runId(6), 'result'))
  }
}

/** Two who write our marker, and are not us. */
const forgeries = (forge: ForgeInMemory): void => {
  forge.say(READER, bodyOf(runId(999), 'forged'))
  forge.say(OTHER_BOT, bodyOf(runId(999), 'forged'))
}

/** One comment of ours, with the newest run's last words; nothing of anybody else's was touched. */
const expectOnlyTheNewest = ({ forge, moves }: Ended, newest: Racer): void => {
  const ours = forge.comments().filter(({ author }) => author.id === BOT.id)
  expect([ours.map(({ body }) => body), moves]).toEqual([[bodyOf(newest.run, 'last word')], moves])
  const others = forge.comments().filter(({ author }) => author.id !== BOT.id)
  expect(others).toHaveLength(2)
  for (const { body, editedBy, reactions } of others) {
    expect({ body, editedBy, reactions }).toEqual({
      body: bodyOf(runId(999), 'forged'),
      editedBy: [],
      reactions: []
    })
  }
}

/** Whoever comes next may edit it in place. */
const expectFree = ({ forge }: Ended): void => {
  for (const { reactions } of forge.comments()) expect(reactions).toEqual([])
}

const racer = (id: number, rest: Partial<Racer> = {}): Racer => ({
  run: runId(id),
  steps: 1,
  diesAfter: null,
  startsAfter: 0,
  ...rest
})

/** Comes when all is over, and finds whatever the dead left. */
const NEXT = racer(50, { startsAfter: 'all' })

const living = (id: number): fc.Arbitrary<Racer> =>
  fc.record({
    run: fc.constant(runId(id)),
    steps: fc.nat(3),
    diesAfter: fc.constant(null),
    startsAfter: fc.oneof(fc.constant(0), fc.nat(30))
  })

const dying = (id: number): fc.Arbitrary<Racer> =>
  fc.tuple(living(id), fc.integer({ min: 1, max: 14 })).map(([one, diesAfter]) => ({ ...one, diesAfter }))

const orders = (racers: number): fc.Arbitrary<readonly Stretch[]> =>
  fc.array(fc.tuple(fc.nat(racers - 1), fc.integer({ min: 1, max: 25 })), { minLength: 10, maxLength: 60 })

const TWO_HUNDRED = { numRuns: 200, seed: 20_260_101 }
const HUNDRED = { ...TWO_HUNDRED, numRuns: 100 }

describe.each(Object.entries(SCENES))('with %s', (_, scene) => {
  const before = (forge: ForgeInMemory): void => {
    forgeries(forge)
    scene(forge)
  }

  test('two runs, in 200 orders', () =>
    fc.assert(
      fc.asyncProperty(living(10), living(11), orders(2), async (older, newer, stretches) => {
        const ended = await race({ racers: [older, newer], before, stretches })
        expectOnlyTheNewest(ended, newer)
        expectFree(ended)
      }),
      TWO_HUNDRED
    ))

  test('two runs of which the older dies, then a third', () =>
    fc.assert(
      fc.asyncProperty(dying(10), living(11), orders(2), async (older, newer, stretches) => {
        const ended = await race({ racers: [older, newer, NEXT], before, stretches })
        expectOnlyTheNewest(ended, NEXT)
        expectFree(ended)
      }),
      HUNDRED
    ))

  test('two runs of which the newer dies, then a third', () =>
    fc.assert(
      fc.asyncProperty(living(10), dying(11), orders(2), async (older, newer, stretches) => {
        const ended = await race({ racers: [older, newer, NEXT], before, stretches })
        expectOnlyTheNewest(ended, NEXT)
        expectFree(ended)
      }),
      HUNDRED
    ))

  test('three runs', () =>
    fc.assert(
      fc.asyncProperty(living(10), living(11), living(12), orders(3), async (...given) => {
        const [oldest, older, newest, stretches] = given
        const ended = await race({ racers: [oldest, older, newest], before, stretches })
        expectOnlyTheNewest(ended, newest)
        expectFree(ended)
      }),
      HUNDRED
    ))

  test('two runs, where every seventh answer is lost', () =>
    fc.assert(
      fc.asyncProperty(
        living(10),
        living(11),
        orders(2),
        fc.array(fc.nat(99), { minLength: 150, maxLength: 150 }),
        async (...given) => {
          const [older, newer, stretches, luck] = given
          let asked = 0
          const faults = (sent: Sent): Fault | null => faultOf(sent, luck[asked++ % luck.length] ?? 99)
          const ended = await race({ racers: [older, newer], before, stretches, faults })
          expectOnlyTheNewest(ended, newer)
        }
      ),
      HUNDRED
    ))
})

/** Patience outlasts these, but a creation is never repeated. */
const faultOf = ({ patience, method }: Sent, luck: number): Fault | null => {
  if (patience === 'patient' && method !== 'createComment') return null
  if (luck >= 14) return null
  return { kind: luck < 6 ? 'lost' : luck < 10 ? 'dropped' : 'late' }
}

/** As many moves as there are. */
const END = 1_000_000

interface Nasty {
  readonly scene: string
  /** How many steps of the runs there are before their last words, the oldest run first. */
  readonly steps: readonly number[]
  readonly order: readonly Stretch[]
  /** What goes wrong with the first request of a run by a method. */
  readonly fault?: readonly [by: number, method: Sent['method'], kind: 'lost' | 'dropped', skip: number]
}

/** Racer 0 is the oldest run; a stretch ends before the move that it names. */
const NASTY: Readonly<Record<string, Nasty>> = {
  'an edit of the older run is held until the newer one has ended': {
    scene: 'nothing',
    steps: [3, 1],
    order: [
      [0, 'editComment applied'],
      [1, END]
    ]
  },
  'a creation of the older run is held until the newer one has ended': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'createComment applied'],
      [1, END]
    ]
  },
  'the answer to a creation of the older run is held until the newer one has ended': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'createComment answered'],
      [1, END]
    ]
  },
  'the newer run takes over what the older one has only just created': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'react applied'],
      [1, 'unreact applied'],
      [0, 1],
      [1, END]
    ]
  },
  'the same, has ended before the older one asks for it, and that does not see it at once': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'react applied'],
      [1, END]
    ],
    fault: [0, 'comments', 'dropped', 1]
  },
  'the older run gets the right to what the newer one has taken over, written and let go meanwhile': {
    scene: 'a finished comment',
    steps: [1, 1],
    order: [
      [0, 'react applied'],
      [1, END]
    ]
  },
  'the older run is about to delete what the newer one takes over': {
    scene: 'a finished comment',
    steps: [1, 1],
    order: [
      [1, 'editComment applied'],
      [0, 'deleteComment applied'],
      [1, END]
    ]
  },
  'the same, and the newer one does not hear that it has taken over': {
    scene: 'a finished comment',
    steps: [1, 2],
    order: [
      [1, 'editComment applied'],
      [0, 'deleteComment applied'],
      [1, END]
    ],
    fault: [1, 'editComment', 'lost', 0]
  },
  'the older run does not hear that it has the right to what it created, and has to stand down': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'createComment applied'],
      [1, END]
    ],
    fault: [0, 'react', 'lost', 0]
  },
  'the older run has to stand down, and is not heard': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'createComment applied'],
      [1, END]
    ],
    fault: [0, 'deleteComment', 'dropped', 0]
  },
  'the older run lets go when the newer one has begun': {
    scene: 'a finished comment',
    steps: [1, 1],
    order: [
      [0, 'unreact applied'],
      [1, 'deleteComment applied'],
      [0, END]
    ]
  },
  'both see the same comment before either asks for it': {
    scene: 'a finished comment',
    steps: [1, 1],
    order: [
      [0, 'react applied'],
      [1, 'react applied'],
      [0, 1],
      [1, END]
    ]
  },
  'both see nothing before either creates': {
    scene: 'nothing',
    steps: [1, 1],
    order: [
      [0, 'createComment applied'],
      [1, 'createComment applied'],
      [0, END]
    ]
  },
  'the newest takes over what the oldest has created, while a third comes and goes': {
    scene: 'nothing',
    steps: [1, 1, 1],
    order: [
      [0, 'react applied'],
      [2, 'editComment applied'],
      [1, 'comments applied'],
      [1, 4],
      [1, 'comments applied'],
      [0, 'deleteComment applied'],
      [2, 1],
      [1, END],
      [2, END]
    ]
  }
}

const raceOf = ({ scene, steps, order, fault }: Nasty): Promise<Ended> => {
  let skipped = 0
  return race({
    racers: steps.map((count, index) => racer(10 + index, { steps: count })),
    before: (forge) => {
      forgeries(forge)
      SCENES[scene]?.(forge)
    },
    stretches: [...order, [0, END]],
    faults: ({ by, method }) => {
      if (fault === undefined || by !== `${10 + fault[0]}.1` || method !== fault[1]) return null
      return skipped++ === fault[3] ? { kind: fault[2] } : null
    }
  })
}

describe('nasty orders', () => {
  test.each(Object.entries(NASTY))('%s', async (_, nasty) => {
    const ended = await raceOf(nasty)
    expectOnlyTheNewest(ended, racer(9 + nasty.steps.length))
    if (nasty.fault === undefined) expectFree(ended)
  })

  test('are what they say: what the older run deletes has the newer one written upon, and left', async () => {
    const { moves } = await raceOf(NASTY['the older run is about to delete what the newer one takes over']!)
    const of = (move: string): number => moves.indexOf(move)
    expect(of('11.1 editComment 103 applied')).toBeGreaterThan(of('10.1 comments applied'))
    expect(of('11.1 createComment applied')).toBeGreaterThan(of('11.1 editComment 103 applied'))
    const last = moves.findLastIndex((move) => move.startsWith('11.1'))
    expect(of('10.1 deleteComment 103 applied')).toBeGreaterThan(last)
  })
})
