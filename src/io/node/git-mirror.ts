import { createHash } from 'node:crypto'
import { access, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { milliseconds } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import { parseSha, type Repository, type Sha } from '../../domain/revision.ts'
import { isDirectory, makeDirectory } from './directories.ts'
import { expectCode } from './errors.ts'
import type { GitCommand, GitOutput } from './git-command.ts'

/** What a repository has by name. */
export interface Listing {
  /** Branches, tags (peeled to their commit) and, of a local repository, branches of its remotes. */
  readonly refs: readonly { readonly name: string; readonly sha: Sha }[]
  /** Branch that the repository's HEAD names, in full; null where it is detached. */
  readonly headBranch: string | null
  readonly head: Sha | null
  /** Branch that the HEAD of the remote `origin` of a local repository names. */
  readonly remoteHeadBranch: string | null
}

/** A bare copy of a repository, ours to read. */
export interface Mirror extends Listing {
  /** Absolute. */
  readonly directory: string
  readonly repository: Repository
}

/** Of a fetch over the network. */
export const FETCH_DEADLINE = milliseconds(30 * 60_000)

/** `<name>-<hash>.git`: readable, and different for two repositories of one name. */
const mirrorName = ({ name, source }: Repository): string => {
  const readable = (name.split('/').at(-1) ?? '').replace(/\.git$/, '').replace(/[^A-Za-z0-9._-]/g, '_')
  return `${readable}-${createHash('sha256').update(source).digest('hex').slice(0, 12)}.git`
}

/** The mirror of a repository, brought up to date or made anew. The error is a line for people. */
export const openMirror = async (
  git: GitCommand,
  repository: Repository,
  parent: string
): Promise<Result<Mirror, string>> => {
  const directory = join(parent, mirrorName(repository))
  await makeDirectory(parent)
  if ((await exists(directory)) && (await fetchAll(git, directory, repository)).ok) {
    const now = new Date()
    await utimes(directory, now, now)
    return describe(git, directory, repository)
  }
  // Also where the fetch failed: a git that was killed leaves lock files and half-written packs behind.
  const fresh = `${directory}.new`
  await rm(fresh, { recursive: true, force: true })
  const made = await git.run(['init', '--quiet', '--bare', '--template=', fresh], parent)
  const fetched = made.ok ? await fetchAll(git, fresh, repository) : made
  if (!fetched.ok) {
    await rm(fresh, { recursive: true, force: true })
    return failure(redact(fetched.error, repository))
  }
  await rm(directory, { recursive: true, force: true })
  await rename(fresh, directory)
  return describe(git, directory, repository)
}

const SHALLOW =
  'it is a shallow clone, which lacks the commits that are compared: `git fetch --unshallow`, or in a workflow `fetch-depth: 0`'

/** What keeps a local path from being read as a repository, in words; null where nothing does. */
const troubleWithPath = async (git: GitCommand, path: string): Promise<string | null> => {
  if (!(await isDirectory(path))) return 'it is not a directory'
  const answer = await git.run(['-C', path, 'rev-parse', '--is-shallow-repository', '--show-prefix'], '/')
  if (!answer.ok) return answer.error
  const [shallow = '', prefix = ''] = answer.value.split('\n')
  if (prefix !== '') return `it is a folder inside one: name the top, ${path.slice(0, -prefix.length)}`
  return shallow === 'true' ? SHALLOW : null
}

const exists = async (path: string): Promise<boolean> => {
  try {
    await access(path)
    return true
  } catch (error) {
    expectCode(error, ['ENOENT'])
    return false
  }
}

const fetchAll = (git: GitCommand, directory: string, repository: Repository): Promise<GitOutput> => {
  const namespaces = ['heads', 'tags', ...(repository.kind === 'path' ? ['remotes'] : [])]
  const refspecs = namespaces.map((name) => `+refs/${name}/*:refs/${name}/*`)
  const args = ['fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--end-of-options']
  return git.inMirror(directory, [...args, repository.source, ...refspecs], FETCH_DEADLINE)
}

const describe = async (
  git: GitCommand,
  directory: string,
  repository: Repository
): Promise<Result<Mirror, string>> => {
  const format = '--format=%(objectname) %(*objectname) %(refname)'
  const namespaces = ['refs/heads', 'refs/tags', 'refs/remotes']
  const listed = await git.inMirror(directory, ['for-each-ref', format, ...namespaces])
  const remote = await listRepository(git, repository)
  if (!listed.ok) return failure(listed.error)
  if (!remote.ok) return remote
  const refs = listed.value.split('\n').flatMap((line) => {
    const [object = '', peeled = '', name] = line.split(' ')
    const sha = parseSha(peeled === '' ? object : peeled)
    return sha === null || name === undefined ? [] : [{ name, sha }]
  })
  return success({ ...remote.value, directory, repository, refs })
}

/** Asks the repository itself; fetches nothing. The error is a line for people. */
export const listRepository = async (
  git: GitCommand,
  repository: Repository
): Promise<Result<Listing, string>> => {
  const trouble = repository.kind === 'path' ? await troubleWithPath(git, repository.source) : null
  if (trouble !== null) return failure(trouble)
  const listed = await git.run(['ls-remote', '--symref', '--end-of-options', repository.source], '/')
  if (!listed.ok) return failure(redact(listed.error, repository))
  return success({ refs: refsOf(listed.value), ...headsOf(listed.value) })
}

/** Of an annotated tag, the commit that it is peeled to comes after the tag and takes its place. */
const refsOf = (listing: string): Listing['refs'] => {
  const found = new Map<string, Sha>()
  for (const line of listing.split('\n')) {
    const match = /^([0-9a-f]{40})\t(refs\/(?:heads|tags|remotes)\/\S+?)(?:\^\{\})?$/.exec(line)
    const sha = parseSha(match?.[1] ?? '')
    if (sha !== null && match?.[2] !== undefined) found.set(match[2], sha)
  }
  return [...found].map(([name, sha]) => ({ name, sha }))
}

const headsOf = (listing: string): Omit<Listing, 'refs'> => ({
  headBranch: /^ref: (\S+)\tHEAD$/m.exec(listing)?.[1] ?? null,
  head: parseSha(/^([0-9a-f]{40})\tHEAD$/m.exec(listing)?.[1] ?? ''),
  remoteHeadBranch: /^ref: (\S+)\trefs\/remotes\/origin\/HEAD$/m.exec(listing)?.[1] ?? null
})

/** Git repeats the URL in its errors, and with it what is written before the `@`. */
export const redact = (text: string, { source, name }: Repository): string =>
  text.replaceAll(source, name).replaceAll(/\/\/[^/@\s]+@/g, '//')
