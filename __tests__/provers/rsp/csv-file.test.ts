import { expect, test } from 'vitest'
import { parseCsv } from '../../../src/provers/rsp/csv-file.ts'
import { blockOf } from '../read-log.ts'

const HEADER = 'chain_id,block_number,gas_used,tx_count,total_cycles_count,syscalls_count,prover_gas,halt'
const OPCODES = 'chain_id,block_number,gas_used,tx_count,stop,count,avg,add,count,avg'
const ROW = '1,100,35700000,180,702345678,61573,812345679,1'
const wanted = { block: blockOf(100), chainId: 1 }

const read = (...lines: readonly string[]) => parseCsv(`${lines.join('\n')}\n`, wanted)

test('a row is read by the names of its columns', () => {
  const row = { gas: 35_700_000n, transactions: 180, cycles: 702_345_678n, proverGas: 812_345_679n }
  expect(read(HEADER, ROW)).toEqual({ ok: true, value: row })
  const [chain, block, gas, transactions, ...rest] = HEADER.split(',')
  const [a, b, c, d, ...others] = ROW.split(',')
  const shuffled = [block, ...rest, gas, transactions, chain].join(',')
  expect(read(shuffled, [b, ...others, c, d, a].join(','))).toEqual({ ok: true, value: row })
})

test('the last row of the block and the chain counts', () => {
  const other = ROW.replace('702345678', '1')
  const sepolia = ROW.replace('1,', '11155111,').replace('702345678', '2')
  const next = ROW.replace('100', '101')
  expect(read(HEADER, other, next, ROW, sepolia)).toMatchObject({ value: { cycles: 702_345_678n } })
  const anyChain = parseCsv(`${HEADER}\n${ROW}\n${sepolia}\n`, { ...wanted, chainId: null })
  expect(anyChain).toMatchObject({ value: { cycles: 2n } })
})

test('with opcode tracking there are no cycles in it, and no prover gas that was not known is zero', () => {
  const row = { gas: 35_700_000n, transactions: 180, cycles: null, proverGas: null }
  expect(read(OPCODES, '1,100,35700000,180,0,1,0,5,5,1')).toEqual({ ok: true, value: row })
  expect(read(HEADER, ROW.replace('812345679', '0'))).toMatchObject({ value: { proverGas: null } })
})

test('a header in its middle, and carriage returns at its ends, do no harm', () => {
  expect(read(HEADER, HEADER, `${ROW}\r`)).toMatchObject({ value: { cycles: 702_345_678n } })
  expect(parseCsv(`${HEADER}\r\n${ROW}\r\n`, wanted)).toMatchObject({ value: { proverGas: 812_345_679n } })
})

test('counts beyond 2^53 keep their digits', () => {
  expect(read(HEADER, ROW.replace('702345678', '18446744073709551615'))).toMatchObject({
    value: { cycles: 2n ** 64n - 1n }
  })
})

test.each<readonly [string, string, string]>([
  ['empty', '', 'ends in the middle of a row'],
  ['a header alone', `${HEADER}\n`, 'has no row of block 100'],
  ['no header', `${ROW}\n`, 'has no column chain_id, block_number, gas_used, tx_count'],
  ['a column twice', `${HEADER.replace('halt', 'tx_count')}\n${ROW}\n`, 'has no column tx_count'],
  ['a row that is cut', `${HEADER}\n${ROW}`, 'ends in the middle of a row'],
  [
    'a row of other options',
    `${HEADER}\n1,100,35700000,180,0,1,0,5,5,1\n`,
    'has a row of 10 columns below a header of 8'
  ],
  ['a row that is too short', `${HEADER}\n1,100,35700000\n`, 'has a row of 3 columns below a header of 8'],
  ['no number', `${HEADER}\n${ROW.replace('180', '1e2')}\n`, 'has a row without whole numbers'],
  ['no cycles', `${HEADER}\n${ROW.replace('702345678', '')}\n`, 'has a row without whole numbers'],
  [
    'gas that u64 does not hold',
    `${HEADER}\n${ROW.replace('35700000', '18446744073709551616')}\n`,
    'has a row without whole numbers'
  ],
  [
    'transactions that cannot be held',
    `${HEADER}\n${ROW.replace('180', '9007199254740993')}\n`,
    'has a row without whole numbers'
  ],
  ['a fraction', `${HEADER}\n${ROW.replace('702345678', '1.0')}\n`, 'has a row without whole numbers'],
  ['below zero', `${HEADER}\n${ROW.replace('702345678', '-1')}\n`, 'has a row without whole numbers'],
  [
    'groups',
    `${HEADER}\n${ROW.replace('702345678', '"702,345,678"')}\n`,
    'has a row of 10 columns below a header of 8'
  ],
  ['a mark before its header', `\ufeff${HEADER}\n${ROW}\n`, 'has no column chain_id'],
  ['quotes', `${HEADER}\n${ROW.replace('35700000', '"3,5"')}\n`, 'has a row of 9 columns below a header of 8']
])('%s is no row', (_, text, why) => {
  expect(parseCsv(text, wanted)).toEqual({ ok: false, error: why })
})
