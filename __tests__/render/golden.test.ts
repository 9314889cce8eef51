import { describe, expect, test } from 'vitest'
import type { GpuTrace } from '../../src/domain/gpu.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { minutes } from '../../src/domain/quantity.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { PARTS, type Part, type Sameness } from '../../src/domain/sameness.ts'
import type { Trial } from '../../src/domain/trial.ts'
import { renderComment } from '../../src/render/comment.ts'
import type { CommentContext } from '../../src/render/view.ts'
import { aPlan, block, sha } from '../support/plans.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { hostileRun } from '../support/hostile.ts'
import {
  aBuild,
  aMachine,
  aRun,
  failing,
  noisy,
  planFor,
  slowedBy,
  span,
  stretched,
  watched,
  type BlockFigures
} from '../support/runs.ts'
import { runOf } from './run-of.ts'

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

const QUIET = 0.4

/** On a machine as quiet as one with locked clocks. */
const quiet = (figures: readonly BlockFigures[]): readonly BlockFigures[] => noisy(figures, QUIET)

const proved = (trial: Trial, name: string): boolean => trial.id === `timed-${name}`

const equalCycles = (figures: readonly BlockFigures[], blocks: readonly number[]): Plan => {
  const plan = planFor(figures)
  return {
    ...plan,
    blocks: plan.blocks.map((one) => ({ ...one, hasEqualCycles: blocks.includes(one.block) }))
  }
}

const inputsOf = (different: readonly number[]): Sameness['inputs'] =>
  RECORDED.map((one) => ({
    block: block(one.block),
    base: '7'.repeat(64),
    head: (different.includes(one.block) ? '8' : '7').repeat(64)
  }))

const ALL = RECORDED.map((one) => one.block)
const guest = { elf: '5'.repeat(64), key: null }
const sameGuest = { base: aBuild('a', { guest }), head: aBuild('b', { guest }) }
const onlyProver: Sameness = {
  sources: {
    kind: 'different',
    paths: [
      { path: 'crates/prover', parts: ['prover'], base: 'c1'.repeat(20), head: 'd1'.repeat(20) },
      { path: 'Cargo.lock', parts: ['prover'], base: 'c2'.repeat(20), head: 'd2'.repeat(20) }
    ]
  },
  inputs: inputsOf([])
}

const foreign = (trial: Trial): GpuTrace | null => {
  const trace = watched(trial)
  return trace === null ? null : { ...trace, foreign: ['4711 python3'] }
}

const RUNS: Readonly<Record<string, Measurements>> = {
  improvement: aRun(quiet(RECORDED)),
  demo: aRun(RECORDED, {
    gpu: () => null,
    plan: planFor(RECORDED, { timeScale: 500 }),
    notes: ['No GPU was asked: the stand-in host proves nothing.']
  }),
  regression: aRun(quiet(movedBy([1.0231, 1.0009, 1.018, 1.0])), {
    builds: {
      base: aBuild('a', { reused: true, lockChanges: ['sp1-sdk 5.0.8 -> 5.1.0'] }),
      head: aBuild('b', { toolchain: 'rustc 1.91.0 (f8297e351 2025-10-28)' })
    }
  }),
  'both-regress': aRun(quiet(movedBy([1.051, 1.048, 1.053, 1.05]))),
  mixed: aRun(quiet(movedBy([1.012, 1, 0.97, 1]))),
  'cycles-down-time-up': aRun(
    quiet(
      movedBy([0.98, 0.98, 0.98, 0.98]).map((one) => ({
        ...one,
        proving: { base: one.proving.base, head: one.proving.base * 1.05 }
      }))
    )
  ),
  'no-change': aRun(quiet(movedBy([1.0002, 0.9999, 1, 1.0004]))),
  'measurably-slower': aRun(noisy(slowedBy(RECORDED, [1.009, 1.009, 1.009, 1.009]), 0.1)),
  'time-regression': aRun(quiet(slowedBy(RECORDED, [1.05, 1.05, 1.05, 1.05])), {
    plan: equalCycles(RECORDED, ALL),
    builds: sameGuest,
    sameness: onlyProver
  }),
  'one-block-slower': aRun(quiet(slowedBy(RECORDED, [1, 1, 1.09, 1]))),
  'input-differs': aRun(quiet(movedBy([1, 1, 1.0021, 1])), {
    plan: equalCycles(
      RECORDED,
      ALL.filter((one) => one !== 23426995)
    ),
    builds: sameGuest,
    sameness: {
      sources: { kind: 'unknown', why: 'crates/common/Cargo.toml of head is no TOML' },
      inputs: inputsOf([23426995])
    }
  }),
  inconclusive: aRun(noisy(slowedBy(RECORDED, [1.01, 1.01, 1.01, 1.01]), 2.5), {
    plan: planFor(RECORDED, { gpuMinutes: null }),
    machine: aMachine({ clocks: 'not-locked' })
  }),
  'budget-mid-round': aRun(noisy(slowedBy(RECORDED, [1.012, 1.012, 1.012, 1.012]), 0.9), {
    plan: planFor(RECORDED, { gpuMinutes: minutes(330) })
  }),
  'budget-spent': aRun(quiet(RECORDED), { plan: planFor(RECORDED, { gpuMinutes: minutes(60) }) }),
  'one-pair': aRun(quiet(slowedBy(RECORDED, [0.996, 1.029, 1.013, 1.014])), {
    plan: planFor(RECORDED, { gpuMinutes: minutes(130) }),
    caveats: ['The noise of this machine is not known yet: `mode: calibrate` measures it.']
  }),
  outlier: aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), {}, (trial, measured) =>
    proved(trial, 'r2-23426994-sp1-head') ? stretched(measured, 1.22) : measured
  ),
  'two-speeds': aRun(
    noisy(slowedBy(RECORDED, [1, 1, 1, 1]), 0.8),
    { plan: planFor(RECORDED, { gpuMinutes: null }), gpu: () => null },
    (trial, measured) =>
      trial.side === 'head' &&
      trial.take === 1 &&
      trial.round !== null &&
      (trial.round + trial.block) % 5 === 0
        ? stretched(measured, 1.15)
        : measured
  ),
  polluted: aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), {
    gpu: (trial) => {
      if (proved(trial, 'r1-23426994-sp1-head')) return foreign(trial)
      if (trial.block === 23426996 && trial.round === 2 && trial.side === 'base') return foreign(trial)
      const trace = watched(trial)
      return trace !== null && proved(trial, 'r2-23426993-sp1-base')
        ? { ...trace, throttled: ['sw-power-cap', 'hw-thermal-slowdown'] }
        : trace
    }
  }),
  'retried-failure': aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), {}, (trial, measured) =>
    proved(trial, 'r1-23426995-sp1-head') || proved(trial, 'r2-23426993-sp1-base')
      ? failing('proving-failed', 'ethrex-replay says that it failed to prove the block.', PANIC)
      : trial.id.startsWith('timed-r2-23426996-sp1-head')
        ? failing('timeout', 'It took more than 60 minutes.')
        : measured
  ),
  quick: aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), { plan: planFor(RECORDED, { effort: 'quick' }) }),
  thorough: aRun(noisy(slowedBy(RECORDED, [1.011, 1.012, 1.013, 1.012]), 0.3), {
    plan: planFor(RECORDED, { effort: 'thorough', gpuMinutes: null }),
    caveats: [
      'No build-bias check was made on this machine: two builds of one source may differ by more than this verdict tells apart. `mode: calibrate` with `effort: thorough` makes one.'
    ]
  }),
  'hosts-differ': aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), {
    builds: { base: aBuild('a'), head: aBuild('b', { host: sha('d') }) }
  }),
  'same-build': aRun(quiet(slowedBy(RECORDED, [1, 1, 1, 1])), {
    plan: planFor(RECORDED, { purpose: 'same-build' })
  }),
  identical: aRun(RECORDED, {
    ending: 'identical',
    records: [],
    builds: { base: null, head: null },
    sameness: {
      sources: {
        kind: 'identical',
        paths: ['Cargo.lock', 'crates/common', 'crates/guest-program', 'crates/prover', 'crates/vm'].map(
          (path, index) => {
            const parts: readonly (readonly Part[])[] = [
              PARTS,
              ['guest', 'input'],
              ['guest'],
              ['prover'],
              ['guest']
            ]
            return { path, parts: parts[index]!, base: `${index}e`.repeat(20), head: `${index}e`.repeat(20) }
          }
        )
      },
      inputs: []
    }
  }),
  'execute-only': aRun(movedBy([1.0002, 0.9999, 1, 1.0004]), {
    plan: planFor(RECORDED, { mode: 'execute', resource: 'cpu' })
  }),
  'one-block': aRun(quiet(RECORDED.slice(0, 1))),
  'head-failed': aRun(quiet(RECORDED), {}, (trial, measured) =>
    trial.block === 23426995 && trial.mode === 'prove' && trial.side === 'head'
      ? failing('proving-failed', 'ethrex-replay says that it failed to prove block 23426995.', PANIC)
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
  'base-failed': aRun(RECORDED, {}, (trial, measured) =>
    trial.block === 23426994
      ? failing('execution-failed', `Executing block 23426994 failed on ${trial.side}.`, PANIC)
      : measured
  ),
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
    trial.phase !== 'timed' || (trial.round === 1 && trial.block <= 23426994) ? measured : null
  ),
  incomparable: aRun(movedBy([1, 1.0001, 1, 1]), {}, (trial, measured) => {
    if (measured.kind === 'failed' || trial.block !== 23426996 || !proved(trial, 'r1-23426996-sp1-head'))
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
  'many-blocks': aRun(manyBlocks, { plan: planFor(manyBlocks, { gpuMinutes: null }) }),
  degraded: aRun(
    manyBlocks.map((one) => ({ ...one, spans: hundredSpans })),
    {
      plan: planFor(manyBlocks, { gpuMinutes: null }),
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
    const comment = renderComment(runOf(run), context)
    await expect(comment).toMatchFileSnapshot(`../golden/comment-${name}.md`)
  })
})
