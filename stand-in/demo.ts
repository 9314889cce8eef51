import { join } from 'node:path'
import type { StandIn } from './repositories.ts'
import { createStandIn } from './repositories.ts'
import type { EthrexSources, SpanCycles } from './sources.ts'
import { writeWitness } from './witnesses.ts'

export interface Demo extends StandIn {
  readonly blocks: readonly number[]
  /** The directory of the cache files. */
  readonly witnesses: string
  /** Recorded seconds that pass in one. */
  readonly timeScale: number
}

interface Figures {
  /** Recorded: the column of ethrex's optimisation table. */
  readonly seconds: number
  /** Invented, in the order of `SPANS`. */
  readonly cycles: readonly number[]
}

interface DemoBlock {
  readonly number: number
  /** Recorded to three digits, invented beyond. */
  readonly gas: number
  readonly transactions: number
  readonly base: Figures
  readonly head: Figures
}

/** 1,240 s pass in a third of a second. */
const TIME_SCALE = 4000
/** Executing a gigacycle takes 25 s, as it did on the machine of the table. */
const EXECUTED_CYCLES_PER_SECOND = 40_000_000

const SPANS = [
  'read_input',
  'execution',
  'execution/ethrex_guest_program_state_initialization',
  'execution/initialize_block_header_hashes',
  'execution/get_first_invalid_block_hash',
  'execution/state_trie_root',
  'execution/validate_block_body',
  'execution/validate_block_pre_execution',
  'execution/setup_evm',
  'execution/execute_block',
  'execution/get_state_transitions',
  'execution/apply_account_updates',
  'execution/validate_gas_and_receipts',
  'execution/validate_receipts_root',
  'execution/validate_requests_hash',
  'execution/get_final_state_root',
  'commit_public_inputs'
]

/**
 * Proving times of "ethrex main" and "ethrex (all opts, our trie)" from ethrex's own table of prover
 * optimisations. Cycles, transactions and the state behind them are invented.
 */
const BLOCKS: readonly DemoBlock[] = [
  {
    number: 23_426_993,
    gas: 35_714_206,
    transactions: 24,
    base: {
      seconds: 1240,
      cycles: [
        32_714_353, 1_365_315_280, 245_096_343, 566_826, 417_910, 139_007_713, 16_160_332, 70_131, 1_216_137,
        639_186_495, 8_748_909, 173_936_747, 285_998, 16_227_381, 14_228, 124_369_604, 26_791
      ]
    },
    head: {
      seconds: 878,
      cycles: [
        32_047_959, 909_155_944, 148_061_384, 566_826, 417_910, 43_111_616, 16_160_332, 70_131, 1_216_137,
        550_392_334, 8_748_909, 75_261_301, 285_998, 16_227_381, 14_228, 48_610_931, 26_791
      ]
    }
  },
  {
    number: 23_426_994,
    gas: 20_689_541,
    transactions: 17,
    base: {
      seconds: 804,
      cycles: [
        21_741_614, 923_941_412, 156_217_512, 371_012, 277_964, 96_589_532, 11_130_695, 44_612, 795_531,
        443_932_709, 5_591_764, 117_845_731, 189_306, 10_096_151, 9_599, 80_834_404, 26_791
      ]
    },
    head: {
      seconds: 558,
      cycles: [
        21_297_227, 622_531_505, 97_091_294, 371_012, 277_964, 29_229_618, 11_130_695, 44_612, 795_531,
        385_484_845, 5_591_764, 51_950_807, 189_306, 10_096_151, 9_599, 30_253_417, 26_791
      ]
    }
  },
  {
    number: 23_426_995,
    gas: 16_602_877,
    transactions: 14,
    base: {
      seconds: 614,
      cycles: [
        16_735_750, 687_104_377, 120_763_124, 290_918, 215_125, 70_671_847, 8_090_716, 34_763, 647_123,
        319_357_142, 4_012_190, 91_237_367, 141_223, 8_000_530, 6_879, 63_607_428, 26_791
      ]
    },
    head: {
      seconds: 440,
      cycles: [
        16_400_965, 460_143_639, 74_986_329, 290_918, 215_125, 22_539_460, 8_090_716, 34_763, 647_123,
        276_060_995, 4_012_190, 40_781_704, 141_223, 8_000_530, 6_879, 24_307_682, 26_791
      ]
    }
  },
  {
    number: 23_426_996,
    gas: 22_481_930,
    transactions: 19,
    base: {
      seconds: 1018,
      cycles: [
        28_003_694, 1_167_807_701, 190_954_772, 474_774, 334_009, 122_663_415, 14_076_875, 59_254, 1_041_905,
        561_309_704, 6_877_148, 155_557_311, 235_382, 12_795_924, 11_311, 101_393_879, 26_791
      ]
    },
    head: {
      seconds: 745,
      cycles: [
        27_424_236, 794_018_115, 116_757_718, 474_774, 334_009, 37_591_270, 14_076_875, 59_254, 1_041_905,
        496_808_141, 6_877_148, 67_851_649, 235_382, 12_795_924, 11_311, 39_080_717, 26_791
      ]
    }
  }
]

/** Both repositories and the cache files, below one directory. */
export const createDemo = async (root: string, directory: string): Promise<Demo> => {
  const witnesses = join(directory, 'witnesses')
  const [standIn] = await Promise.all([
    createStandIn({ root, directory, base: demoSources('base'), head: demoSources('head') }),
    writeWitnesses(witnesses)
  ])
  return { ...standIn, blocks: BLOCKS.map((block) => block.number), witnesses, timeScale: TIME_SCALE }
}

/** What either side's ethrex decides; a test changes a part of it. */
export const demoSources = (side: 'base' | 'head'): EthrexSources => ({
  timeScale: TIME_SCALE,
  executedCyclesPerSecond: EXECUTED_CYCLES_PER_SECOND,
  seconds: Object.fromEntries(BLOCKS.map((block) => [block.number, block[side].seconds])),
  cycles: Object.fromEntries(BLOCKS.map((block) => [block.number, spanCycles(block[side])]))
})

export const writeWitnesses = async (directory: string): Promise<void> => {
  await Promise.all(BLOCKS.map((block) => writeWitness(directory, block)))
}

const spanCycles = (figures: Figures): SpanCycles =>
  Object.fromEntries(SPANS.map((path, at) => [path, figures.cycles[at] ?? 0]))
