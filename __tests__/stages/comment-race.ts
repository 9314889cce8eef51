import type { RunId } from '../../src/domain/comment-marker.ts'
import { markerLine } from '../../src/domain/comment-marker.ts'
import type { Author } from '../../src/domain/forge-comment.ts'
import {
  createCommentKeeper,
  type CommentKeeper,
  type KeeperOptions
} from '../../src/stages/comment-keeper.ts'
import {
  createForgeInMemory,
  scriptedClock,
  type Call,
  type Fault,
  type ForgeInMemory,
  type ScriptedClock,
  type Sent
} from '../support/forge-in-memory.ts'
import { keptLog } from '../support/small-trees.ts'

export const BOT: Author = { id: 41, login: 'github-actions[bot]', isBot: true }
export const OTHER_BOT: Author = { id: 42, login: 'other[bot]', isBot: true }
export const WRITER: Author = { id: 1, login: 'maintainer', isBot: false }
export const READER: Author = { id: 2, login: 'contributor', isBot: false }

export const runId = (id: number, attempt = 1): RunId => ({ id, attempt })

/** A body of ours. */
export const bodyOf = (run: RunId, words: string): string =>
  `${markerLine({ pullRequest: 7, key: 'default', run })}\n## ${words}\n`

export const keeperOf = (
  options: Pick<KeeperOptions, 'forge' | 'clock' | 'run'> & Partial<KeeperOptions>
): CommentKeeper =>
  createCommentKeeper({
    log: keptLog(),
    wait: () => new Promise(() => undefined),
    pullRequest: 7,
    key: 'default',
    bot: null,
    policy: 'auto',
    isCancel: (body) => body.split('\n')[0]?.trimEnd() === '/prove cancel',
    onCancel: () => undefined,
    onHold: () => undefined,
    resume: null,
    hearsSince: null,
    ...options
  })

/** What a run does in a race. */
export interface Racer {
  readonly run: RunId
  /** How often it shows something else before its last word. */
  readonly steps: number
  /** It is ended after so many answers, with whatever is under way then; null where it goes on to its last word. */
  readonly diesAfter: number | null
  /** It begins when so many moves were made, or when all others have ended. */
  readonly startsAfter: number | 'all'
}

export interface Race {
  readonly racers: readonly Racer[]
  /** Sets the scene before anybody begins. */
  readonly before?: (forge: ForgeInMemory) => void
  /** What goes wrong with a request. */
  readonly faults?: (sent: Sent) => Fault | null
  /** In which order things happen; where this ends, or asks for what cannot happen, all take turns. */
  readonly stretches: readonly Stretch[]
}

/**
 * So many moves of one racer, counted from 0, while the others' requests stay where they are; or all up to one,
 * such as `editComment applied`, that is not made yet.
 */
export type Stretch = readonly [racer: number, moves: number | string]

interface Runner {
  readonly label: string
  readonly racer: Racer
  /** Lets it take its next step; null while it waits for an answer. */
  goOn: (() => void) | null
  /** Seconds that it wants to pass before. */
  patience: number
  answers: number
  isDead: boolean
  hasEnded: boolean
}

/** Seconds that pass between two steps of a run: enough for another edit. */
const STEP = 46
/** A request whose answer is not waited for is applied within that many seconds. */
const LATEST = 19

export interface Ended {
  readonly forge: ForgeInMemory
  readonly moves: readonly string[]
  readonly clock: ScriptedClock
}

/** Lets runs race, one move at a time, until nothing is left to do. */
export const race = async ({ racers, before, faults, stretches }: Race): Promise<Ended> => {
  const clock = scriptedClock()
  const calls: Call[] = []
  const moves: string[] = []
  const forge = createForgeInMemory({
    clock,
    schedule: (call) => calls.push(call),
    ...(faults === undefined ? {} : { faults })
  })
  before?.(forge)
  const runners = racers.map((racer): Runner => {
    const label = `${racer.run.id}.${racer.run.attempt}`
    return { label, racer, goOn: null, patience: 0, answers: 0, isDead: false, hasEnded: false }
  })
  const ends = runners.map((runner) => live(runner, forge, clock))
  const order = inOrder(stretches)
  for (;;) {
    await quiet()
    const scene = { runners, calls, clock, made: moves.length }
    const possible = [
      ...calls.flatMap((call) => momentsOf(call, runners)),
      ...runners.flatMap((runner) => stepsOf(runner, scene))
    ]
    if (possible.length === 0) break
    const move = order(possible, runners)
    moves.push(move.name)
    move.make()
    const isOver = ({ apply, answer }: Call): boolean => apply === null && answer === null
    calls.splice(0, calls.length, ...calls.filter((call) => !isOver(call)))
    if (moves.length > 5000) throw new Error('the race does not end')
  }
  await Promise.all(ends.filter((_, index) => !runners[index]!.isDead))
  return { forge, moves, clock }
}

/** Picks the next move. */
const inOrder = (stretches: readonly Stretch[]) => {
  let [stretch, made, turn] = [0, 0, 0]
  return (possible: readonly Move[], runners: readonly Runner[]): Move => {
    for (; stretch < stretches.length; stretch += 1, made = 0) {
      const [racer, length] = stretches[stretch]!
      const those = possible.filter(({ by }) => by === runners[racer % runners.length]?.label)
      // Where an older request waits beside the one under way, the length says which of them goes first.
      const next = those[typeof length === 'number' ? length % those.length : 0]
      if (next === undefined || next.what === length || made === length) continue
      made += 1
      return next
    }
    return possible[turn++ % possible.length]!
  }
}

/** Everything that follows from the last move has happened. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const live = async (runner: Runner, forge: ForgeInMemory, clock: ScriptedClock): Promise<void> => {
  const { run, steps } = runner.racer
  const after = (passed: number): Promise<void> =>
    new Promise((resolve) => {
      runner.patience = passed
      runner.goOn = resolve
    })
  const turn = (): Promise<void> => after(STEP)
  const wait = (duration: number): Promise<void> => after(duration / 1000)
  const keeper = keeperOf({ forge: forge.as(BOT, runner.label), clock, run, wait })
  for (let step = 1; step <= steps; step += 1) {
    await turn()
    keeper.show(
      (earlier) => bodyOf(run, `step ${step}, earlier: ${earlier === null ? 'none' : 'some'}`),
      true
    )
    await keeper.beat()
  }
  await turn()
  await keeper.finish(() => bodyOf(run, 'last word'), { pace: 'patient', isChange: true })
  runner.hasEnded = true
}

interface Move {
  readonly name: string
  /** The label of the run. */
  readonly by: string
  readonly what: string
  readonly make: () => void
}

const momentsOf = (call: Call, runners: readonly Runner[]): readonly Move[] => {
  const { sent, fault, apply, answer } = call
  const runner = runners.find(({ label }) => label === sent.by)!
  const move = (what: string, make: () => void): Move => ({
    name: [sent.by, sent.method, sent.comment, fault?.kind, what]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
    by: sent.by,
    what: `${sent.method} ${what}`,
    make
  })
  const applying = apply === null ? [] : [move('applied', apply)]
  if (runner.isDead) return [...applying, move('forgotten', () => (call.apply = call.answer = null))]
  if (answer === null) return applying
  const answering = move('answered', () => {
    answer()
    runner.answers += 1
    runner.isDead = runner.answers === runner.racer.diesAfter
  })
  return [...applying, answering]
}

interface Scene {
  readonly runners: readonly Runner[]
  readonly calls: readonly Call[]
  readonly clock: ScriptedClock
  /** Moves. */
  readonly made: number
}

const stepsOf = (runner: Runner, scene: Scene): readonly Move[] => {
  const { goOn, isDead, label } = runner
  if (goOn === null || isDead || isOverdue(runner, scene) || !mayBegin(runner, scene)) return []
  const make = (): void => {
    scene.clock.advance(runner.patience)
    runner.goOn = null
    goOn()
  }
  return [{ name: `${label} goes on`, by: label, what: 'goes on', make }]
}

const isOverdue = ({ patience }: Runner, { calls, clock }: Scene): boolean =>
  calls.some(
    ({ fault, apply, sent }) =>
      fault?.kind === 'late' && apply !== null && clock.monotonic() + patience > sent.at + LATEST
  )

const mayBegin = (runner: Runner, { runners, calls, made }: Scene): boolean => {
  const { startsAfter } = runner.racer
  if (startsAfter !== 'all') return made >= startsAfter || calls.length === 0
  const others = runners.filter((other) => other !== runner)
  return calls.length === 0 && others.every(({ isDead, hasEnded }) => isDead || hasEnded)
}
