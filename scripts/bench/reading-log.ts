import { open } from 'node:fs/promises'

/** An execution's lines among those of others, the same in colours, and the lines of the tracker alone. */
export const LOGS = ['mixed', 'coloured', 'spans'] as const
export type LogKind = (typeof LOGS)[number]

/** The block that a log ends with. */
export const WANTED = 23_769_083

const TIME = '2026-03-07T10:00:41.123456Z'
/** Of an execution of 1.5 billion cycles (docs/notes/sp1.md): calls of spans, and ticks of the clock. */
const SPANS = 20
const TICKS = 150
/** Blocks between whose texts the file differs; the same again fills it. */
const BLOCKS = 40

/** Writes a log of at least so many bytes. Gives how many they are. */
export const writeLog = async (path: string, kind: LogKind, least: number): Promise<number> => {
  const text = Buffer.from(Array.from({ length: BLOCKS }, (_, index) => blockOf(kind, index)).join(''))
  const file = await open(path, 'w')
  try {
    let written = 0
    while (written < least) written += (await file.write(text)).bytesWritten
    return written
  } finally {
    await file.close()
  }
}

const blockOf = (kind: LogKind, index: number): string => {
  const lines = [...eventsOf(kind, WANTED - BLOCKS + 1 + index)]
  return (kind === 'coloured' ? lines.map(coloured) : lines).map((line) => `${line}\n`).join('')
}

function* eventsOf(kind: LogKind, block: number): Generator<string> {
  const isMixed = kind !== 'spans'
  yield `${TIME}  INFO ethrex_replay::fetcher: Getting block ${block} data from cache`
  const write = `${TIME}  INFO execute: sp1_core_executor::syscalls::write:`
  yield `${write} ┌╴execution`
  for (let tick = 0; tick < TICKS; tick += 1) {
    if (isMixed) {
      yield `${TIME}  INFO execute: sp1_core_executor::executor: clk = ${tick * 10_000_000} pc = 0x21f4e4`
      yield* OTHERS
    }
    if (isMixed && tick % Math.floor(TICKS / SPANS) !== 0) continue
    yield `${write} │ ┌╴${NAMES[tick % NAMES.length] ?? ''}`
    yield `${write} │ └╴${(1_234_567 + block * tick).toLocaleString('en-US')} cycles`
  }
  yield `${write} └╴1,492,946,578 cycles`
  yield `${TIME}  INFO execute: sp1_prover: gas: 1687294509`
  yield (
    `${TIME}  INFO ethrex_replay::report: [mainnet] Block: ${block}, Gas: 44943006, #Txs: 312, Execution Time: ` +
    `45s 123ms | https://etherscan.io/block/${block}`
  )
}

/** A quarter of their lines each: ethrex's own, other crates', docker's, progress. */
const OTHERS = [
  `${TIME}  INFO ethrex_blockchain: [METRIC] BLOCK EXECUTION THROUGHPUT (23769083): 0.373 Ggas/s TIME SPENT: 100 ms`,
  `${TIME}  INFO sp1_cuda: Response { url: "http://localhost:3000/twirp/api.ProverService/Setup", status: 200 }`,
  'a8b2c3d4e5f6: Downloading [==================>                 ]  612.4MB/1.207GB',
  '    Compiling ethrex-guest-program v9.0.0 (/work/ethrex/crates/guest-program)'
]

const NAMES = [
  'validate_block_body',
  'setup_evm',
  'execute_block',
  'apply_account_updates',
  'state_trie_root'
]

const PLAIN = /^(\S+Z) {2}INFO (?:(execute): )?([\w:]+): /

/** As tracing-subscriber 0.3.22 colours an event. */
const coloured = (line: string): string => {
  const [head, time, span, target] = PLAIN.exec(line) ?? []
  if (head === undefined || time === undefined || target === undefined) return line
  const context = span === undefined ? '' : `\u001b[1m${span}\u001b[0m\u001b[2m:\u001b[0m `
  return (
    `\u001b[2m${time}\u001b[0m \u001b[32m INFO\u001b[0m ${context}` +
    `\u001b[2m${target}\u001b[0m\u001b[2m:\u001b[0m ${line.slice(head.length)}`
  )
}
