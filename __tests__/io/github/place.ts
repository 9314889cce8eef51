import { afterEach, expect } from 'vitest'
import { milliseconds } from '../../../src/domain/quantity.ts'
import type { Asking, Forge } from '../../../src/io/forge.ts'
import { createClient } from '../../../src/io/github/client.ts'
import { createForge } from '../../../src/io/github/forge.ts'
import type { GitHub, TokenSetup } from '../../support/github/github.ts'
import { startGitHub } from '../../support/github/server.ts'

export const HEAD = 'a'.repeat(40)
export const PULL = 7
/** A bot of ours, as a job's token makes it. */
export const BOT = { as: 'github-actions[bot]', scopes: { pull_requests: 'write' } } as const
const UNHURRIED = milliseconds(20_000)
/** What a second of waiting takes here. */
const SECOND = milliseconds(1)

const open: GitHub[] = []

afterEach(async () => {
  for (const github of open.splice(0)) {
    await github.close()
    expect(github.violations).toEqual([])
  }
})

export interface Place {
  readonly github: GitHub
  readonly forge: Forge
  /** The forge as somebody else sees it. */
  readonly as: (token: string) => Forge
}

interface PlaceOptions {
  readonly token?: TokenSetup
  /** Limits are waited for only with, and then two patient writes are a whole second apart. */
  readonly isThrottled?: boolean
}

/** A GitHub with `acme/ethrex`, a fork of it, and pull request 7 of a branch of its own. */
export const aPlace = async ({ token = BOT, isThrottled = false }: PlaceOptions = {}): Promise<Place> => {
  const github = await startGitHub({
    repositories: [
      { owner: 'acme', name: 'ethrex' },
      { owner: 'stranger', name: 'ethrex', forkOf: 'acme/ethrex' }
    ]
  })
  open.push(github)
  github.user('maintainer', { permission: 'maintain' })
  github.user('writer', { permission: 'write' })
  github.user('reader', { permission: 'read' })
  github.pullRequest({ number: PULL, headBranch: 'faster', headSha: HEAD, author: 'writer' })
  const as = (value: string): Forge =>
    createForge({
      client: createClient({
        token: value,
        version: '1.2.3',
        baseUrl: github.apiUrl,
        pace: { isThrottled, second: SECOND }
      }),
      repository: 'acme/ethrex',
      redact: (text) => text.replaceAll('hunter22', '***')
    })
  return { github, forge: as(github.token(token)), as }
}

export const patient = (timeout = UNHURRIED): Asking => ({ patience: 'patient', timeout })
export const once = (timeout = UNHURRIED): Asking => ({ patience: 'once', timeout })

/** What was asked of the API, as operations. */
export const asked = ({ github }: Place): readonly (string | null)[] =>
  github.requests.map(({ operationId }) => operationId)
