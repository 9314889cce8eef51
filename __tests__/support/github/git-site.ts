import { spawn } from 'node:child_process'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fullName, type Repository, type State } from './state.ts'

/** A path of a repository for git: its name, the rest, and the service where the query names one. */
export interface GitAddress {
  readonly name: string
  readonly rest: string
  readonly query: string
}

export const parseGitAddress = (url: URL): GitAddress | null => {
  const [, name, rest] =
    /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-[a-z]+-pack))$/.exec(url.pathname) ?? []
  return name === undefined || rest === undefined ? null : { name, rest, query: url.search.slice(1) }
}

/** GitHub gives whatever a repository or its forks have, to whoever knows the id. */
const CONFIG = `[core]
\trepositoryformatversion = 0
\tbare = true
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[http]
\treceivepack = false
`

const environment = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null'
}

/** What git prints. */
const git = async (
  directory: string,
  args: readonly string[],
  input: string | null = null
): Promise<string> => {
  const stdin = input === null ? 'ignore' : 'pipe'
  const child = spawn('git', ['-C', directory, ...args], {
    env: environment,
    stdio: [stdin, 'pipe', 'inherit']
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part))
  child.stdin?.end(input)
  const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
  if (status !== 0) throw new Error(`git ${args.join(' ')} in ${directory} ended with ${String(status)}`)
  return text.trim()
}

/**
 * Serves repositories to git over HTTP by git's own `http-backend`, read-only. Each is a folder of its own that
 * borrows the objects of the local repository and of its forks, and lists heads, tags and `refs/pull/N/head` anew for
 * each request: the local repositories are only read.
 */
export class GitSite {
  readonly #state: State
  readonly #directory: string

  constructor(state: State, directory: string) {
    this.#state = state
    this.#directory = directory
  }

  async answer(repository: Repository, address: GitAddress, exchange: Exchange): Promise<number> {
    const folder = join(this.#directory, fullName(repository).replace('/', '--'))
    // Each request starts with the refs: the second one of a fetch must see what the first one saw.
    if (address.rest === '/info/refs') await this.#refresh(repository, folder)
    return runBackend(folder, address, exchange)
  }

  /** Repositories that have their objects in common, as forks have. */
  #network(repository: Repository): readonly string[] {
    const rootOf = (one: Repository): Repository => one.parent ?? one
    return this.#state.repositories
      .filter((one) => rootOf(one) === rootOf(repository))
      .flatMap((one) => one.git ?? [])
  }

  async #refresh(repository: Repository, folder: string): Promise<void> {
    if (repository.git === null) return
    const args = ['rev-parse', '--path-format=absolute', '--git-path', 'objects']
    const objects = await Promise.all(this.#network(repository).map((path) => git(path, args)))
    await mkdir(join(folder, 'objects', 'info'), { recursive: true })
    await mkdir(join(folder, 'refs'), { recursive: true })
    await this.#replace(folder, 'objects/info/alternates', `${objects.join('\n')}\n`)
    await this.#replace(folder, 'config', CONFIG)
    await this.#replace(folder, 'HEAD', `ref: refs/heads/${repository.defaultBranch}\n`)
    const format = '--format=%(objectname) %(refname)'
    const refs = await git(repository.git, ['for-each-ref', format, 'refs/heads', 'refs/tags'])
    const pulls = await this.#pullRefs(repository, folder)
    await this.#replace(folder, 'packed-refs', [refs, ...pulls, ''].join('\n'))
  }

  /** Those whose commit there is: a test may make pull requests of commits that nobody fetches. */
  async #pullRefs(repository: Repository, folder: string): Promise<readonly string[]> {
    const heads = this.#state.conversations.flatMap(({ repository: base, number, branches }) =>
      base !== repository || branches === null ? [] : [{ sha: branches.headSha, number }]
    )
    const types = await git(
      folder,
      ['cat-file', '--batch-check'],
      heads.map(({ sha }) => `${sha}\n`).join('')
    )
    const lines = types.split('\n')
    return heads.flatMap(({ sha, number }, index) =>
      lines[index]?.includes(' commit ') === true ? [`${sha} refs/pull/${number}/head`] : []
    )
  }

  /** At once: another request may be reading. */
  async #replace(folder: string, name: string, text: string): Promise<void> {
    const draft = join(folder, `draft-${this.#state.nextId()}`)
    await writeFile(draft, text)
    await rename(draft, join(folder, name))
  }

  async remove(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
  }
}

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** Runs the CGI; the status that it answered. */
const runBackend = (
  folder: string,
  address: GitAddress,
  { request, response }: Exchange
): Promise<number> => {
  const length = header(request, 'content-length')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...environment,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: address.rest,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: address.query,
      CONTENT_TYPE: header(request, 'content-type'),
      HTTP_CONTENT_ENCODING: header(request, 'content-encoding'),
      GIT_PROTOCOL: header(request, 'git-protocol'),
      ...(length === '' ? {} : { CONTENT_LENGTH: length })
    },
    stdio: ['pipe', 'pipe', 'ignore']
  })
  // Who asked may hang up in the middle, and so may git.
  request.pipe(child.stdin.on('error', () => request.unpipe()))
  response.on('close', () => child.kill())
  return sendCgi(child.stdout, response)
}

/** The head of a CGI answer becomes that of ours, the rest is passed on as it comes. */
const sendCgi = (output: NodeJS.ReadableStream, response: ServerResponse): Promise<number> =>
  new Promise((resolve) => {
    let head: Buffer | null = Buffer.alloc(0)
    output.on('data', (part: Buffer) => {
      if (head === null) return void response.write(part)
      head = Buffer.concat([head, part])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
        const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? []
        if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10)
        else response.setHeader(name, value)
      }
      response.write(head.subarray(end + 4))
      head = null
    })
    output.on('end', () => {
      if (head !== null) response.statusCode = 500
      response.end(() => resolve(response.statusCode))
    })
    response.on('close', () => resolve(response.statusCode))
  })
