import type { Span } from '../../src/domain/sample.ts'
import { span, type BlockFigures } from './runs.ts'

/**
 * Blocks, gas and proving times of ethrex's prover performance document (SP1 on an RTX 4090): main at 70fc63
 * against all optimisations of its own trie. Cycles and spans are invented around its flamegraph figures.
 */
const TIMES = [
  { block: 23426993, gas: 35_700_000n, base: 1240, head: 878, cycles: [6_812_344_190n, 4_718_220_871n] },
  { block: 23426994, gas: 20_700_000n, base: 804, head: 558, cycles: [4_390_118_003n, 2_987_655_210n] },
  { block: 23426995, gas: 16_600_000n, base: 614, head: 440, cycles: [3_377_901_556n, 2_390_017_664n] },
  { block: 23426996, gas: 22_500_000n, base: 1018, head: 745, cycles: [5_540_876_332n, 4_011_345_909n] }
] as const

const spansOf = (total: bigint, trie: readonly [bigint, bigint, bigint]): readonly Span[] => [
  span(['read_input'], 1_204_551n),
  span(['execution'], total - 1_204_551n - 13_068n),
  span(['execution', 'rebuild_storage_trie'], trie[0]),
  span(['execution', 'rebuild_state_trie'], trie[1]),
  span(['execution', 'apply_account_updates'], trie[2]),
  span(['execution', 'execute_block'], total / 2n),
  span(['commit_public_inputs'], 13_068n)
]

export const RECORDED: readonly BlockFigures[] = TIMES.map(({ block, gas, base, head, cycles }) => ({
  block,
  gas,
  cycles: { base: cycles[0], head: cycles[1] },
  proving: { base, head },
  proverGas: { base: cycles[0] * 2n, head: cycles[1] * 2n },
  spans: {
    base: spansOf(cycles[0], [218_999_000n, 119_510_000n, 139_519_000n]),
    head: spansOf(cycles[1], [64_435_000n, 37_426_000n, 16_702_000n])
  }
}))

/** The same blocks with every head figure moved by its factor. */
export const movedBy = (factors: readonly number[]): readonly BlockFigures[] =>
  RECORDED.map((figures, index) => {
    const factor = factors[index] ?? 1
    const moved = (value: bigint): bigint => BigInt(Math.round(Number(value) * factor))
    const spans = figures.spans!.base
    return {
      ...figures,
      cycles: { base: figures.cycles.base, head: moved(figures.cycles.base) },
      proverGas: { base: figures.proverGas!.base, head: moved(figures.proverGas!.base) },
      proving: { base: figures.proving.base, head: figures.proving.base * factor },
      spans: { base: spans, head: spans.map(({ path, cycles }) => span(path, moved(cycles))) }
    }
  })
