import { gas, type Gas } from '../../domain/quantity.ts'
import { failure, success, type Result } from '../../domain/problem.ts'
import type { BlockNumber, Network } from '../../domain/workload.ts'

/** A name in a cache file, such as `{"PublicNetwork":"Mainnet"}`. */
const NETWORK_NAME: Readonly<Record<Network, string>> = {
  mainnet: 'Mainnet',
  sepolia: 'Sepolia',
  hoodi: 'Hoodi'
}

/** What a cache file must be about. */
export interface WitnessSubject {
  readonly network: Network
  readonly block: BlockNumber
}

/** The name by which ethrex-replay looks for a block's witness. */
export const witnessFileName = ({ network, block }: WitnessSubject): string =>
  `cache_${network}_${block}.json`

/** Checks that a text is the witness of that one block and reads the gas it used. The error ends a sentence. */
export const readWitness = (text: string, subject: WitnessSubject): Result<{ readonly gas: Gas }, string> => {
  const file = parse(text)
  if (!file.ok) return file
  const network = at(file.value, 'network', 'PublicNetwork')
  if (network !== NETWORK_NAME[subject.network]) {
    return failure(`is of the network ${JSON.stringify(network ?? null)}, not of ${subject.network}`)
  }
  const blocks = at(file.value, 'blocks')
  if (!Array.isArray(blocks)) return failure('has no list of blocks')
  if (blocks.length !== 1) return failure(`holds ${blocks.length} blocks, not one`)
  const header = at(blocks[0], 'header')
  const number = quantity(at(header, 'number'))
  if (number === null) return failure('has a block without a number')
  if (number !== BigInt(subject.block)) return failure(`is of block ${number}, not of ${subject.block}`)
  if (!Array.isArray(at(file.value, 'witness', 'state'))) return failure('has no witness of the state')
  const used = quantity(at(header, 'gasUsed'))
  return used === null ? failure('does not say how much gas the block used') : success({ gas: gas(used) })
}

const parse = (text: string): Result<unknown, string> => {
  try {
    return success(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return failure('is not JSON')
  }
}

const at = (value: unknown, ...keys: readonly string[]): unknown => {
  const [key, ...rest] = keys
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return at(Object.entries(value).find(([name]) => name === key)?.[1], ...rest)
}

const quantity = (value: unknown): bigint | null =>
  typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value) ? BigInt(value) : null
