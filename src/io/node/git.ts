import { join } from 'node:path'
import { failure, success, type Result } from '../../domain/problem.ts'
import { parseSha, type Repository, type Sha } from '../../domain/revision.ts'
import type { TreeEntry } from '../../domain/source-tree.ts'
import type { Processes } from '../ports.ts'
import { files } from './files.ts'
import { createGitCommand, type GitCommand } from './git-command.ts'
import { findLines, listTree, readTexts, type Search } from './git-trees.ts'
import { FETCH_DEADLINE, listRepository, openMirror, redact, type Mirror } from './git-mirror.ts'

export interface GitOptions {
  readonly processes: Processes
  /** Of every git: PATH, HOME, proxies. Git's own configuration by environment is replaced. */
  readonly environment: Readonly<Record<string, string>>
  /** Absolute. Mirrors are kept in its `mirrors`. */
  readonly cacheDir: string
}

/**
 * Reads repositories by way of bare mirrors: neither the user's repository nor its working tree is written
 * to, and no git command runs in a tree after the code in it has run.
 */
export const createGit = (options: GitOptions) => {
  const git = createGitCommand(options)
  return {
    list: (repository: Repository) => listRepository(git, repository),
    mirror: (repository: Repository) => openMirror(git, repository, join(options.cacheDir, 'mirrors')),
    hasCommit: (mirror: Mirror, sha: Sha) => hasCommit(git, mirror, sha),
    commitsBeginningWith: (mirror: Mirror, prefix: string) => commitsBeginningWith(git, mirror, prefix),
    mergeBase: (mirror: Mirror, one: Sha, other: Sha) => mergeBase(git, mirror, [one, other]),
    isOnBranch: (mirror: Mirror, sha: Sha) => isOnBranch(git, mirror, sha),
    files: (mirror: Mirror, sha: Sha, name: string) => filesNamed(git, mirror, { sha, name }),
    entries: (mirror: Mirror, sha: Sha) => listTree(git, mirror, sha),
    texts: (mirror: Mirror, wanted: readonly TreeEntry[]) => readTexts(git, mirror, wanted),
    lines: (mirror: Mirror, sha: Sha, search: Search) => findLines(git, mirror, { sha, ...search }),
    checkout: (mirror: Mirror, sha: Sha, directory: string) => checkout(git, mirror, { sha, directory }),
    isDirty: (path: string) => isDirty(git, path)
  }
}

/** Whether the commit can be had: a commit that no branch leads to (a pull request's) is asked for by its id. */
const hasCommit = async (git: GitCommand, mirror: Mirror, sha: Sha): Promise<boolean> => {
  const present = ['cat-file', '-e', `${sha}^{commit}`]
  if ((await git.inMirror(mirror.directory, present)).ok) return true
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--end-of-options']
  const refspec = `+${sha}:refs/proving-regression/${sha}`
  const fetched = await git.inMirror(
    mirror.directory,
    [...args, mirror.repository.source, refspec],
    FETCH_DEADLINE
  )
  return fetched.ok && (await git.inMirror(mirror.directory, present)).ok
}

const HEX = /^[0-9a-f]{7,40}$/

const commitsBeginningWith = async (
  git: GitCommand,
  mirror: Mirror,
  prefix: string
): Promise<readonly Sha[]> => {
  if (!HEX.test(prefix)) return []
  const objects = await git.inMirror(mirror.directory, ['rev-parse', `--disambiguate=${prefix}`])
  if (!objects.ok) return []
  const candidates = objects.value.split('\n').flatMap((line) => parseSha(line) ?? [])
  const kinds = await Promise.all(
    candidates.map((object) => git.inMirror(mirror.directory, ['cat-file', '-t', object]))
  )
  return candidates.filter((_, index) => {
    const kind = kinds[index]
    return kind?.ok === true && kind.value.trim() === 'commit'
  })
}

const mergeBase = async (git: GitCommand, mirror: Mirror, sides: readonly Sha[]): Promise<Sha | null> => {
  const found = await git.inMirror(mirror.directory, ['merge-base', ...sides])
  return found.ok ? parseSha(found.value.trim()) : null
}

/** Not the branches of a local repository's remotes: those are of anybody's repositories. */
const isOnBranch = async (git: GitCommand, mirror: Mirror, sha: Sha): Promise<boolean> => {
  const args = ['for-each-ref', '--count=1', `--contains=${sha}`, '--format=%(refname)', 'refs/heads']
  const found = await git.inMirror(mirror.directory, args)
  return found.ok && found.value.trim() !== ''
}

/** Texts of all files of that name in a commit's tree, by path. One git for all of them: there are dozens. */
const filesNamed = async (
  git: GitCommand,
  mirror: Mirror,
  { sha, name }: { readonly sha: Sha; readonly name: string }
): Promise<Result<ReadonlyMap<string, string>, string>> => {
  const args = [
    'grep',
    '--text',
    '--no-color',
    '--null',
    '--full-name',
    '-e',
    '',
    sha,
    '--',
    `:(glob)**/${name}`
  ]
  const found = await git.inMirror(mirror.directory, args)
  if (!found.ok) return failure(found.error)
  const lines = new Map<string, string[]>()
  for (const line of found.value.split('\n')) {
    const end = line.indexOf('\0')
    if (end === -1) continue
    const path = line.slice(sha.length + 1, end)
    const text = lines.get(path) ?? []
    lines.set(path, text)
    text.push(line.slice(end + 1))
  }
  return success(new Map([...lines].map(([path, text]) => [path, `${text.join('\n')}\n`])))
}

/**
 * The commit's tree in a directory of its own, made anew: every file is newer than anything built before, so
 * cargo rebuilds what differs. It borrows the mirror's objects and has its own `.git`.
 */
const checkout = async (
  git: GitCommand,
  mirror: Mirror,
  { sha, directory }: { readonly sha: Sha; readonly directory: string }
): Promise<Result<void, string>> => {
  await files.emptyDirectory(directory)
  const clone = [
    'clone',
    '--quiet',
    '--shared',
    '--no-checkout',
    '--no-tags',
    '--template=',
    '--end-of-options'
  ]
  const cloned = await git.run([...clone, mirror.directory, directory], directory)
  if (!cloned.ok) return failure(redact(cloned.error, mirror.repository))
  const checked = await git.run(
    ['-C', directory, 'checkout', '--quiet', '--force', '--detach', sha],
    directory
  )
  return checked.ok ? success(undefined) : failure(redact(checked.error, mirror.repository))
}

/**
 * Whether a working tree differs from its commit. By file dates and the index alone: comparing contents would
 * run the filters that the repository's configuration names.
 */
const isDirty = async (git: GitCommand, path: string): Promise<boolean> => {
  const commands = [
    ['diff-files', '--name-only', '--ignore-submodules=all'],
    ['diff-index', '--cached', '--name-only', '--ignore-submodules=all', 'HEAD'],
    ['ls-files', '--others', '--exclude-standard', '--directory']
  ]
  const outputs = await Promise.all(commands.map((args) => git.run(['-C', path, ...args], path)))
  return outputs.some((output) => output.ok && output.value !== '')
}
