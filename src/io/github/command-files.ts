import { randomUUID } from 'node:crypto'
import { lstat, readFile, rename, writeFile } from 'node:fs/promises'

/** Files by which a step commands its runner, by the variables that hold their paths. */
const VARIABLES = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY'
] as const

export type CommandFileName = (typeof VARIABLES)[number]

/**
 * Keeps the runner's command files ours. Measured code is not told their paths, but it can look for them, and as
 * the same user write there: it would set outputs, or the environment of the steps to come.
 */
export interface CommandFiles {
  /** Puts back what is not as we left it. Returns what was ever found changed by somebody else. */
  check(): Promise<readonly CommandFileName[]>
  /** Checks, then lets a write of ours to one file happen, if the runner gave that file. */
  /**
   * With `isOurs`, what the file holds afterwards is looked at: where it is more than what we wrote, the file is put
   * back as it was and the promise rejects.
   */
  write(name: CommandFileName, change: () => unknown, isOurs?: (text: string) => boolean): Promise<void>
}

/** Remembers what the files hold now. Variables that are not set, as outside a runner, are left out. */
export const guardCommandFiles = async (
  environment: Readonly<Record<string, string | undefined>>
): Promise<CommandFiles> => {
  const files = new Map<CommandFileName, CommandFile>()
  const found = new Set<CommandFileName>()
  for (const name of VARIABLES) {
    const path = environment[name] ?? ''
    if (path !== '') files.set(name, { path, content: await contentOf(path) })
  }
  const check = async (): Promise<readonly CommandFileName[]> => {
    for (const [name, file] of files) {
      if (await isAsLeft(file)) continue
      found.add(name)
      await putBack(file)
    }
    return [...found]
  }
  const inTurn = createTurns()
  return {
    check: () => inTurn(check),
    write: (name, change, isOurs = () => true) =>
      inTurn(async () => {
        const file = files.get(name)
        if (file === undefined) return
        await check()
        const before = file.content
        try {
          await change()
        } finally {
          file.content = await contentOf(file.path)
        }
        if (isOurs(file.content?.toString('utf8') ?? '')) return
        found.add(name)
        file.content = before
        await putBack(file)
        throw new Error('somebody else wrote to it at the same time; it was put back')
      })
  }
}

/** One after the other: a write of ours that another look of ours meets half done would seem a stranger's. */
const createTurns = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}

interface CommandFile {
  readonly path: string
  /** By our knowledge; null where there is no file. */
  content: Buffer | null
}

/** Far more than the runner takes (1 MiB): a flood is not read, and differs anyway. */
const LARGEST = 8 * 1024 * 1024

type Kind = { readonly kind: 'absent' | 'odd' } | { readonly kind: 'plain'; readonly size: number }

/** A link leads elsewhere and a pipe never ends: only a plain file is one. */
const kindOf = async (path: string): Promise<Kind> => {
  try {
    const stats = await lstat(path)
    return stats.isFile() && stats.size <= LARGEST ? { kind: 'plain', size: stats.size } : { kind: 'odd' }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return { kind: 'absent' }
  }
}

const contentOf = async (path: string): Promise<Buffer | null> =>
  (await kindOf(path)).kind === 'plain' ? readFile(path) : null

/** What cannot be looked at is not as we left it. */
const isAsLeft = async ({ path, content }: CommandFile): Promise<boolean> => {
  try {
    const now = await kindOf(path)
    if (content === null) return now.kind === 'absent'
    return now.kind === 'plain' && now.size === content.length && content.equals(await readFile(path))
  } catch (error) {
    if (!isSystemError(error)) throw error
    return false
  }
}

/** As far as it can be: a file that resists is among those found, and a step with such files does not pass. */
const putBack = async ({ path, content }: CommandFile): Promise<void> => {
  try {
    // Moved and not written over: it may have become a link to what is not ours, or a folder that lets nobody in.
    if ((await kindOf(path)).kind !== 'absent') await rename(path, `${path}.${randomUUID()}`)
    if (content !== null) await writeFile(path, content, { flag: 'wx' })
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'code' in error
