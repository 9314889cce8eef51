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

  // Taken for dead by nobody but us: a run of another test would end what a dead one leaves, too.
  const { found, remaining } = await endOrphans((other) => other.pid !== owner.pid)

  expect(aliveWith(left)).toHaveLength(1)
  expect(found.length).toBeGreaterThanOrEqual(3)
  expect(remaining).toEqual([])
  expect(aliveWith(ours)).toHaveLength(1)
  cancel.abort()
  await running
})
