import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { endOrphans } from '../../../src/io/node/orphans.ts'
import { isAlive, makeTag, ownerOf } from '../../../src/io/node/tag.ts'
import { aliveWith, newMarker, newProcesses, program, programPath, until } from './programs.ts'
import { milliseconds } from '../../../src/domain/quantity.ts'

it('a tag names its owner, and one who was given the same pid later is another', () => {
  const owner = ownerOf(`${makeTag()}.1`)!
  expect(owner.pid).toBe(process.pid)
  expect(isAlive(owner)).toBe(true)
  expect(isAlive({ ...owner, startedAt: owner.startedAt - 1 })).toBe(false)
})

it.for(['', 'x', '0123456789ab.1.2', '0123456789ab.1.2.x', '0123456789ab.-1.2.3', '0123456789AB.1.2.3'])(
  'no owner in %o',
  (tag) => expect(ownerOf(tag)).toBeNull()
)

it('ends what a killed run left behind, and nothing of a live one', { timeout: 30_000 }, async () => {
  const [left, ours] = [newMarker(), newMarker()]
  const owner = spawn(process.execPath, [programPath('owner.mjs'), left], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  onTestFinished(() => void owner.kill('SIGKILL'))
  await once(owner.stdout, 'data')
  const { processes, cancel } = newProcesses()
  const running = processes.capture(program('sleeper.sh', ours), milliseconds(20_000))
  await until(() => aliveWith(left).length === 4 && aliveWith(ours).length === 1)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  expect(aliveWith(left)).toHaveLength(3)

  // Other tests of this machine may have orphans of their own, which are their business.
  const { found, remaining } = await endOrphans((other) => other.pid !== owner.pid || isAlive(other))

  expect(aliveWith(left)).toEqual([])
  expect(found.length).toBeGreaterThanOrEqual(3)
  expect(remaining).toEqual([])
  expect(aliveWith(ours)).toHaveLength(1)
  cancel.abort()
  await running
})
