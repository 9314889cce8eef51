import { describe, expect, test } from 'vitest'
import type { Asking, Forge } from '../../src/io/forge.ts'
import type { CommentEnd, CommentKeeper, KeeperOptions } from '../../src/stages/comment-keeper.ts'
import {
  createForgeInMemory,
  forbidden,
  isWrite,
  limited,
  missing,
  invalid,
  scriptedClock,
  type Call,
  type Fault,
  type ForgeInMemory,
  type ScriptedClock,
  type Sent
} from '../support/forge-in-memory.ts'
import { keptLog } from '../support/small-trees.ts'
import { BOT, bodyOf, keeperOf, OTHER_BOT, READER, runId, WRITER } from './comment-race.ts'

const RUN = runId(10)
const PATIENT = { pace: 'patient', isChange: true } as const
const HURRIED = { pace: 'hurried', isChange: true } as const

interface World {
  readonly forge: ForgeInMemory
  readonly clock: ScriptedClock
  readonly log: ReturnType<typeof keptLog>
  readonly keeper: CommentKeeper
  readonly cancelledBy: string[]
  /** Lets seconds pass, with a beat in each. */
  readonly pass: (seconds: number) => Promise<void>
}

const world = (
  options: Partial<KeeperOptions> = {},
  forgeOptions: Partial<Parameters<typeof createForgeInMemory>[0]> = {}
): World => {
  const clock = scriptedClock()
  const forge = createForgeInMemory({ clock, writers: [WRITER.login], ...forgeOptions })
  return { ...startOn(forge, clock, options) }
}

const startOn = (forge: ForgeInMemory, clock: ScriptedClock, options: Partial<KeeperOptions> = {}): World => {
  const log = keptLog()
  const cancelledBy: string[] = []
  const keeper = keeperOf({
    forge: forge.as(BOT, 'us'),
    clock,
    log,
    run: RUN,
    onCancel: (login) => cancelledBy.push(login),
    wait: async (duration) => clock.advance(duration / 1000),
    ...options
  })
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1)
      await keeper.beat()
    }
  }
  return { forge, clock, log, keeper, cancelledBy, pass }
}

const says =
  (words: string, run = RUN) =>
  (): string =>
    bodyOf(run, words)

const ours = (forge: ForgeInMemory) => forge.comments().filter(({ author }) => author.id === BOT.id)
const bodies = (forge: ForgeInMemory): readonly string[] => ours(forge).map(({ body }) => body)
const count = (forge: ForgeInMemory, method: keyof Forge): number =>
  forge.sent.filter((sent) => sent.method === method).length

describe('the life of a comment', () => {
  test('is created at once, shows that somebody is at it, is edited in place and let go', async () => {
    const { forge, keeper, pass, log } = world()
    keeper.show(says('queued'), true)
    expect(keeper.url()).toBeNull()
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'queued')])
    expect(ours(forge)[0]?.reactions).toMatchObject([{ content: 'eyes', user: BOT.id }])
    expect(keeper.url()).toBe(ours(forge)[0]?.url)
    keeper.show(says('building'), true)
    await pass(19)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'queued')])
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'building')])
    keeper.show(says('building, a little later'), false)
    await pass(44)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'building')])
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'building, a little later')])
    const { url } = ours(forge)[0]!
    expect(await keeper.finish(says('done'), PATIENT)).toEqual({ kind: 'written', url })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'done')])
    expect(ours(forge)[0]?.reactions).toEqual([])
    expect(log.lines).toEqual([`the comment of this run: ${url}`])
    await pass(100)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'done')])
  })

  test('is not edited for the same text', async () => {
    const { forge, keeper, pass } = world()
    for (let minute = 0; minute < 10; minute += 1) {
      keeper.show(says('measuring'), minute % 2 === 0)
      await pass(60)
    }
    expect(count(forge, 'editComment')).toBe(0)
  })

  test('is one over several runs, each of which is told what the last one said', async () => {
    const clock = scriptedClock()
    const forge = createForgeInMemory({ clock })
    for (const id of [10, 11, 12]) {
      const { keeper, pass } = startOn(forge, clock, { run: runId(id) })
      const draft = (earlier: string | null): string =>
        bodyOf(
          runId(id),
          `${id} after ${earlier === null ? 'nothing' : (/run=(\d+)/.exec(earlier)?.[1] ?? '')}`
        )
      keeper.show(draft, true)
      await pass(60)
      await keeper.finish(draft, PATIENT)
    }
    expect(bodies(forge)).toEqual([bodyOf(runId(12), '12 after 11')])
    expect(ours(forge)[0]?.id).toBe(101)
  })

  test('is found on whatever page, by its author, its marker, its pull request and its key', async () => {
    const { forge, keeper } = world()
    const marker = bodyOf(runId(5), 'x')
    forge.say(BOT, ` ${marker}`)
    forge.say(BOT, marker.replace('pr=7', 'pr=8'))
    forge.say(BOT, marker.replace('key=default', 'key=other'))
    forge.say(READER, marker)
    forge.say(OTHER_BOT, marker)
    const mine = forge.say(BOT, marker)
    await keeper.finish(says('done'), PATIENT)
    expect(forge.comments().filter(({ body }) => body === bodyOf(RUN, 'done'))).toMatchObject([
      { id: mine.id }
    ])
    expect(forge.comments().flatMap(({ editedBy }) => editedBy)).toEqual(['us'])
    expect(forge.comments()).toHaveLength(6)
  })

  test('of a user is found by the id of the user', async () => {
    const person = { id: 9, login: 'robot-account', isBot: false }
    const clock = scriptedClock()
    const forge = createForgeInMemory({ clock })
    const mine = forge.say(person, bodyOf(runId(5), 'x'))
    const { keeper } = startOn(forge, clock, { forge: forge.as(person, 'us') })
    expect(await keeper.finish(says('done'), PATIENT)).toEqual({ kind: 'written', url: mine.url })
  })

  test('of a run that died is replaced, and what it said is not lost', async () => {
    const { forge, keeper, pass } = world()
    forge.say(BOT, bodyOf(runId(5), 'measuring'), 'eyes')
    keeper.show((earlier) => bodyOf(RUN, `after: ${earlier?.split('\n')[1] ?? ''}`), true)
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'after: ## measuring')])
    expect(ours(forge)[0]?.id).not.toBe(101)
  })

  test('of a newer run is left alone', async () => {
    const { forge, keeper, pass, log } = world()
    const newer = forge.say(BOT, bodyOf(runId(10, 2), 'result'))
    keeper.show(says('queued'), true)
    await pass(100)
    expect(await keeper.finish(says('done'), PATIENT)).toEqual({ kind: 'superseded', url: newer.url })
    expect(forge.comments().map(({ body, editedBy }) => [body, editedBy])).toEqual([[newer.body, []]])
    expect(log.lines).toEqual([`a newer run has the comment, so this one writes no more: ${newer.url}`])
    // Whoever it was, and whether somebody cancels.
    expect(forge.sent.map(({ method }) => method)).toEqual([
      'identity',
      'comments',
      ...Array<string>(2).fill('comments')
    ])
  })

  test('of a newer run that comes later makes this one remove its own', async () => {
    const { forge, keeper, pass } = world()
    keeper.show(says('queued'), true)
    await pass(10)
    const newer = forge.say(BOT, bodyOf(runId(11), 'queued'))
    await pass(45)
    expect(bodies(forge)).toEqual([newer.body])
    expect(await keeper.finish(says('done'), PATIENT)).toEqual({ kind: 'superseded', url: newer.url })
    expect(bodies(forge)).toEqual([newer.body])
    expect(await keeper.finish(says('done'), HURRIED)).toEqual({ kind: 'superseded', url: newer.url })
  })

  test('of an older run that comes later is removed', async () => {
    const { forge, keeper, pass } = world()
    keeper.show(says('queued'), true)
    await pass(10)
    forge.say(BOT, bodyOf(runId(9), 'late'))
    await pass(45)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'queued')])
  })

  test('is a new one where there are several of ours, for somebody may be about to delete them', async () => {
    const { forge, keeper, pass } = world()
    for (const id of [5, 6]) forge.say(BOT, bodyOf(runId(id), `result of ${id}`))
    keeper.show((earlier) => bodyOf(RUN, `after: ${earlier?.split('\n')[1] ?? ''}`), true)
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'after: ## result of 6')])
    expect(count(forge, 'editComment')).toBe(0)
  })

  test('is not created twice where lists are older than the last write', async () => {
    let lists = 0
    const { forge, keeper, pass } = world(
      {},
      {
        faults: ({ method }) => (method === 'comments' && ++lists > 1 && lists < 4 ? { kind: 'stale' } : null)
      }
    )
    keeper.show(says('queued'), true)
    await pass(100)
    expect(count(forge, 'createComment')).toBe(1)
  })

  test('is edited back where the answer to an edit was lost', async () => {
    let edits = 0
    const { forge, keeper, pass } = world(
      {},
      { faults: ({ method }) => (method === 'editComment' && ++edits === 1 ? { kind: 'lost' } : null) }
    )
    for (const words of ['one', 'another', 'one']) {
      keeper.show(says(words), true)
      await pass(words === 'another' ? 10 : 60)
    }
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'one')])
  })

  test('is written where it is, even if nobody can see that', async () => {
    let isLast = false
    const { forge, keeper, pass } = world(
      {},
      { faults: ({ method }) => (isLast && method === 'comments' ? { kind: 'dropped' } : null) }
    )
    keeper.show(says('queued'), true)
    await pass(100)
    isLast = true
    expect(await keeper.finish(says('done'), PATIENT)).toMatchObject({ kind: 'written' })
    expect(ours(forge)).toMatchObject([{ body: bodyOf(RUN, 'done'), reactions: [{ content: 'eyes' }] }])
  })

  test('that somebody deletes is written anew, twice at most while the run goes on', async () => {
    const { forge, keeper, pass, log } = world()
    for (let step = 0; step < 6; step += 1) {
      keeper.show(says(`step ${step}`), true)
      await pass(60)
      for (const { id } of ours(forge)) forge.moderate(id, null)
    }
    expect(count(forge, 'createComment')).toBe(3)
    expect(log.lines.at(-1)).toContain('it was deleted again and again')
    expect(await keeper.finish(says('done'), PATIENT)).toMatchObject({ kind: 'written' })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'done')])
  })

  test('that is too long is asked for in short', async () => {
    const { forge, keeper, pass } = world()
    const draft = (_: string | null, size: string): string =>
      bodyOf(RUN, size === 'full' ? 'x'.repeat(65_536) : 'short')
    keeper.show(draft, true)
    await pass(1)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'short')])
    await keeper.finish(draft, PATIENT)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'short')])
  })

  test('that stays too long is given up, in a sentence', async () => {
    const { forge, keeper, pass, log } = world()
    const draft = says('x'.repeat(65_536))
    keeper.show(draft, true)
    await pass(300)
    expect(count(forge, 'createComment')).toBe(1)
    expect(log.lines).toHaveLength(1)
    expect(await keeper.finish(draft, PATIENT)).toMatchObject({
      kind: 'not-written',
      why: expect.stringContaining('summary of the job') as string
    })
  })

  test('never asks to wait, and never waits, while the run goes on', async () => {
    const { forge, keeper, pass } = world()
    forge.say(BOT, bodyOf(runId(5), 'measuring'), 'eyes')
    for (let step = 0; step < 5; step += 1) {
      keeper.show(says(`step ${step}`), true)
      await pass(60)
    }
    // These two come without a say in the matter.
    const rest = forge.sent.filter(({ method }) => method !== 'identity' && method !== 'mayWrite')
    expect(rest.filter(({ patience }) => patience === 'patient')).toEqual([])
  })

  test('a mistake in what is to be written stops no run', async () => {
    const { keeper, pass, log } = world()
    keeper.show(() => 'no marker', true)
    await pass(100)
    expect(log.lines).toHaveLength(1)
    expect(await keeper.finish(() => 'no marker', PATIENT)).toMatchObject({ kind: 'not-written' })
    expect(await keeper.finish(() => 'no marker', HURRIED)).toMatchObject({ kind: 'not-written' })
  })
})

describe('the policy', () => {
  test.each([
    ['never', true, 'result', { kind: 'not-wanted' }, 0],
    ['changes', false, null, { kind: 'not-wanted' }, 2],
    ['changes', true, null, { kind: 'written' }, 4],
    ['changes', false, 'result', { kind: 'written' }, 7]
  ] as const)('%s, where a change is %s and there is %s', async (policy, isChange, there, end, requests) => {
    const { forge, keeper, pass } = world({ policy })
    if (there !== null) forge.say(BOT, bodyOf(runId(5), there))
    keeper.show(says('queued'), true)
    await pass(100)
    // A look every 45 s whether somebody cancels, and nothing else.
    const looks = ['comments', 'comments', 'comments']
    expect(forge.sent.map(({ method }) => method)).toEqual(looks)
    expect(await keeper.finish(says('done'), { pace: 'patient', isChange })).toMatchObject(end)
    expect(forge.sent.length - looks.length).toBe(requests)
    expect(bodies(forge)).toEqual(
      end.kind === 'written' ? [bodyOf(RUN, 'done')] : there === null ? [] : [bodyOf(runId(5), there)]
    )
  })
})

describe('/prove cancel', () => {
  const NOT: readonly (readonly [string, (world: World) => unknown])[] = [
    ['of a reader', ({ forge }) => forge.say(READER, '/prove cancel')],
    ['of a bot', ({ forge }) => forge.say({ ...OTHER_BOT, login: WRITER.login }, '/prove cancel')],
    ['in a quote', ({ forge }) => forge.say(WRITER, '> /prove cancel')],
    [
      'that was something else before',
      ({ forge, clock }) => {
        const { id } = forge.say(WRITER, 'hello')
        clock.advance(2)
        forge.moderate(id, '/prove cancel')
      }
    ]
  ]

  test.each(NOT)('%s does nothing', async (_, say) => {
    const all = world()
    all.keeper.show(says('queued'), true)
    await all.pass(10)
    say(all)
    await all.pass(200)
    expect(all.cancelledBy).toEqual([])
    expect(count(all.forge, 'mayWrite')).toBeLessThan(2)
  })

  test.each([
    ['a newer run that has the comment', 'auto'],
    ['comment: changes', 'changes'],
    ['comment: never', 'never']
  ] as const)('is heard in spite of %s', async (_, policy) => {
    const { forge, keeper, pass, cancelledBy } = world({ policy })
    // Of another run, long ago.
    forge.say(WRITER, '/prove cancel')
    if (policy === 'auto') forge.say(BOT, bodyOf(runId(10, 2), 'queued'))
    keeper.show(says('queued'), true)
    await pass(50)
    forge.say(READER, '/prove cancel')
    forge.say(WRITER, '/prove cancel')
    await pass(50)
    expect(cancelledBy).toEqual([WRITER.login])
    expect(count(forge, 'editComment') + count(forge, 'createComment')).toBe(0)
  })

  test('that was written while the command before it still waited for a runner is heard', async () => {
    const { forge, keeper, pass, cancelledBy, clock } = world({ hearsSince: new Date(0).toISOString() })
    forge.say(WRITER, '/prove cancel')
    clock.advance(600)
    keeper.show(says('queued'), true)
    await pass(50)
    expect(cancelledBy).toEqual([WRITER.login])
  })

  test('is asked about again where the forge did not say who may', async () => {
    let asked = 0
    const isUnanswered = (): boolean => (asked += 1) <= 2
    const { forge, keeper, pass, cancelledBy } = world(
      {},
      { faults: ({ method }) => (method === 'mayWrite' && isUnanswered() ? { kind: 'dropped' } : null) }
    )
    keeper.show(says('queued'), true)
    await pass(10)
    forge.say(WRITER, '/prove cancel')
    await pass(200)
    expect(cancelledBy).toEqual([WRITER.login])
  })

  test('of before we began does nothing', async () => {
    const { forge, clock, keeper, pass, cancelledBy } = world()
    forge.say(WRITER, '/prove cancel')
    clock.advance(10)
    keeper.show(says('queued'), true)
    await pass(200)
    expect(cancelledBy).toEqual([])
  })

  test('of a writer is heard within a minute, once, and marked as seen', async () => {
    const { forge, keeper, pass, cancelledBy } = world()
    keeper.show(says('queued'), true)
    await pass(10)
    forge.say(READER, '/prove cancel')
    const command = forge.say(WRITER, '/prove cancel\r\nplease')
    forge.say(WRITER, '/prove cancel')
    await pass(60)
    expect(cancelledBy).toEqual([WRITER.login])
    const eyed = forge
      .comments()
      .filter(({ author, reactions }) => author.id !== BOT.id && reactions.length > 0)
    expect(eyed.map(({ id }) => id)).toEqual([command.id])
    await pass(200)
    expect(cancelledBy).toHaveLength(1)
  })

  test('is a no where the forge does not say, and is asked about once', async () => {
    const { forge, keeper, pass, cancelledBy } = world(
      {},
      { faults: ({ method }) => (method === 'mayWrite' ? { kind: 'refused', refusal: forbidden } : null) }
    )
    keeper.show(says('queued'), true)
    await pass(10)
    forge.say(WRITER, '/prove cancel')
    await pass(300)
    expect(cancelledBy).toEqual([])
    expect(count(forge, 'mayWrite')).toBe(1)
  })

  test('over and over by a stranger costs one request', async () => {
    const { forge, keeper, pass } = world()
    keeper.show(says('queued'), true)
    await pass(10)
    for (let index = 0; index < 50; index += 1) forge.say(READER, '/prove cancel')
    await pass(300)
    expect(count(forge, 'mayWrite')).toBe(1)
  })
})

describe('in a hurry', () => {
  test('writes and lets go, in two requests that are not repeated', async () => {
    const asked: (Asking | undefined)[] = []
    const all = world()
    const spied: Forge = {
      ...all.forge.as(BOT, 'us'),
      editComment: (id, body, asking) => {
        asked.push(asking)
        return all.forge.as(BOT, 'us').editComment(id, body, asking)
      }
    }
    const { keeper, pass } = startOn(all.forge, all.clock, {
      forge: spied,
      wait: () => new Promise(() => undefined)
    })
    keeper.show(says('measuring'), true)
    await pass(1)
    const before = all.forge.sent.length
    expect(await keeper.finish(says('cancelled'), HURRIED)).toMatchObject({ kind: 'written' })
    expect(all.forge.sent.slice(before).map(({ method, patience }) => [method, patience])).toEqual([
      ['editComment', 'once'],
      ['unreact', 'once']
    ])
    expect(asked).toEqual([{ patience: 'once', timeout: 900 }])
    expect(bodies(all.forge)).toEqual([bodyOf(RUN, 'cancelled')])
    expect(ours(all.forge)[0]?.reactions).toEqual([])
  })

  test('writes nothing where there is no comment yet, and says so', async () => {
    const { forge, keeper } = world()
    keeper.show(says('queued'), true)
    expect(await keeper.finish(says('cancelled'), HURRIED)).toMatchObject({ kind: 'not-written' })
    expect(forge.sent).toEqual([])
  })

  test('writes nothing where nobody has seen yet whose the comment is', async () => {
    let lists = 0
    const { forge, keeper, pass } = world(
      {},
      { faults: ({ method }) => (method === 'comments' && ++lists === 2 ? { kind: 'dropped' } : null) }
    )
    keeper.show(says('queued'), true)
    await pass(1)
    expect(await keeper.finish(says('cancelled'), HURRIED)).toMatchObject({ kind: 'not-written' })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'queued')])
  })

  test('keeps the right to write where an edit may still come late', async () => {
    const late: Call[] = []
    const { forge, keeper, pass } = world(
      {},
      {
        faults: ({ method }) => (method === 'editComment' && late.length === 0 ? { kind: 'late' } : null),
        schedule: (call) => {
          if (call.fault === null) call.apply?.()
          else late.push(call)
          call.answer?.()
        }
      }
    )
    keeper.show(says('queued'), true)
    await pass(1)
    keeper.show(says('measuring'), true)
    await pass(20)
    expect(late).toHaveLength(1)
    expect(await keeper.finish(says('cancelled'), HURRIED)).toMatchObject({ kind: 'written' })
    expect(ours(forge)[0]?.reactions).toHaveLength(1)
  })

  /** Requests wait until they are let through. */
  const gated = () => {
    const waiting: Call[] = []
    let isOpen = true
    const all = world(
      { wait: () => Promise.resolve() },
      {
        schedule: (call) => {
          if (!isOpen) {
            waiting.push(call)
            return
          }
          call.apply?.()
          call.answer?.()
        }
      }
    )
    return { ...all, waiting, shut: () => (isOpen = false), open: () => (isOpen = true) }
  }

  test('does not wait for an edit under way, and does not trust it', async () => {
    const { keeper, pass, forge, shut, open, waiting, clock } = gated()
    keeper.show(says('queued'), true)
    await pass(1)
    keeper.show(says('measuring'), true)
    clock.advance(30)
    const beat = keeper.beat()
    shut()
    await new Promise((resolve) => setImmediate(resolve))
    open()
    expect(waiting.map(({ sent }) => sent.method)).toEqual(['editComment'])
    expect(await keeper.finish(says('cancelled'), HURRIED)).toMatchObject({ kind: 'not-written' })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'cancelled')])
    expect(ours(forge)[0]?.reactions).toHaveLength(1)
    waiting[0]?.apply?.()
    waiting[0]?.answer?.()
    await beat
    // Whoever tidies up writes it again, patiently.
    expect(await keeper.finish(says('cancelled'), PATIENT)).toMatchObject({ kind: 'written' })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'cancelled')])
  })

  test('or not, nothing is written in between once the last word is asked for', async () => {
    const { keeper, pass, forge, shut, open, waiting, clock } = gated()
    keeper.show(says('queued'), true)
    await pass(1)
    keeper.show(says('measuring'), true)
    clock.advance(30)
    shut()
    const beat = keeper.beat()
    await new Promise((resolve) => setImmediate(resolve))
    open()
    expect(waiting.map(({ sent }) => sent.method)).toEqual(['comments'])
    const end = keeper.finish(says('done'), PATIENT)
    waiting[0]?.apply?.()
    waiting[0]?.answer?.()
    await beat
    expect(await end).toMatchObject({ kind: 'written' })
    expect(ours(forge)[0]?.editedBy).toHaveLength(1)
  })

  test('or not, the first comment is not begun once the last word is asked for', async () => {
    const { keeper, forge, shut, open, waiting } = gated()
    keeper.show(says('queued'), true)
    shut()
    const beat = keeper.beat()
    await new Promise((resolve) => setImmediate(resolve))
    open()
    expect(waiting.map(({ sent }) => sent.method)).toEqual(['identity'])
    const end = keeper.finish(says('cancelled'), HURRIED)
    expect(await end).toMatchObject({ kind: 'not-written' })
    waiting[0]?.apply?.()
    waiting[0]?.answer?.()
    await beat
    expect(count(forge, 'createComment')).toBe(0)
  })

  test('takes over from whoever is finishing in peace', async () => {
    const { keeper, pass, forge, shut, open, waiting } = gated()
    keeper.show(says('measuring'), true)
    await pass(1)
    shut()
    const patient = keeper.finish(says('done'), PATIENT)
    await new Promise((resolve) => setImmediate(resolve))
    open()
    const hurried = await keeper.finish(says('cancelled'), HURRIED)
    expect(hurried.kind).toBe('not-written')
    for (const call of waiting) {
      call.apply?.()
      call.answer?.()
    }
    await patient
    expect(ours(forge)).toHaveLength(1)
  })
})

describe('a later process of the same run', () => {
  test('writes the last word where an earlier one held the comment', async () => {
    const clock = scriptedClock()
    const forge = createForgeInMemory({ clock })
    const holds: { comment: number; reaction: number }[] = []
    const first = startOn(forge, clock, { onHold: (hold) => holds.push(hold) })
    first.keeper.show(says('measuring'), true)
    await first.pass(1)
    const second = startOn(forge, clock, { resume: holds.at(-1) ?? null })
    const end = await second.keeper.finish(
      (earlier) => bodyOf(RUN, `cancelled, was: ${earlier ?? ''}`),
      PATIENT
    )
    expect(end).toMatchObject({ kind: 'written' })
    expect(ours(forge)).toMatchObject([{ id: holds[0]?.comment, reactions: [] }])
    expect(bodies(forge)[0]).toContain('measuring')
  })

  test('replaces it where it was not told', async () => {
    const clock = scriptedClock()
    const forge = createForgeInMemory({ clock })
    const first = startOn(forge, clock)
    first.keeper.show(says('measuring'), true)
    await first.pass(1)
    const second = startOn(forge, clock)
    expect(await second.keeper.finish(says('cancelled'), PATIENT)).toMatchObject({ kind: 'written' })
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'cancelled')])
  })
})

/** A short life, from nothing or from what an earlier run left; `fault` says what goes wrong with which request. */
const shortLife = async (
  scene: (forge: ForgeInMemory) => void,
  fault: (sent: Sent, index: number, isLast: boolean) => Fault | null
) => {
  let isLast = false
  let index = 0
  const late: Call[] = []
  const all = world(
    {
      wait: async (duration) => {
        for (const call of late) call.apply?.()
        all.clock.advance(duration / 1000)
      }
    },
    {
      faults: (sent) => fault(sent, index++, isLast),
      schedule: (call) => {
        if (call.fault?.kind === 'late') late.push(call)
        else call.apply?.()
        call.answer?.()
      }
    }
  )
  const { keeper, pass, forge, clock } = all
  scene(forge)
  for (const words of ['queued', 'building', 'measuring']) {
    keeper.show(says(words), true)
    await pass(19)
    for (const call of late.splice(0)) call.apply?.()
    await pass(41)
  }
  clock.advance(1)
  isLast = true
  const begun = index
  const end: CommentEnd = await keeper.finish(says('done'), PATIENT)
  for (const call of late) call.apply?.()
  return { ...all, end, begun, requests: index }
}

test('a last word right after an edit without an answer waits until that is settled', async () => {
  const late: Call[] = []
  let waited = 0
  const { forge, keeper, pass } = world(
    {
      wait: async (duration) => {
        waited += duration
        for (const call of late) call.apply?.()
      }
    },
    {
      faults: ({ method }) => (method === 'editComment' && late.length === 0 ? { kind: 'late' } : null),
      schedule: (call) => {
        if (call.fault === null) call.apply?.()
        else late.push(call)
        call.answer?.()
      }
    }
  )
  keeper.show(says('queued'), true)
  await pass(1)
  keeper.show(says('measuring'), true)
  await pass(20)
  expect(await keeper.finish(says('done'), PATIENT)).toMatchObject({ kind: 'written' })
  expect(bodies(forge)).toEqual([bodyOf(RUN, 'done')])
  expect(waited).toBe(20_000)
})

const FAULTS: Readonly<Record<string, Fault>> = {
  'refused (403)': { kind: 'refused', refusal: forbidden },
  'missing (404)': { kind: 'refused', refusal: missing },
  'not taken (422)': { kind: 'refused', refusal: invalid },
  'limited (429)': { kind: 'refused', refusal: limited },
  'done, but not answered (502)': { kind: 'lost' },
  'not done and not answered': { kind: 'dropped' },
  'done later, and not answered': { kind: 'late' },
  'answered from before the last change': { kind: 'stale' }
}

const LIVES: Readonly<Record<string, (forge: ForgeInMemory) => void>> = {
  'from nothing': () => undefined,
  'after a run that ended': (forge) => forge.say(BOT, bodyOf(runId(5), 'result')),
  'after a run that died': (forge) => forge.say(BOT, bodyOf(runId(5), 'measuring'), 'eyes')
}

describe.each(Object.entries(LIVES))('%s, any one request that is', (_, scene) => {
  test.each(Object.entries(FAULTS))('%s', async (_name, fault) => {
    const { requests } = await shortLife(scene, () => null)
    expect(requests).toBeGreaterThan(10)
    for (let at = 0; at < requests; at += 1) {
      const { forge, end, begun, log } = await shortLife(scene, (_sent, index) =>
        index === at ? fault : null
      )
      const what = `request ${at}: ${forge.sent[at]?.method ?? ''}: ${log.lines.join('; ')}`
      expect(ours(forge).length, what).toBe(1)
      if (at < begun) expect(end.kind, what).toBe('written')
      if (end.kind === 'written') {
        expect(bodies(forge), what).toEqual([bodyOf(RUN, 'done')])
        expect(end.url, what).toBe(ours(forge)[0]?.url)
      } else {
        expect(end, what).toMatchObject({
          kind: 'not-written',
          why: expect.stringMatching(/\. \w.+\.$/) as string
        })
      }
    }
  })
})

describe.each(Object.entries(LIVES))('%s, from one moment on everything is', (_, scene) => {
  test.each(Object.entries(FAULTS))('%s', async (name, fault) => {
    const { requests } = await shortLife(scene, () => null)
    for (let from = 0; from < requests; from += 1) {
      const { forge, end, log } = await shortLife(scene, (_sent, index) => (index >= from ? fault : null))
      expect(ours(forge).length, `from request ${from}`).toBeLessThan(4)
      if (name.includes('403')) {
        expect(ours(forge).length).toBeLessThan(3)
        if (end.kind === 'not-written') expect(end.why).toContain('pull-requests: write')
        expect(log.lines.filter((line) => line.includes('pull-requests: write')).length).toBeLessThan(2)
      }
    }
  })
})

describe('where the token may only read', () => {
  test.each(['from nothing', 'after a run that ended'])(
    '%s: no comment is touched, and one line says what to grant',
    async (life) => {
      const { forge, end, log } = await shortLife(LIVES[life]!, (sent) =>
        isWrite(sent) ? { kind: 'refused', refusal: forbidden } : null
      )
      expect(end).toMatchObject({
        kind: 'not-written',
        why: expect.stringContaining('`pull-requests: write`') as string
      })
      expect(bodies(forge)).toEqual(life === 'from nothing' ? [] : [bodyOf(runId(5), 'result')])
      expect(log.lines).toHaveLength(1)
      expect(forge.sent.filter(isWrite).length).toBeLessThan(5)
    }
  )

  test('to write comments but not to react: there is one comment all the same', async () => {
    const { forge, end } = await shortLife(LIVES['after a run that ended']!, ({ method }) =>
      method === 'react' ? { kind: 'refused', refusal: forbidden } : null
    )
    // Once for each comment: the answer does not change.
    expect(count(forge, 'react')).toBe(2)
    expect(end.kind).toBe('written')
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'done')])
  })
})

describe('an outage', () => {
  test('is met with fewer and fewer requests, and the comment comes when it is over', async () => {
    let isOut = true
    const { forge, keeper, pass, log } = world({}, { faults: () => (isOut ? { kind: 'dropped' } : null) })
    keeper.show(says('queued'), true)
    await pass(3600)
    expect(forge.sent.length).toBeLessThan(15)
    expect(log.lines).toHaveLength(1)
    isOut = false
    await pass(601)
    expect(bodies(forge)).toEqual([bodyOf(RUN, 'queued')])
  })

  test('a limit is left alone for a minute', async () => {
    const { forge, keeper, pass } = world({}, { faults: () => ({ kind: 'refused', refusal: limited }) })
    keeper.show(says('queued'), true)
    await pass(60)
    expect(forge.sent).toHaveLength(1)
    await pass(1)
    expect(forge.sent).toHaveLength(2)
  })
})

test('three hours cost at most 700 requests and 560 writes, and no two edits are within 20 s', async () => {
  const { forge, keeper, pass } = world()
  forge.say(BOT, bodyOf(runId(5), 'result'))
  const [step, minute, hours] = [225, 60, 3 * 3600]
  for (let second = 0; second < hours; second += 1) {
    if (second % step === 0 || second % minute === 0) {
      const words = `step ${Math.floor(second / step)} of 48, minute ${Math.floor(second / minute)}`
      keeper.show(says(words), second % step === 0)
    }
    await pass(1)
  }
  await keeper.finish(says('done'), PATIENT)
  const writes = forge.sent.filter(isWrite)
  expect(forge.sent.length).toBeLessThanOrEqual(700)
  expect(writes.length).toBeLessThanOrEqual(560)
  const edits = forge.sent.filter(({ method }) => method === 'editComment').slice(0, -1)
  expect(edits.length).toBeGreaterThan(150)
  const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20)
})
