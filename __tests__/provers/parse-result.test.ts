import { expect, test } from 'vitest'
import { parseResult } from '../../src/provers/parse-result.ts'
import type { ProverName, ReaderContext } from '../../src/provers/prover.ts'
import { contextOf, readLog, type Log } from './read-log.ts'
import { reportText } from './zisk/emulator-text.ts'

const AT = '2026-03-07T10:00:41.123456Z'
const END = `${AT}  INFO ethrex_replay::report: [mainnet] Block: 23769083`
const reported = (gas: bigint): string =>
  `${END}, Gas: ${gas}, #Txs: 312, Execution Time: 45s 123ms, Proving Time: 12m 24s | https://etherscan.io/block/23769083\n`
const SESSION = `${AT}  INFO risc0_zkvm::host::server::session:`
const SEGMENT = `${AT}  INFO openvm_circuit::arch::execution_mode::metered::segment_ctx: Segment   0 | instret          0 |`
const REST = 'instructions | 1 cells | 1 interactions | 1 max height (A) [TERMINATED]'

/** The same count wherever a tool prints one, and the paths in `parse --json` at which it has to be found. */
const TOOLS: readonly (readonly [string, Partial<ReaderContext>, (n: bigint) => Log, readonly string[]])[] = [
  [
    'SP1 v5',
    { zkvm: 'sp1' },
    (n) => ({
      stdout:
        `${AT}  INFO execute: sp1_core_executor::syscalls::write: ┌╴a\n` +
        `${AT}  INFO execute: sp1_core_executor::syscalls::write: └╴${n.toLocaleString('en-US')} cycles\n` +
        `${AT}  INFO execute: sp1_prover: gas: ${n}\n${reported(n)}`
    }),
    ['gas', 'metrics.cycles.value', 'metrics.prover-gas.value', 'spans.0.cycles']
  ],
  [
    'SP1 v6',
    { zkvm: 'sp1' },
    (n) => ({
      stdout: `${AT} DEBUG sp1_prover::worker::prover::execute: minimal executor finished in ${n} cycles\n${reported(n)}`
    }),
    ['gas', 'metrics.cycles.value']
  ],
  [
    'RISC0',
    { zkvm: 'risc0' },
    (n) => ({
      stdout:
        `${SESSION} number of segments: ${n}\n${SESSION} ${n} total cycles\n${SESSION} ${n} user cycles (100%)\n` +
        `${SESSION} 0 paging cycles (0%)\n${SESSION} 0 reserved cycles (0%)\n${reported(n)}`
    }),
    ['gas', 'metrics.cycles.value', 'metrics.segments.value']
  ],
  [
    'ZisK, an execution',
    { zkvm: 'zisk' },
    (n) => ({ stdout: reported(n), emulator: reportText(n, [['MAIN', n]]) }),
    ['gas', 'metrics.cycles.value', 'metrics.steps.value', 'costs.0.cost', 'costs.1.cost']
  ],
  [
    'ZisK, a proof',
    { zkvm: 'zisk' },
    (n) => ({ stdout: reported(n), result: `{"cycles": ${n}, "id": "a", "time": 744.5}` }),
    ['metrics.cycles.value', 'metrics.steps.value']
  ],
  [
    'OpenVM',
    { zkvm: 'openvm' },
    (n) => ({ stdout: `${SEGMENT} ${n} ${REST}\n${reported(n)}` }),
    ['gas', 'metrics.cycles.value', 'metrics.instructions.value']
  ],
  [
    'rsp',
    {},
    (n) => ({
      stdout:
        `Execution report:\ngas: ${n}\nopcode counts (${n} total instructions):\n` +
        'syscall counts (1 total syscall instructions):\nproving time: 7\n',
      csv: `chain_id,block_number,gas_used,tx_count,total_cycles_count,prover_gas\n1,23769083,${n},1,${n},${n}\n`
    }),
    ['gas', 'metrics.cycles.value', 'metrics.prover-gas.value']
  ]
]

const at = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), json)

const LARGE = [2n ** 31n, 2n ** 32n + 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 64n - 1n]

test.each(TOOLS)('%s: large counts reach JSON as they were printed', (name, context, log, paths) => {
  const host: ProverName = name === 'rsp' ? 'rsp' : 'ethrex-replay'
  for (const count of LARGE) {
    const saved = contextOf({ mode: 'prove', benchRequired: false, ...context })
    const json: unknown = JSON.parse(JSON.stringify(parseResult(readLog(saved, log(count), host))))
    const figure = count > 2n ** 53n ? String(count) : Number(count)
    expect(paths.map((path) => at(json, path))).toEqual(paths.map(() => figure))
  }
})
