import { expect, test } from 'vitest'
import { files } from '../../src/io/node/files.ts'
import type { Captured, Processes } from '../../src/io/ports.ts'
import { milliseconds } from '../../src/domain/quantity.ts'
import { toolchainsDigest } from '../../src/stages/toolchains.ts'

/** What rustup lists, and what each compiler says; null where there is none. */
interface Machine {
  readonly list: string | null
  readonly versions?: Readonly<Record<string, string>>
}

const captured = (stdout: string | null): Captured => ({
  finished: {
    end:
      stdout === null
        ? { kind: 'not-started', message: 'ENOENT' }
        : { kind: 'ended', exit: { kind: 'exited', code: 0 } },
    wall: milliseconds(1),
    leftovers: []
  },
  stdout: stdout ?? '',
  stderr: ''
})

const digestOn = async ({ list, versions = {} }: Machine) => {
  const asked: string[] = []
  const processes: Processes = {
    run: () => Promise.reject(new Error('nothing is run')),
    capture: ({ program, args }) => {
      asked.push([program, ...args].join(' '))
      return Promise.resolve(captured(program === 'rustup' ? list : (versions[args[0] ?? ''] ?? null)))
    }
  }
  return { digest: await toolchainsDigest({ cwd: '/', env: {} }, { processes, files }), asked }
}

const STABLE = 'stable-x86_64-unknown-linux-gnu'
const list = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const both = list(`${STABLE} (active, default) /r/stable`, 'succinct /sp1/one')

test('asks each toolchain what it is', async () => {
  const { asked } = await digestOn({ list: both })
  expect(asked).toEqual([
    'rustup toolchain list -v',
    `rustc +${STABLE} --version --verbose`,
    'rustc +succinct --version --verbose'
  ])
})

test.each<[string, Machine, boolean]>([
  ['the same', { list: both, versions: { '+succinct': 'rustc 1.88.0-dev' } }, true],
  [
    'another that is active here',
    {
      list: list(`${STABLE} (default) /r/stable`, 'succinct (active) /sp1/one'),
      versions: { '+succinct': 'rustc 1.88.0-dev' }
    },
    true
  ],
  ['another compiler of that name', { list: both, versions: { '+succinct': 'rustc 1.89.0-dev' } }, false],
  [
    'that name for another place',
    { list: both.replace('one', 'two'), versions: { '+succinct': 'rustc 1.88.0-dev' } },
    false
  ],
  ['one less', { list: list(`${STABLE} (active, default) /r/stable`) }, false],
  ['no rustup', { list: null }, false]
])('tells %s', async (_, machine, isSame) => {
  const before = await digestOn({ list: both, versions: { '+succinct': 'rustc 1.88.0-dev' } })
  const { digest } = await digestOn(machine)
  expect(digest === before.digest).toBe(isSame)
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
})

test('hands rustc nothing that is no name', async () => {
  const { asked } = await digestOn({ list: list('-Zx /r', 'info: a line', '$(x) /r') })
  expect(asked).toEqual(['rustup toolchain list -v'])
})
