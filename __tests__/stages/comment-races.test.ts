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

/** Racer 0 is the older run, racer 1 the newer one; a stretch ends before the move that it names. */
const NASTY: readonly (readonly [what: string, scene: string, steps: number, order: readonly Stretch[]])[] = [
  [
    'an edit of the older run, held until the newer one has ended',
    'nothing',
    3,
    [
      [0, 'editComment applied'],
      [1, END],
      [0, END]
    ]
  ],
  [
    'a creation of the older run, held until the newer one has ended',
    'nothing',
    1,
    [
      [0, 'createComment applied'],
      [1, END],
      [0, END]
    ]
  ],
  [
    'the answer to a creation of the older run, held until the newer one has ended',
    'nothing',
    1,
    [
      [0, 'createComment answered'],
      [1, END],
      [0, END]
    ]
  ],
  [
    'the newer run takes over what the older one has only just created',
    'nothing',
    1,
    [
      [0, 'react applied'],
      [1, 'unreact applied'],
      [0, 1],
      [1, END],
      [0, END]
    ]
  ],
  [
    'the older run gets the right to what the newer one has taken over, written and let go meanwhile',
    'a finished comment',
    1,
    [
      [0, 'react applied'],
      [1, END],
      [0, END]
    ]
  ],
  [
    'a deletion by the older run, of what the newer one has taken over, held until that one has ended',
    'a finished comment',
    1,
    [
      [1, 'editComment applied'],
      [0, 'deleteComment applied'],
      [1, END],
      [0, END]
    ]
  ],
  [
    'the same, while the newer one looks for others',
    'a finished comment',
    1,
    [
      [1, 'editComment applied'],
      [0, 'deleteComment applied'],
      [1, 5],
      [0, 2],
      [1, END],
      [0, END]
    ]
  ],
  [
    'the older run lets go when the newer one has begun',
    'a finished comment',
    1,
    [
      [0, 'unreact applied'],
      [1, 'deleteComment applied'],
      [0, END],
      [1, END]
    ]
  ],
  [
    'both see the same comment before either asks for it',
    'a finished comment',
    1,
    [
      [0, 'react applied'],
      [1, 'react applied'],
      [0, 1],
      [1, END],
      [0, END]
    ]
  ],
  [
    'both see nothing before either creates',
    'nothing',
    1,
    [
      [0, 'createComment applied'],
      [1, 'createComment applied'],
      [0, END],
      [1, END]
    ]
  ],
  [
    'the newer run begins while the last word of the older one is on its way',
    'nothing',
    0,
    [
      [0, 'comments applied'],
      [0, 3],
      [0, 'comments applied'],
      [1, END],
      [0, END]
    ]
  ]
]

describe('nasty orders', () => {
  test.each(NASTY)('%s', async (_, scene, steps, stretches) => {
    const before = (forge: ForgeInMemory): void => {
      forgeries(forge)
      SCENES[scene]?.(forge)
    }
    const racers = [racer(10, { steps }), racer(11)]
    const ended = await race({ racers, before, stretches })
    expectOnlyTheNewest(ended, racers[1]!)
    expectFree(ended)
  })

  test('the order is as it says: the older run does delete what the newer one takes over', async () => {
    const [, scene, , stretches] = NASTY.find(([what]) => what.startsWith('a deletion by the older run'))!
    const { forge, moves } = await race({
      racers: [racer(10), racer(11)],
      before: SCENES[scene]!,
      stretches
    })
    expect(moves).toContain('10.1 deleteComment 101 applied')
    expect(moves.indexOf('11.1 editComment 101 applied')).toBeLessThan(
      moves.indexOf('10.1 deleteComment 101 applied')
    )
    expect(forge.comments()).toHaveLength(1)
  })

  test('an edit whose answer was lost does not come back upon the next run', async () => {
    const late = (sent: Sent): Fault | null =>
      sent.by === '10.1' && sent.method === 'editComment' && sent.patience === 'once'
        ? { kind: 'late' }
        : null
    const racers = [racer(10, { steps: 2 }), racer(11)]
    const ended = await race({
      racers,
      before: forgeries,
      faults: late,
      stretches: [
        [0, 'editComment applied'],
        [0, 1],
        [1, END],
        [0, END]
      ]
    })
    expectOnlyTheNewest(ended, racers[1]!)
  })
})
