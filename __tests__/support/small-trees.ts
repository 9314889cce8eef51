import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createProcesses } from '../../src/io/node/processes.ts'
import { makeTag } from '../../src/io/node/tag.ts'
import type { Log, Processes } from '../../src/io/ports.ts'
import { parseSha, type Repository, type Sha } from '../../src/domain/revision.ts'

const run = promisify(execFile)

/** A directory that is removed by `dispose`. */
export const scratch = async (): Promise<{ path: string; dispose: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'proving-regression-test-'))
  return { path, dispose: () => rm(path, { recursive: true, force: true }) }
}

export const realProcesses = (): Processes =>
  createProcesses({ tag: makeTag(), signal: new AbortController().signal })

/** A log that keeps its lines. */
export const keptLog = (): Log & { readonly lines: string[] } => {
  const lines: string[] = []
  return {
    lines,
    info: (line) => lines.push(line),
    warn: (line) => lines.push(line),
    progress: () => undefined
  }
}

/** What children may see in a test. */
export const environment: Readonly<Record<string, string>> = Object.fromEntries(
  ['PATH', 'HOME', 'CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN', 'GIT_SSL_CAINFO'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
)

export const asRepository = (path: string, name = path): Repository => ({ name, source: path, kind: 'path' })

export const git = async (directory: string, ...args: readonly string[]): Promise<string> => {
  const author = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b'
  }
  const env = { ...environment, ...author, GIT_CONFIG_GLOBAL: '/dev/null' }
  return (await run('git', ['-C', directory, ...args], { env })).stdout.trim()
}

export const writeTree = async (root: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

/** Writes the files and commits everything; the first commit makes the repository, on `main`. */
export const commit = async (root: string, files: Readonly<Record<string, string>>): Promise<Sha> => {
  await mkdir(root, { recursive: true })
  await git(root, 'init', '--quiet', '--initial-branch=main')
  await writeTree(root, files)
  await git(root, 'add', '--all')
  await git(root, 'commit', '--quiet', '--allow-empty', '--message=change')
  const sha = parseSha(await git(root, 'rev-parse', 'HEAD'))
  if (sha === null) throw new Error('git names commits by 40 hex digits')
  return sha
}
