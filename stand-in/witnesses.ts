import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Network = 'mainnet' | 'sepolia' | 'hoodi'

export interface InventedBlock {
  readonly number: number
  readonly gas: number
  readonly transactions: number
  readonly network?: Network
}

/** Every file that replay reads has this shape; what is in ours has never been on a chain. */
export const writeWitness = async (directory: string, block: InventedBlock): Promise<string> => {
  const path = join(directory, `cache_${block.network ?? 'mainnet'}_${block.number}.json`)
  await mkdir(directory, { recursive: true })
  await writeFile(path, JSON.stringify(witnessOf(block), null, 2))
  return path
}

const NETWORKS: Readonly<Record<Network, { readonly name: string; readonly chain: number }>> = {
  mainnet: { name: 'Mainnet', chain: 1 },
  sepolia: { name: 'Sepolia', chain: 11_155_111 },
  hoodi: { name: 'Hoodi', chain: 560_048 }
}

const SLOT_SECONDS = 12
/** Some moment in September 2025, counted back to block 0 in slots. */
const FIRST_TIMESTAMP = 1_758_000_000 - 23_400_000 * SLOT_SECONDS
const GAS_LIMIT = 45_000_000
const NODES = { state: 12, keys: 6, codes: 3, headers: 2 }

const witnessOf = (block: InventedBlock): object => {
  const nodes = (part: keyof typeof NODES): readonly string[] =>
    Array.from({ length: NODES[part] }, (_, at) => bytes(`${block.number} ${part} ${at}`, 48))
  return {
    blocks: [{ header: headerOf(block), body: bodyOf(block) }],
    witness: { state: nodes('state'), keys: nodes('keys'), codes: nodes('codes'), headers: nodes('headers') },
    network: { PublicNetwork: NETWORKS[block.network ?? 'mainnet'].name }
  }
}

const headerOf = ({ number, gas }: InventedBlock): Readonly<Record<string, string>> => ({
  parentHash: bytes(`${number - 1}`, 32),
  sha3Uncles: bytes('no uncles', 32),
  miner: bytes(`${number} miner`, 20),
  stateRoot: bytes(`${number} state`, 32),
  transactionsRoot: bytes(`${number} transactions`, 32),
  receiptsRoot: bytes(`${number} receipts`, 32),
  logsBloom: bytes(`${number} logs`, 256),
  difficulty: quantity(0),
  number: quantity(number),
  gasLimit: quantity(GAS_LIMIT),
  gasUsed: quantity(gas),
  timestamp: quantity(Math.max(1, FIRST_TIMESTAMP + number * SLOT_SECONDS)),
  extraData: `0x${Buffer.from('invented').toString('hex')}`,
  mixHash: bytes(`${number} mix`, 32),
  nonce: '0x0000000000000000',
  baseFeePerGas: quantity(1_000_000_007),
  withdrawalsRoot: bytes(`${number} withdrawals`, 32),
  blobGasUsed: quantity(0),
  excessBlobGas: quantity(0),
  parentBeaconBlockRoot: bytes(`${number} beacon`, 32),
  requestsHash: bytes('no requests', 32)
})

const bodyOf = (block: InventedBlock): object => ({
  transactions: Array.from({ length: block.transactions }, (_, at) => transactionOf(block, at)),
  uncles: [],
  withdrawals: []
})

const transactionOf = (block: InventedBlock, at: number): object => {
  const label = `${block.number} ${at}`
  return {
    type: '0x2',
    nonce: quantity(at),
    to: bytes(`${label} to`, 20),
    gas: quantity(Math.floor(block.gas / block.transactions)),
    value: quantity(at * 1_000_000),
    input: '0x',
    maxPriorityFeePerGas: quantity(1_000_000),
    maxFeePerGas: quantity(2_000_000_000),
    gasPrice: quantity(1_001_000_007),
    accessList: [],
    chainId: quantity(NETWORKS[block.network ?? 'mainnet'].chain),
    yParity: '0x0',
    v: '0x0',
    r: bytes(`${label} r`, 32),
    s: bytes(`${label} s`, 32)
  }
}

const quantity = (value: number): string => `0x${value.toString(16)}`

/** As many bytes as are asked for, always the same for the same label. */
const bytes = (label: string, length: number): string => {
  let hex = ''
  for (let part = 0; hex.length < 2 * length; part += 1) {
    hex += createHash('sha256').update(`${label} ${part}`).digest('hex')
  }
  return `0x${hex.slice(0, 2 * length)}`
}
