import { expect, test, vi } from 'vitest'
import { minutes } from '../../src/domain/quantity.ts'
import type { Gpu, GpuFate, GpuState } from '../../src/io/ports.ts'
import { endWatch, gpuOf, settleGpu } from '../../src/stages/trial-gpu.ts'
import { block } from '../support/plans.ts'

const gpuThat = (state: GpuState, fate: GpuFate = { kind: 'present', trace: null, gap: null }): Gpu => ({
  settle: () => Promise.resolve(state),
  watch: () => ({ end: () => Promise.resolve(fate) })
})

test.each([
  [{ kind: 'idle' }, { kind: 'open', remarks: [] }],
  [
    { kind: 'unknown', why: 'no reason' },
    { kind: 'open', remarks: ['GPU state unknown: no reason'] }
  ],
  [{ kind: 'cancelled' }, { kind: 'cancelled' }],
  [
    { kind: 'busy', by: '7 python' },
    {
      kind: 'closed',
      reason: 'gpu-busy',
      message: 'the GPU did not get free within 15 min: it is used by 7 python'
    }
  ],
  [
    { kind: 'lost', why: 'it fell' },
    { kind: 'closed', reason: 'gpu-lost', message: 'a GPU is lost: it fell' }
  ]
] as const)('before a trial: %j', async (state, gate) => {
  expect(await settleGpu(gpuThat(state), minutes(60))).toEqual(gate)
})

test.each([
  [60, 900_000],
  [15, 900_000],
  [2, 120_000]
])('with trials of %i min it is waited for %i ms', async (timeout, patience) => {
  const settle = vi.fn(() => Promise.resolve({ kind: 'idle' } as const))
  await settleGpu({ ...gpuThat({ kind: 'idle' }), settle }, minutes(timeout))
  expect(settle).toHaveBeenCalledExactlyOnceWith(patience)
})

const TRACE = { samples: 2, temperature: null, smClock: null, throttled: [], peakMemory: null, foreign: [] }

test.each([
  [
    { kind: 'present', trace: TRACE, gap: null },
    { kind: 'seen', trace: TRACE, remarks: [] }
  ],
  [
    { kind: 'present', trace: null, gap: 'no reason' },
    { kind: 'seen', trace: null, remarks: ['GPU state unknown: no reason'] }
  ],
  [
    { kind: 'lost', why: 'it fell' },
    { kind: 'closed', reason: 'gpu-lost', message: 'a GPU is lost: it fell' }
  ]
] as const)('after a trial: %j', async (fate, end) => {
  expect(await endWatch(gpuThat({ kind: 'idle' }, fate).watch())).toEqual(end)
})

test('without a GPU nothing is asked and nothing said', async () => {
  expect(await settleGpu(null, minutes(60))).toEqual({ kind: 'open', remarks: [] })
  expect(await endWatch(null)).toEqual({ kind: 'seen', trace: null, remarks: [] })
})

test.each([
  ['cycles', false],
  ['warm-up', true],
  ['timed', true]
] as const)('a trial of phase %s looks at it: %s', (phase, looks) => {
  const gpu = gpuThat({ kind: 'idle' })
  const trial = {
    id: 'a',
    phase,
    side: 'head',
    block: block(100),
    zkvm: 'sp1',
    variant: null,
    mode: 'prove',
    round: null,
    take: 1,
    cause: 'planned'
  } as const
  expect(gpuOf(trial, { gpu })).toBe(looks ? gpu : null)
})
