import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../../../src/io/github/client.ts'
import { createForge } from '../../../src/io/github/forge.ts'
import { aPlace, once as askOnce, patient, PULL } from './place.ts'

const SRC = join(import.meta.dirname, '../../../src')

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Heard {
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
}

/** Answers in turn, the last again and again, and with all that could make a client talk. */
const aServer = async (answers: readonly (readonly [status: number, body: string])[]) => {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    const [status, body] = answers[heard.length] ?? answers.at(-1)!
    heard.push({ url: request.url, headers: request.headers })
    response.writeHead(status, {
      'content-type': 'application/json',
      deprecation: 'true',
      sunset: 'Sat, 01 Jan 2028 00:00:00 GMT',
      link: '<https://docs.example.org/::error::x>; rel="deprecation"'
    })
    response.end(body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { heard, port: (server.address() as AddressInfo).port }
}

/** Asks from a process of its own: what it prints is seen, and its environment is the one it begins with. */
const asking = async (environment: Readonly<Record<string, string>>) => {
  const program = `
    import { createClient } from '${SRC}/io/github/client.ts'
    import { createForge } from '${SRC}/io/github/forge.ts'
    const client = createClient({ token: 'ghs_canary', version: '1.2.3', pace: { isThrottled: true, second: 1 } })
    const forge = createForge({ client, repository: 'acme/ethrex', redact: (text) => text })
    const answers = [
      await forge.comments(7, null),
      await forge.createComment(7, '::error::x'),
      await forge.editComment(8, '##[error]x'),
      await forge.mayWrite('writer')
    ]
    process.exitCode = answers.every(({ ok }) => ok) ? 0 : 3
  `
  const child = execFile(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'], ...environment }
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit') as Promise<[number | null]>
  ])
  return { code, printed: stdout + stderr }
}

test('nothing is printed, whatever the answers', async () => {
  const { port, heard } = await aServer([
    [502, '<html>::error::no</html>'],
    [200, '<html>::error::no</html>'],
    [403, '{"message":"::error::no"}']
  ])
  expect(await asking({ GITHUB_API_URL: `http://127.0.0.1:${port}` })).toEqual({ code: 3, printed: '' })
  expect(heard.length).toBe(5)
})

/** Leads whoever asks for whatever host to the one port. */
const aProxy = async (target: number) => {
  const wanted: (string | undefined)[] = []
  const server = createServer()
  server.on('connect', (request, socket: Socket) => {
    wanted.push(request.url)
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const [one, other] of [
      [socket, onward],
      [onward, socket]
    ] as const) {
      one.on('error', () => other.destroy())
    }
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { wanted, port: (server.address() as AddressInfo).port }
}

test('a proxy of the environment is gone through, with our name and token', async () => {
  const { port, heard } = await aServer([[200, '[]']])
  const proxy = await aProxy(port)
  await asking({
    GITHUB_API_URL: 'http://github.invalid/api/v3',
    http_proxy: `http://127.0.0.1:${proxy.port}`,
    ACTIONS_ORCHESTRATION_ID: 'abc/1'
  })
  expect(proxy.wanted[0]).toBe('github.invalid:80')
  const { url, headers } = heard[0]!
  expect(url).toBe('/api/v3/repos/acme/ethrex/issues/7/comments?per_page=100&page=1')
  expect(headers.authorization).toBe('token ghs_canary')
  expect(headers['user-agent']).toMatch(/^proving-regression\/1\.2\.3 actions_orchestration_id\/abc_1 /)
})

test('patient writes are a second apart; one that asks once goes at once', async () => {
  const { github, forge } = await aPlace({ isThrottled: true })
  const comment = github.comment(PULL, 'github-actions[bot]', 'one')
  const edit = (body: string, asking = patient()) => forge.editComment(comment, body, asking)
  await edit('first')
  const second = edit('second')
  await edit('at once', askOnce())
  await second
  expect(github.requests.map(({ body }) => body)).toEqual(
    ['first', 'at once', 'second'].map((body) => ({ body }))
  )
  const [first, , third] = github.requests
  expect(third!.at.getTime() - first!.at.getTime()).toBeGreaterThan(700)
})

test('without a token nobody in particular asks', async () => {
  const { heard, port } = await aServer([[200, '{"id":7}']])
  const client = createClient({ token: '', version: '1.2.3', baseUrl: `http://127.0.0.1:${port}` })
  const forge = createForge({ client, repository: 'acme/ethrex', redact: (text) => text })
  expect(await forge.identity(null)).toEqual({ ok: true, value: { kind: 'user', id: 7 } })
  expect(heard.map(({ headers }) => headers.authorization)).toEqual([undefined])
})
