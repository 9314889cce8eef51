import { describe, expect, test } from 'vitest'
import { compareRun } from '../../src/compare/compare.ts'
import { minutes, percent } from '../../src/domain/quantity.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { renderComment } from '../../src/render/comment.ts'
import type { CommentContext } from '../../src/render/view.ts'
import { aPlan, block } from '../support/plans.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { hostileRun } from '../support/hostile.ts'
import { aBuild, aRun, failing, planFor, span, type BlockFigures } from '../support/runs.ts'

const context: CommentContext = {
  pullRequest: 5224,
  key: 'default',
  run: { id: 17654321, attempt: 1 },
  runUrl: 'https://github.com/lambdaclass/ethrex/actions/runs/17654321',
  outdatedBy: null
}

const PANIC = `2026-01-01T00:00:01.000000Z  INFO ethrex_replay::cli: Proving block: 23426995
thread 'main' panicked at crates/prover/src/backend/sp1.rs:61:9:
called \`Result::unwrap()\` on an \`Err\` value: out of memory (os error 12)
2026-01-01T00:00:02.000000Z ERROR ethrex_replay::report: Failed to prove block 23426995`

const manyBlocks: readonly BlockFigures[] = Array.from({ length: 256 }, (_, index) => ({
  block: 23426993 + index,
  gas: 20_000_000n + BigInt(index) * 10_000n,
  cycles: {
    base: 4_000_000_000n,
    head: index % 4 === 0 ? 4_000_000_000n + BigInt(index) * 1_000_000n : 4_000_000_123n
  },
  proving: { base: 800, head: 801 },
  proverGas: { base: 8_000_000_000n, head: 8_000_000_000n }
}))

const hundredSpans = {
  base: Array.from({ length: 100 }, (_, index) =>
    span(['execution', `a_span_with_a_long_name_${index}`], 1000n)
  ),
  head: Array.from({ length: 100 }, (_, index) =>
    span(['execution', `a_span_with_a_long_name_${index}`], 1001n)
  )
}

const RUNS: Readonly<Record<string, Measurements>> = {
  improvement: aRun(RECORDED),
  demo: aRun(RECORDED, {
    plan: planFor(RECORDED, { timeScale: 500 }),
    notes: ['No GPU was asked: the stand-in host proves nothing.']
  }),
  regression: aRun(movedBy([1.0231, 1.0009, 1.018, 1.0]), {
    builds: {
      base: aBuild('a', { reused: true, lockChanges: ['sp1-sdk 5.0.8 -> 5.1.0'] }),
      head: aBuild('b', { toolchain: 'rustc 1.91.0 (f8297e351 2025-10-28)' })
    }
  }),
  mixed: aRun(movedBy([1.012, 1, 0.97, 1])),
  'no-change': aRun(movedBy([1.0002, 0.9999, 1, 1.0004])),
  'execute-only': aRun(movedBy([1.0002, 0.9999, 1, 1.0004]), {
    plan: planFor(RECORDED, { mode: 'execute', resource: 'cpu', rounds: 0 })
  }),
  'one-block': aRun(RECORDED.slice(0, 1)),
  'head-failed': aRun(RECORDED, {}, (trial, measured) =>
    trial.block !== 23426995 || trial.mode === 'execute'
      ? measured
      : trial.side === 'head'
        ? trial.round === 1
          ? failing('proving-failed', 'ethrex-replay says that it failed to prove block 23426995.', PANIC)
          : null
        : trial.round === 2
          ? null
          : measured
  ),
  'head-does-not-build': aRun(RECORDED, {
    records: [],
    builds: { base: aBuild('a'), head: null },
    failures: [
      {
        side: 'head',
        stage: 'build',
        block: null,
        reason: 'build-failed',
        message: 'ethrex bbbbbbb does not build: error[E0308]: mismatched types',
        tail: 'error[E0308]: mismatched types\n --> crates/vm/levm/src/vm.rs:10:5'
      }
    ]
  }),
  'base-failed': aRun(RECORDED, {}, (trial, measured) => {
    if (trial.block !== 23426994) return measured
    return trial.mode === 'execute'
      ? failing('execution-failed', `Executing block 23426994 failed on ${trial.side}.`, PANIC)
      : null
  }),
  infrastructure: aRun(
    RECORDED,
    {
      ending: 'infrastructure',
      failures: [
        {
          side: null,
          stage: 'prove',
          block: block(23426993),
          reason: 'stale-container',
          message: 'The container sp1-gpu is not ours; remove it with `docker rm -f sp1-gpu` and run again.',
          tail: ''
        }
      ]
    },
    (trial, measured) => (trial.mode === 'execute' ? measured : null)
  ),
  cancelled: aRun(RECORDED, { ending: 'cancelled' }, (trial, measured) =>
    trial.mode === 'execute' || (trial.round === 1 && trial.block <= 23426994) ? measured : null
  ),
  'budget-spent': aRun(
    RECORDED,
    { ending: 'budget-spent', plan: planFor(RECORDED, { gpuMinutes: minutes(60) }) },
    (trial, measured) => (trial.round === 2 ? null : measured)
  ),
  incomparable: aRun(movedBy([1, 1.0001, 1, 1]), {}, (trial, measured) => {
    if (measured.kind === 'failed' || trial.block !== 23426996 || trial.id !== 'timed-r1-23426996-sp1-head')
      return measured
    const metrics = {
      ...measured.sample.metrics,
      cycles: { value: 4_011_345_910n, unit: 'cycles', exactness: 'tracked-spans' } as const
    }
    return { kind: 'measured', sample: { ...measured.sample, metrics } }
  }),
  'whole-seconds': aRun(
    [
      {
        block: 23769082,
        gas: 7_949_562n,
        cycles: { base: 900_000_000n, head: 1_200_000_000n },
        proving: { base: 87, head: 143 }
      }
    ],
    {},
    (trial, measured) => {
      if (measured.kind === 'failed' || trial.mode === 'execute') return measured
      const value = trial.side === 'base' ? 87 : 143
      const time = { value, unit: 's', exactness: 'rounded-seconds' } as const
      return {
        kind: 'measured',
        sample: { ...measured.sample, metrics: { ...measured.sample.metrics, 'proving-time': time } }
      }
    }
  ),
  hostile: hostileRun(),
  'many-blocks': aRun(manyBlocks, { plan: planFor(manyBlocks, { rounds: 1 }) }),
  degraded: aRun(
    manyBlocks.map((one) => ({ ...one, spans: hundredSpans })),
    {
      plan: planFor(manyBlocks, { rounds: 1 }),
      notes: Array.from({ length: 30 }, (_, index) => `Note ${index}. ${'x'.repeat(280)}`)
    },
    (trial, measured) =>
      trial.block % 8 === 0 && trial.phase === 'timed' && trial.side === 'head'
        ? failing(
            'proving-failed',
            `Block ${trial.block} failed. ${'y'.repeat(250)}`,
            `${'z'.repeat(390)}\n`.repeat(30)
          )
        : measured
  ),
  'nothing-compared': aRun(RECORDED, { records: [], plan: aPlan({ blocks: planFor(RECORDED).blocks }) })
}

describe('the comment, as readers see it', () => {
  test.each(Object.entries(RUNS))('%s', async (name, run) => {
    const comment = renderComment(compareRun(run), context)
    await expect(comment).toMatchFileSnapshot(`../golden/comment-${name}.md`)
  })

  test('says an interval once there is one', async () => {
    const report = compareRun(aRun(RECORDED))
    const interval = { lo: percent(-29.94), hi: percent(-27.35), level: 0.99 }
    const withInterval = <T extends { readonly metric: string }>(one: T): T =>
      one.metric === 'proving-time' ? { ...one, interval, verdict: 'improvement' } : one
    const judged = {
      ...report,
      timeVerdict: 'improvement' as const,
      comparisons: report.comparisons.map(withInterval),
      overall: report.overall.map(withInterval)
    }
    await expect(renderComment(judged, context)).toMatchFileSnapshot('../golden/comment-interval.md')
  })
})
