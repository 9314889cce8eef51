import { execFile } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { EthrexSources, HostDialect } from './sources.ts'
import { writeDialect, writeSources } from './sources.ts'

export interface StandInOptions {
  /** The root of this package: the templates are in its `stand-in/`. */
  readonly root: string
  /** Where `ethrex/` and `ethrex-replay/` are made; what is there under these names goes. */
  readonly directory: string
  readonly base?: EthrexSources
  /** What the head changes of the base. */
  readonly head?: EthrexSources
  readonly headBranch?: string
  /** The host on `main`; the newest where none is named. */
  readonly dialect?: HostDialect
  /** More branches of ethrex, each a commit on top of the base. */
  readonly variants?: Readonly<Record<string, EthrexSources>>
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
  /** The tips of the variants by their branches. */
  readonly variantShas: Readonly<Record<string, string>>
}

/** A commit on top of a branch, which is begun at `from` where it does not exist. */
export interface Change {
  readonly repository: string
  readonly branch: string
  readonly from?: string
  readonly message: string
  /** Only for a repository of ethrex. */
  readonly sources?: EthrexSources
  /** Only for a repository of the host. */
  readonly dialect?: HostDialect
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
  const { base = {}, dialect } = options
  const [baseSha, hostSha] = await Promise.all([
    createRepository(options.root, ethrex, (checkout) => writeSources(checkout, base)),
    createRepository(options.root, host, async (checkout) => {
      if (dialect !== undefined) await writeDialect(checkout, dialect)
    })
  ])
  const headSha = await commit({
    repository: ethrex,
    branch: headBranch,
    message: 'perf: all optimisations',
    sources: options.head ?? {}
  })
  const variantShas: Record<string, string> = {}
  for (const [branch, sources] of Object.entries(options.variants ?? {})) {
    variantShas[branch] = await commit({ repository: ethrex, branch, message: `perf: ${branch}`, sources })
  }
  return { ethrex, host, headBranch, baseSha, headSha, hostSha, variantShas }
}

/** Commits, leaves the repository on `main`, and returns the new SHA. */
export const commit = async (change: Change): Promise<string> => {
  const { repository, branch } = change
  const known = await git(repository, ['branch', '--list', branch])
  const target = known === '' ? ['-b', branch, change.from ?? MAIN] : [branch]
  await git(repository, ['checkout', '--quiet', ...target, '--'])
  await writeSources(repository, change.sources ?? {})
  if (change.dialect !== undefined) await writeDialect(repository, change.dialect)
  await writeFiles(repository, change.files ?? {})
  const sha = await commitAll(repository, change.message, change.date ?? CHANGE_DATE)
  await git(repository, ['checkout', '--quiet', MAIN, '--'])
  return sha
}

/** A repository of the template of that name, as `revise` leaves it, with one commit on `main`. */
export const createRepository = async (
  root: string,
  path: string,
  revise: (checkout: string) => Promise<void>
): Promise<string> => {
  await rm(path, { recursive: true, force: true })
  await cp(join(root, 'stand-in', basename(path)), path, {
    recursive: true,
    filter: (source) => basename(source) !== 'target'
  })
  await git(path, ['init', '--quiet', '--template='])
  await revise(path)
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
