import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EthrexSources } from '../../stand-in/sources.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import { files } from '../../src/io/node/files.ts'
import { startOfflineEndpoint } from '../../src/io/node/rpc-forwarder.ts'
import { ethrexReplay } from '../../src/provers/ethrex-replay/ethrex-replay.ts'
import { findGuest } from '../../src/stages/guest.ts'
import type { Guest } from '../../src/domain/build.ts'
import { start, Workshop } from './workshop.ts'

// The machine may be compiling something else at the same time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 })

const GAS = 10_000_000
const SECONDS = 100

interface Revision {
  readonly guest: Guest | null
  /** Of block 20, as a hash. */
  readonly input: string | null
  /** In a folder of its own. */
  readonly binary: string
}

let workshop: Workshop
let base: Revision
let otherInput: Revision
let otherProver: Revision
let otherGuest: Revision

/** The next revision: what is not named stays as it was. */
const revise = async (name: string, sources: EthrexSources): Promise<Revision> => {
  const built = await workshop.build(['sp1'], sources)
  await mkdir(workshop.path(name))
  const binary = workshop.path(name, 'ethrex-replay')
  await copyFile(built, binary)
  const guest = await findGuest(workshop.standIn.ethrex, ethrexReplay.guestArtefacts('sp1'), files)
  return { guest, binary, input: await inputOf(binary, workshop.path(name)) }
}

/** What generate-input makes of a cache file where there is nobody to ask. */
const inputOf = async (binary: string, directory: string): Promise<string | null> => {
  const endpoint = await startOfflineEndpoint('mainnet')
  await writeWitness(join(directory, 'replay_cache'), { number: 20, gas: GAS, transactions: 3 })
  const args = ['generate-input', '--block', '20', '--rpc-url', endpoint.url, '--output-dir', 'inputs']
  const { code, stdout } = await start(binary, args, { cwd: directory }).exited
  expect([code, stdout]).toEqual([0, expect.stringContaining('Getting block 20 data from cache')])
  expect(endpoint.takeTroubles()).toEqual([])
  await endpoint.close()
  return files.sha256OfFile(join(directory, 'inputs/ethrex_mainnet_20_input.bin'))
}

beforeAll(async () => {
  workshop = await Workshop.open({ seconds: { 20: SECONDS }, timeScale: 100_000 })
  base = await revise('base', {
    outliers: [{ block: 20, proof: 2, percent: 50 }],
    failsOnce: [{ block: 20, proof: 3 }]
  })
  otherInput = await revise('input', { inputFormat: 2, outliers: [], failsOnce: [] })
  otherProver = await revise('prover', { noise: { sd: 0.02, seed: 1 } })
  otherGuest = await revise('guest', { cyclesPerGas: { execution: 41 }, noise: { sd: 0.02, seed: 2 } })
})
afterAll(() => workshop.close())

describe('a revision', () => {
  it('leaves a guest and its key, and an input', () => {
    expect(base.guest?.elf).toMatch(/^[0-9a-f]{64}$/)
    expect(base.guest?.key).toMatch(/^[0-9a-f]{64}$/)
    expect(base.input).toMatch(/^[0-9a-f]{64}$/)
  })

  it('has another input, and the same guest, where only the input is another', () => {
    expect(otherInput.guest).toEqual(base.guest)
    expect(otherInput.input).not.toBe(base.input)
  })

  it('has the same guest and input where only the prover is another', () => {
    expect(otherProver.guest).toEqual(otherInput.guest)
    expect(otherProver.input).toBe(otherInput.input)
  })

  it('has another guest, with another key, where the guest is another', () => {
    expect(otherGuest.guest?.elf).not.toBe(otherProver.guest?.elf)
    expect(otherGuest.guest?.key).not.toBe(otherProver.guest?.key)
    expect(otherGuest.input).toBe(otherProver.input)
  })
})

/** Seconds of so many proofs, one after the other; null of one that failed. */
const prove = async (binary: string, times: number): Promise<readonly (number | null)[]> => {
  const cwd = join(binary, '..')
  const args = [
    'block',
    '20',
    '--cached',
    '--network',
    'mainnet',
    '--zkvm',
    'sp1',
    '--action',
    'prove',
    '--bench'
  ]
  const seconds: (number | null)[] = []
  for (let proof = 1; proof <= times; proof++) {
    const { code } = await start(binary, args, { cwd }).exited
    const text = code === 0 ? await readFile(join(cwd, 'bench_latest.json'), 'utf8') : null
    const entry = text === null ? null : (JSON.parse(text) as [{ value: number }])[0]
    seconds.push(entry === null ? null : GAS / 1e6 / entry.value)
  }
  return seconds
}

describe('proofs that are not all alike', () => {
  it('are told by their number among those of the block that this build made', async () => {
    const seconds = await prove(base.binary, 4)
    expect(seconds.map((value) => (value === null ? null : Math.round(value * 1e6) / 1e6))).toEqual([
      SECONDS,
      1.5 * SECONDS,
      null,
      SECONDS
    ])
  })

  it('are as noisy as is asked for, always in the same way', async () => {
    const [first, again] = [otherProver.binary, workshop.path('again', 'ethrex-replay')]
    await mkdir(workshop.path('again'))
    await copyFile(first, again)
    await writeWitness(workshop.path('again', 'replay_cache'), { number: 20, gas: GAS, transactions: 3 })
    const noisy = await prove(first, 12)
    expect(await prove(again, 12)).toEqual(noisy)
    expect(await prove(otherGuest.binary, 12)).not.toEqual(noisy)
    const logs = noisy.map((value) => Math.log((value ?? NaN) / SECONDS))
    const sd = Math.sqrt(logs.reduce((sum, value) => sum + value * value, 0) / logs.length)
    expect(sd).toBeGreaterThan(0.01)
    expect(sd).toBeLessThan(0.04)
  })

  it('leave no count where they are all alike', async () => {
    expect(await prove(otherInput.binary, 1)).toEqual([SECONDS])
    expect(await files.names(join(otherInput.binary, '..'))).not.toContain('proofs-of-20')
    expect(await files.names(join(base.binary, '..'))).toContain('proofs-of-20')
  })
})
