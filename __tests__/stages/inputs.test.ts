import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { bytes, gas, minutes } from '../../src/domain/quantity.ts'
import type { Witness } from '../../src/domain/witness.ts'
import { files } from '../../src/io/node/files.ts'
import { createProcesses } from '../../src/io/node/processes.ts'
import { startOfflineEndpoint } from '../../src/io/node/rpc-forwarder.ts'
import { makeTag } from '../../src/io/node/tag.ts'
import { inputCommand } from '../../src/provers/ethrex-replay/commands.ts'
import { compareInputs, type InputsPorts, type InputsRequest } from '../../src/stages/inputs.ts'
import { temporaryDirectory } from '../io/node/programs.ts'
import { block } from '../support/plans.ts'
import { aBuild } from '../support/runs.ts'
import { environment, keptLog } from '../support/small-trees.ts'

/** A host in the shape of ethrex-replay: an input is its witness, written again, behind a word of its own. */
const HOST = `#!/bin/sh
set -e
n=$3
out=$5
case "$0 $n" in
  *head\\ 3) exit 7 ;;
  *base\\ 4) exit 0 ;;
  *head\\ 5) mkdir "$out"; : > "$out/input.bin"; exit 0 ;;
  *head\\ 6) mkdir -p "$out/input.bin"; exit 0 ;;
  *head\\ 7) : > "$out"; exit 0 ;;
  *base\\ 8) sleep 60 ;;
  *base\\ 9) kill -9 $$ ;;
esac
echo again >> replay_cache/cache_hoodi_$n.json
mkdir "$out"
echo "$WORD" > "$out/ethrex_hoodi_\${n}_input.bin"
case "$0 $n" in *head\\ 2) echo other >> "$out/ethrex_hoodi_2_input.bin" ;; esac
cat replay_cache/cache_hoodi_$n.json >> "$out/ethrex_hoodi_\${n}_input.bin"
env > "$SEEN"
`

let directory: string
let request: InputsRequest
let ports: InputsPorts
let opened: string[]
let cancel: AbortController

const witness = (number: number): Witness => {
  const path = join(directory, `store-${number}`)
  writeFileSync(path, `witness of ${number}\n`, { mode: 0o444 })
  const sha256 = files.sha256OfText(`witness of ${number}\n`)
  return { block: block(number), path, sha256, size: bytes(10), gas: gas(1n) }
}

beforeEach(() => {
  directory = temporaryDirectory()
  opened = []
  cancel = new AbortController()
  mkdirSync(join(directory, 'logs'))
  for (const side of ['base', 'head']) writeFileSync(join(directory, side), HOST, { mode: 0o755 })
  const seen = join(directory, 'seen')
  request = {
    builds: {
      base: aBuild('a', { binary: join(directory, 'base') }),
      head: aBuild('b', { binary: join(directory, 'head') })
    },
    network: 'hoodi',
    witnesses: [],
    inputCommand,
    environment: { PATH: environment['PATH'] ?? '', WORD: 'an input', SEEN: seen },
    workDirectory: join(directory, 'work'),
    logDirectory: join(directory, 'logs'),
    timeout: minutes(0.5)
  }
  ports = {
    processes: createProcesses({ tag: makeTag(), signal: cancel.signal }),
    files,
    log: keptLog(),
    witnessStore: { isIntact: async ({ path, sha256 }) => (await files.sha256OfFile(path)) === sha256 },
    startOfflineEndpoint: async (network) => {
      const endpoint = await startOfflineEndpoint(network)
      opened.push(endpoint.url)
      return endpoint
    }
  }
})

const compare = async (numbers: readonly number[], changes: Partial<InputsRequest> = {}) =>
  compareInputs({ ...request, witnesses: numbers.map(witness), ...changes }, ports)

describe('the inputs of both sides', () => {
  test('are made from the witness, offline, and compared by their hash', async () => {
    const end = await compare([1, 2])
    if (end.kind !== 'compared') throw new Error(end.kind)
    expect(end.notes).toEqual([])
    const [same, different] = end.inputs
    expect(same?.base).toMatch(/^[0-9a-f]{64}$/)
    expect(same).toEqual({ block: 1, base: same?.base, head: same?.base })
    expect(different?.base).not.toBe(different?.head)
    expect(different?.base).not.toBe(same?.base)
    expect(await compare([1, 2])).toEqual(end)
  })

  test('leave the witness as it was, the work directory gone and the endpoint closed', async () => {
    await compare([1])
    expect(readFileSync(join(directory, 'store-1'), 'utf8')).toBe('witness of 1\n')
    expect(await files.names(directory)).not.toContain('work')
    await expect(fetch(opened[0] ?? '')).rejects.toThrow('fetch failed')
    expect(
      readFileSync(join(directory, 'seen'), 'utf8')
        .split('\n')
        .map((line) => line.split('=')[0])
    ).toEqual(expect.arrayContaining(['PATH', 'WORD', 'NO_COLOR', 'PROVING_REGRESSION_RUN']))
  })

  test('are not known where one cannot be made, and then never equal', async () => {
    const end = await compare([3, 4, 5, 6, 7, 9])
    if (end.kind !== 'compared') throw new Error(end.kind)
    expect(end.notes).toEqual([
      'The input of block 3 on head is not known: the host ended with status 7.',
      'The input of block 4 on base is not known: the host left no input.',
      'The input of block 5 on head is not known: the host left no input.',
      'The input of block 6 on head is not known: the host left no input.',
      expect.stringMatching(
        /^The input of block 7 on head is not known: what the host left cannot be read: /
      ),
      'The input of block 9 on base is not known: the host was ended by SIGKILL.'
    ])
    expect(end.inputs.map(({ base, head }) => [base === null, head === null])).toEqual([
      [false, true],
      [true, false],
      [false, true],
      [false, true],
      [false, true],
      [true, false]
    ])
  })

  test('are not known of a witness that changed, nor of a host that takes too long', async () => {
    const changed = { ...witness(1), sha256: '0'.repeat(64) }
    const end = await compareInputs(
      { ...request, witnesses: [changed, witness(8)], timeout: minutes(0.01) },
      ports
    )
    expect(end).toMatchObject({
      kind: 'compared',
      inputs: [
        { block: 1, base: null, head: null },
        { block: 8, base: null }
      ],
      notes: expect.arrayContaining([
        'The input of block 1 on base is not known: its witness is not what it was when the run began.',
        'The input of block 8 on base is not known: the host was ended: timeout.'
      ]) as unknown
    })
  })

  test('end with the run', async () => {
    setTimeout(() => cancel.abort(), 50)
    expect(await compare([8])).toEqual({ kind: 'cancelled' })
    await expect(fetch(opened[0] ?? '')).rejects.toThrow('fetch failed')
  })
})
