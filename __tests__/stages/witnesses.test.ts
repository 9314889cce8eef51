import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { files } from '../../src/io/node/files.ts'
import { createWitnessStore } from '../../src/io/node/witness-store.ts'
import type { Network } from '../../src/domain/workload.ts'
import { fetchWitnesses, type FetchPorts, type FetchRequest } from '../../src/stages/witnesses.ts'
import { block } from '../support/plans.ts'
import { environment, keptLog, realProcesses, scratch } from '../support/small-trees.ts'

const place = await scratch()
afterAll(place.dispose)

/** A host that fetches block 16, brings the wrong one for 17, none for 18 and fails on 19. */
const HOST = `#!/bin/sh
echo "$@" > "$LOG_OF_CALL"
echo looking
case "$3" in 16) n=0x10 ;; 17) n=0x10 ;; 18) exit 0 ;; *) echo it failed >&2; exit 1 ;; esac
mkdir -p replay_cache
cat > "replay_cache/cache_hoodi_$3.json" <<END
{"blocks":[{"header":{"number":"$n","gasUsed":"0x1"}}],"witness":{"state":[]},"network":{"PublicNetwork":"Hoodi"}}
END
`

let request: FetchRequest
let ports: FetchPorts
const network: Network = 'hoodi'

beforeEach(async () => {
  const binary = join(place.path, 'host')
  await writeFile(binary, HOST, { mode: 0o755 })
  await mkdir(join(place.path, 'logs'), { recursive: true })
  ports = {
    processes: realProcesses(),
    files,
    store: createWitnessStore({ cacheDir: join(place.path, 'cache'), network }),
    log: keptLog()
  }
  request = {
    binary,
    network,
    inputCommand: (options) => ({
      args: [
        'generate-input',
        '--block',
        String(options.block),
        '--rpc-url',
        options.rpcUrl,
        '--output-dir',
        options.outputDir
      ],
      env: { LOG_OF_CALL: join(place.path, 'call') },
      cacheFile: `replay_cache/cache_${options.network}_${options.block}.json`
    }),
    environment,
    workDirectory: join(place.path, 'work'),
    logDirectory: join(place.path, 'logs'),
    forwarder: { url: 'http://127.0.0.1:1/token', takeTroubles: () => [], close: () => Promise.resolve() }
  }
})

describe('witnesses from an endpoint', () => {
  test('are fetched by the host, kept, and found by a later run', async () => {
    const fetched = await fetchWitnesses([block(16)], request, ports)
    expect(fetched).toMatchObject({ kind: 'fetched', failures: [], witnesses: [{ block: 16, gas: 1n }] })
    expect(await readFile(join(place.path, 'call'), 'utf8')).toBe(
      `generate-input --block 16 --rpc-url http://127.0.0.1:1/token --output-dir ${join(place.path, 'work/generated_inputs')}\n`
    )
    expect(await ports.store.kept(block(16))).toEqual(fetched.kind === 'fetched' && fetched.witnesses[0])
    expect(await files.names(place.path)).not.toContain('work')
  })

  test('that cannot be had fail by block, with the reason and the log', async () => {
    const fetched = await fetchWitnesses([17, 18, 19].map(block), request, ports)
    expect(fetched.kind === 'fetched' && fetched.failures).toMatchObject([
      {
        block: 17,
        stage: 'fetch',
        reason: 'bad-input',
        side: null,
        message: matching(/is of block 16, not of 17$/)
      },
      { block: 18, message: matching(/cache_hoodi_18.json is not there$/) },
      {
        block: 19,
        message: 'the witness of block 19 could not be fetched: the host ended with status 1',
        tail: containing('it failed')
      }
    ])
    const forwarder = {
      ...request.forwarder,
      takeTroubles: () => ['eth_getBlockByNumber found nothing (null)']
    }
    const told = await fetchWitnesses([block(19)], { ...request, forwarder }, ports)
    expect(told.kind === 'fetched' && told.failures[0]?.message).toBe(
      'the witness of block 19 could not be fetched: eth_getBlockByNumber found nothing (null)'
    )
  })
})

function containing(text: string): unknown {
  return expect.stringContaining(text)
}

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}
