import { expect, test } from 'vitest'
import { ZKVMS } from '../../src/domain/workload.ts'
import { PROVERS } from '../../src/provers/prover.ts'
import { REGISTRY } from '../../src/provers/registry.ts'

test.each(PROVERS)('%s is found under its name', (name) => {
  expect(REGISTRY[name].name).toBe(name)
})

test('ethrex-replay runs every zkVM, rsp runs SP1', () => {
  expect(REGISTRY['ethrex-replay'].abilities.zkvms).toEqual(ZKVMS)
  expect(REGISTRY.rsp.abilities.zkvms).toEqual(['sp1'])
})
