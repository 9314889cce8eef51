import { execFile } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { EthrexSources } from './sources.ts'
import { writeSources } from './sources.ts'

export interface StandInOptions {
  /** The root of this package: the templates are in its `stand-in/`. */
  readonly root: string
  /** Where `ethrex/` and `ethrex-replay/` are made; what is there under these names goes. */
  readonly directory: string
  readonly base?: EthrexSources
  /** What the head changes of the base. */
  readonly head?: EthrexSources
  readonly headBranch?: string
}

export interface StandIn {
  readonly ethrex: string
  readonly host: string
  readonly headBranch: string
  /** The tip of `main`. */
  readonly baseSha: string
  /** The tip of `headBranch`, one commit after the base. */
  readonly headSha: string
  readonly hostSha: string
}

/** A commit on top of a branch, which is begun at `from` where it does not exist. */
export interface Change {
  readonly repository: string
  readonly branch: string
  readonly from?: string
  readonly message: string
  /** Only for a repository of ethrex. */
  readonly sources?: EthrexSources
  /** Whole files by their path. */
  readonly files?: Readonly<Record<string, string>>
  /** Commits with the same date, content and parent have the same SHA. */
  readonly date?: string
}

const run = promisify(execFile)

const MAIN = 'main'
const PERSON = { name: 'A Prover Engineer', email: 'engineer@example.org' }
const BASE_DATE = '2026-03-02T09:00:00Z'
const CHANGE_DATE = '2026-03-03T09:00:00Z'

/**
 * Makes the two repositories. The same templates and options give the same SHAs on every machine: no date, name,
 * hook or setting of its user gets in. Both are left on `main`.
 */
export const createStandIn = async (options: StandInOptions): Promise<StandIn> => {
  const ethrex = join(options.directory, 'ethrex')
  const host = join(options.directory, 'ethrex-replay')
  const headBranch = options.headBranch ?? 'all-opts'
  await mkdir(options.directory, { recursive: true })
  const [baseSha, hostSha] = await Promise.all([
    createRepository(options.root, ethrex, options.base),
    createRepository(options.root, host)
  ])
  const headSha = await commit({
    repository: ethrex,
    branch: headBranch,
    message: 'perf: all optimisations',
    sources: options.head ?? {}
  })
  return { ethrex, host, headBranch, baseSha, headSha, hostSha }
}

/** Commits, leaves the repository on `main`, and returns the new SHA. */
export const commit = async (change: Change): Promise<string> => {
  const { repository, branch } = change
  const known = await git(repository, ['branch', '--list', branch])
  const target = known === '' ? ['-b', branch, change.from ?? MAIN] : [branch]
  await git(repository, ['checkout', '--quiet', ...target, '--'])
  await writeSources(repository, change.sources ?? {})
  await writeFiles(repository, change.files ?? {})
  const sha = await commitAll(repository, change.message, change.date ?? CHANGE_DATE)
  await git(repository, ['checkout', '--quiet', MAIN, '--'])
  return sha
}

const createRepository = async (root: string, path: string, sources: EthrexSources = {}): Promise<string> => {
  await rm(path, { recursive: true, force: true })
  await cp(join(root, 'stand-in', basename(path)), path, {
    recursive: true,
    filter: (source) => basename(source) !== 'target'
  })
  await git(path, ['init', '--quiet', '--template='])
  await writeSources(path, sources)
  return commitAll(path, `The stand-in for ${basename(path)}`, BASE_DATE)
}

const writeFiles = async (repository: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(repository, path)), { recursive: true })
    await writeFile(join(repository, path), content)
  }
}

const commitAll = async (repository: string, message: string, date: string): Promise<string> => {
  await git(repository, ['add', '--all', '.'])
  await git(repository, ['commit', '--quiet', '--allow-empty', '--no-verify', '-m', message], date)
  return git(repository, ['rev-parse', 'HEAD'])
}

const SETTINGS = [
  `init.defaultBranch=${MAIN}`,
  'core.hooksPath=/dev/null',
  'core.autocrlf=false',
  'core.fileMode=false',
  'commit.gpgsign=false',
  // A collection in the background would outlive the caller.
  'gc.auto=0',
  'maintenance.auto=false'
].flatMap((setting) => ['-c', setting])

const git = async (repository: string, args: readonly string[], date = BASE_DATE): Promise<string> => {
  const { stdout } = await run('git', [...SETTINGS, ...args], { cwd: repository, env: environment(date) })
  return stdout.trim()
}

/** Nothing of ours but the path: a variable such as GIT_DIR would lead git elsewhere. */
const environment = (date: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: PERSON.name,
  GIT_AUTHOR_EMAIL: PERSON.email,
  GIT_AUTHOR_DATE: date,
  GIT_COMMITTER_NAME: PERSON.name,
  GIT_COMMITTER_EMAIL: PERSON.email,
  GIT_COMMITTER_DATE: date
})
