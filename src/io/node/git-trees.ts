import { createHash } from 'node:crypto'
import { MEBIBYTE, milliseconds } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { Sha } from '../../domain/revision.ts'
import type { FoundLine, TreeEntry } from '../../domain/source-tree.ts'
import { NO_WORD, type GitCommand } from './git-command.ts'
import type { Mirror } from './git-mirror.ts'

/** Of all texts that are asked for at once: half of what a short command may print. */
const TEXT_LIMIT = 8 * MEBIBYTE
/** So that a command line stays far from the system's limit. */
const OBJECTS_AT_ONCE = 1000

/**
 * Everything in the commit's tree, the root first. Names that are not UTF-8 have U+FFFD where they are not.
 * Errors are lines for people.
 */
export const listTree = async (
  git: GitCommand,
  { directory }: Mirror,
  sha: Sha
): Promise<Result<readonly TreeEntry[], string>> => {
  const [root, listed] = await Promise.all([
    git.inMirror(directory, ['rev-parse', '--verify', '--quiet', `${sha}^{tree}`]),
    git.inMirror(directory, ['ls-tree', '-r', '-t', '-z', '--long', '--full-tree', sha])
  ])
  if (!root.ok) return root
  if (!listed.ok) return listed
  const top: TreeEntry = { path: '.', kind: 'directory', object: root.value.trim(), size: 0 }
  return entriesOf(listed.value, [top])
}

/** As `git ls-tree` documents its output: mode, type, id and size, a tab, and the path. */
const RECORD = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64}) +(\d+|-)\t(.+)$/s

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '040000': 'directory',
  '120000': 'link',
  '160000': 'module'
}

const entriesOf = (listing: string, entries: TreeEntry[]): Result<readonly TreeEntry[], string> => {
  for (const record of listing.split('\0')) {
    if (record === '') continue
    const [, mode = '', object = '', size = '', path] = RECORD.exec(record) ?? []
    if (path === undefined) return failure('git lists a tree in a way that is not known')
    entries.push({ path, kind: KINDS[mode] ?? 'file', object, size: size === '-' ? 0 : Number(size) })
  }
  return success(entries)
}

/**
 * Texts by object id, of files and links. An error where they are too large together, or one of them is not
 * UTF-8: then nothing can be said of any.
 */
export const readTexts = async (
  git: GitCommand,
  { directory }: Mirror,
  wanted: readonly TreeEntry[]
): Promise<Result<ReadonlyMap<string, string>, string>> => {
  const blobs = [...new Map(wanted.map((entry) => [entry.object, entry])).values()]
  const total = blobs.reduce((sum, { size }) => sum + size, 0)
  if (total > TEXT_LIMIT) return failure(`${blobs.length} files of ${total} bytes are too many to read`)
  const texts = new Map<string, string>()
  for (let from = 0; from < blobs.length; from += OBJECTS_AT_ONCE) {
    const some = blobs.slice(from, from + OBJECTS_AT_ONCE)
    // Of blobs, git prints nothing but their bytes, one after the other.
    const shown = await git.inMirror(directory, ['show', ...some.map(({ object }) => object)])
    if (!shown.ok) return shown
    const trouble = splitInto(texts, some, Buffer.from(shown.value))
    if (trouble !== null) return failure(trouble)
  }
  return success(texts)
}

/** Each piece is checked against its id, so that no text is ever taken for another. */
const splitInto = (texts: Map<string, string>, blobs: readonly TreeEntry[], bytes: Buffer): string | null => {
  let at = 0
  for (const { path, object, size } of blobs) {
    const piece = bytes.subarray(at, at + size)
    if (idOf(piece, object.length) !== object) return `${path} cannot be read as UTF-8`
    texts.set(object, piece.toString())
    at += size
  }
  return null
}

const idOf = (bytes: Buffer, digits: number): string =>
  createHash(digits === 40 ? 'sha1' : 'sha256')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')

/** A search takes a tenth of a second, but in a file of a million hits it takes hours: git looks to its end for each. */
const LINES_DEADLINE = milliseconds(20_000)

/** What is looked for: lines with any of these texts, in files that any of git's globs matches. */
export interface Search {
  readonly texts: readonly string[]
  readonly globs: readonly string[]
}

/** Lines of a commit's files. */
export const findLines = async (
  git: GitCommand,
  { directory }: Mirror,
  { sha, texts, globs }: Search & { readonly sha: Sha }
): Promise<Result<readonly FoundLine[], string>> => {
  const options = ['--text', '--no-color', '--null', '--full-name', '--fixed-strings']
  const patterns = texts.flatMap((text) => ['-e', text])
  const places = globs.map((glob) => `:(glob)${glob}`)
  const args = ['grep', ...options, ...patterns, sha, '--', ...places]
  const found = await git.inMirror(directory, args, LINES_DEADLINE)
  if (!found.ok) return found.error === NO_WORD ? success([]) : found
  return success(linesOf(found.value, `${sha}:`.length))
}

/** `<sha>:<path>NUL<line>`; the path may go over several lines. */
const linesOf = (output: string, prefix: number): readonly FoundLine[] => {
  const lines: FoundLine[] = []
  let begun = ''
  for (const part of output.split('\n')) {
    const record = begun + part
    const end = record.indexOf('\0')
    if (end === -1) begun = `${record}\n`
    else {
      lines.push({ path: record.slice(prefix, end), text: record.slice(end + 1) })
      begun = ''
    }
  }
  return lines
}
