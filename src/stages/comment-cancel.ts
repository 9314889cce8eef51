import type { ForgeComment } from '../domain/forge-comment.ts'
import type { Asking, Forge } from '../io/forge.ts'

/** The look-out for a command that ends the run. */
export interface CancelWatch {
  /** Whether a comment's text is the command. */
  readonly isCancel: (body: string) => boolean
  /** Called once, for the first command by somebody who may. */
  readonly onCancel: (login: string) => void
  /** Comments whose author was asked about, with how often no answer came. */
  readonly judged: Map<number, number>
  /** Users of whom the forge said that they may not write. */
  readonly strangers: Set<number>
  isCancelled: boolean
  /** Whether what was said before we began is known, where no moment tells it apart. */
  isPrimed: boolean
}

export const watchForCancel = (
  isCancel: CancelWatch['isCancel'],
  onCancel: CancelWatch['onCancel']
): CancelWatch => ({
  isCancel,
  onCancel,
  judged: new Map(),
  strangers: new Set(),
  isCancelled: false,
  isPrimed: false
})

/** An answer that does not come this often will not: the command is left alone. */
const MOST_TRIES = 10

/** Whether a comment counts: of a person, and never edited, for an edit may be by somebody else than its author. */
const isCommand = (watch: CancelWatch, comment: ForgeComment): boolean =>
  !comment.author.isBot &&
  comment.createdAt === comment.updatedAt &&
  (watch.judged.get(comment.id) ?? 0) < MOST_TRIES &&
  !watch.strangers.has(comment.author.id) &&
  watch.isCancel(comment.body)

/** What is there already is meant for somebody else. */
export const ignoreAll = (watch: CancelWatch, comments: readonly ForgeComment[]): void => {
  watch.isPrimed = true
  for (const { id } of comments) watch.judged.set(id, MOST_TRIES)
}

/** Obeys the first command whose author may write, among comments that changed since we began. */
export const lookForCancel = async (
  watch: CancelWatch,
  comments: readonly ForgeComment[],
  { forge, asking }: { readonly forge: Forge; readonly asking: Asking }
): Promise<void> => {
  for (const comment of comments) {
    if (watch.isCancelled) return
    if (!isCommand(watch, comment)) continue
    const { author } = comment
    const mayWrite = await forge.mayWrite(author.login, asking)
    if (!mayWrite.ok) {
      const mayPass = mayWrite.error.kind === 'unreachable' || mayWrite.error.kind === 'limited'
      watch.judged.set(comment.id, mayPass ? (watch.judged.get(comment.id) ?? 0) + 1 : MOST_TRIES)
      continue
    }
    if (!mayWrite.value) {
      watch.strangers.add(author.id)
      continue
    }
    watch.isCancelled = true
    watch.onCancel(author.login)
    await forge.react(comment.id, 'eyes', asking)
  }
}
