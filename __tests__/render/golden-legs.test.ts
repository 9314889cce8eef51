import { describe, expect, test } from 'vitest'
import type { Measurements } from '../../src/domain/run.ts'
import type { RunReport } from '../../src/domain/report.ts'
import { count } from '../../src/domain/quantity.ts'
import { runReportOf } from '../../src/compare/run-report.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderRunning } from '../../src/render/running.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { aRun, failing, noisy, planFor, span, withFailed, type BlockFigures } from '../support/runs.ts'
import { aContext, cyclesOf, measuring, newer } from '../support/standings.ts'
import { aReference, asVariant, countedAs, variantLeg } from './beside.ts'
import { legOf, runOfLegs } from './run-of.ts'

const quiet = (figures: readonly BlockFigures[]): readonly BlockFigures[] => noisy(figures, 0.4)

const sp1 = aRun(quiet(RECORDED))
const slower = quiet(movedBy([1.0231, 1.0009, 1.018, 1.0]))
const zisk = countedAs('steps', aRun(slower, { plan: planFor(slower, { zkvm: 'zisk' }) }))

/** A line of ziskemu's report that no reader knows. */
const withUnread = (run: Measurements): Measurements => ({
  ...run,
  records: run.records.map((record) =>
    record.trial.mode === 'execute'
      ? {
          ...record,
          unread: [{ stream: 'stdout', line: 4, text: 'STEPS                      40,007,52~' }]
        }
      : record
  )
})

const PANIC = `thread 'main' panicked at crates/prover/src/backend/sp1.rs:61:9:
called \`Result::unwrap()\` on an \`Err\` value: out of memory (os error 12)`

/** Its guest names a span otherwise. */
const renamed = movedBy([0.9446, 0.955, 0.964, 0.925]).map((one) => ({
  ...one,
  spans: {
    base: one.spans!.base,
    head: one.spans!.head.map(({ path, cycles }) =>
      span(
        path.map((name) => (name === 'rebuild_state_trie' ? 'state_trie_from_nodes' : name)),
        cycles
      )
    )
  }
}))
const failingLeg = (mode: 'prove' | 'execute'): Measurements =>
  withFailed(
    variantLeg('risc0_trie', quiet(movedBy([0.703, 0.751, 0.715, 0.765])), { digit: 'f', mode }),
    ({ block, side, mode: does }) => block === 23426995 && side === 'head' && does === mode,
    failing('proving-failed', 'ethrex-replay says that it failed to prove block 23426995.', PANIC)
  )
const variantLegs = (mode: 'prove' | 'execute'): readonly Measurements[] => [
  variantLeg('trie2', quiet(renamed), { digit: 'd', mode }),
  variantLeg('trie3', quiet(movedBy([0.8387, 0.8595, 0.8453, 0.8684])), { mode }),
  failingLeg(mode)
]
const rsp = aReference([
  { block: 23426993, seconds: 519 },
  { block: 23426994, seconds: null },
  { block: 23426995, seconds: 273 },
  { block: 23426996, seconds: 399, kept: true }
])
const executedRsp = aReference([
  { block: 23426993, seconds: null, cycles: count(2_700_123_456n) },
  { block: 23426994, seconds: null },
  { block: 23426995, seconds: null, cycles: count(1_300_000_001n) }
])

const many = Array.from({ length: 256 }, (_, index): BlockFigures => ({
  block: 23426993 + index,
  gas: 20_000_000n + BigInt(index) * 10_000n,
  cycles: { base: 4_000_000_000n, head: 4_000_000_000n + BigInt(index % 4) * 10_000_000n },
  proving: { base: 800, head: 801 + (index % 3) }
}))
const largest = (): RunReport => {
  const legs = (['sp1', 'risc0', 'zisk', 'openvm'] as const).flatMap((zkvm) => {
    const notes = Array.from({ length: 30 }, (_, index) => `Note ${index}. ${'x'.repeat(280)}`)
    const head = legOf(aRun(many, { plan: planFor(many, { zkvm, gpuMinutes: null }), notes }))
    const names = Array.from({ length: 16 }, (_, index) => `variant-number-${index + 1}`)
    return [head, ...names.map((name) => asVariant(name, head))]
  })
  return runReportOf(legs, aReference(many.map(({ block }) => ({ block, seconds: 500 }))))
}

const execute = (): RunReport => {
  const plan = planFor(RECORDED, { mode: 'execute', resource: 'cpu' })
  return runOfLegs([aRun(RECORDED, { plan }), ...variantLegs('execute')], executedRsp)
}

describe('the comment on a run of several legs, as readers see it', () => {
  test.each([
    ['two-zkvms', () => runOfLegs([sp1, withUnread(zisk)])],
    ['variants-and-rsp', () => runOfLegs([sp1, ...variantLegs('prove')], rsp)],
    ['execute-variants', execute],
    ['legs-degraded', largest]
  ])('%s', async (name, run) => {
    const comment = renderComment(run(), aContext)
    expect(comment.length).toBeLessThanOrEqual(65_536)
    await expect(comment).toMatchFileSnapshot(`../golden/comment-${name}.md`)
  })

  test('two zkVMs while it goes on', async () => {
    const comment = renderRunning(measuring(cyclesOf(sp1, zisk)), newer, null)
    await expect(comment).toMatchFileSnapshot('../golden/running-two-zkvms.md')
  })

  test('variants while it goes on', async () => {
    const run = cyclesOf(sp1, ...variantLegs('prove'))
    await expect(renderRunning(measuring(run), newer, null)).toMatchFileSnapshot(
      '../golden/running-variants.md'
    )
  })
})
