import { expect, test } from 'vitest'
import { ZKVMS } from '../../src/domain/workload.ts'
import { findProver, REGISTRY } from '../../src/provers/registry.ts'

test.each(ZKVMS)('ethrex-replay can do %s', (zkvm) => {
  expect(findProver('ethrex-replay', zkvm)).toEqual({ ok: true, value: REGISTRY['ethrex-replay'] })
})

test('says what there is where there is not what was asked for', () => {
  expect(findProver('rsp', 'sp1')).toEqual({ ok: true, value: REGISTRY.rsp })
  expect(findProver('rsp', 'zisk')).toEqual({
    ok: false,
    error: '"zisk" is not supported yet with rsp; allowed: sp1'
  })
  expect(findProver('reth', 'sp1')).toEqual({
    ok: false,
    error: '"reth" is not supported yet; allowed: ethrex-replay, rsp'
  })
})
