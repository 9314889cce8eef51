import { expect, test } from 'vitest'
import { findProver, REGISTRY } from '../../src/provers/registry.ts'

test('finds what there is and says what there is not', () => {
  expect(findProver('ethrex-replay', 'sp1')).toEqual({ ok: true, value: REGISTRY['ethrex-replay'] })
  expect(findProver('rsp', 'sp1')).toEqual({
    ok: false,
    error: '"rsp" is not supported yet; allowed: ethrex-replay'
  })
  expect(findProver('ethrex-replay', 'zisk')).toEqual({
    ok: false,
    error: '"zisk" is not supported yet with ethrex-replay; allowed: sp1'
  })
})
