import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { milliseconds } from '../../../src/domain/quantity.ts'
import { createGpu } from '../../../src/io/node/gpu.ts'
import { createNvidiaSmi } from '../../../src/io/node/nvidia-smi.ts'
import { installNvidiaSmi } from '../../support/nvidia-smi.ts'
import { aliveWith, logsIn, newMarker, newProcesses, PATH, temporaryDirectory, until } from './programs.ts'

const DEADLINE = 300
const OURS = 'a'.repeat(64)

const newGpu = (scenario: string, bin = join(temporaryDirectory(), 'bin')) => {
  const nvidiaSmi = installNvidiaSmi(bin, scenario)
  const { processes, cancel, tag } = newProcesses()
  const waits: string[] = []
  const containers = new Set<string>()
  const lived = new Map<number, string>()
  const gpu = createGpu({
    nvidiaSmi: createNvidiaSmi({ processes, env: { PATH: `${bin}:${PATH}` } }, milliseconds(DEADLINE)),
    tag,
    containers,
    containerOf: (pid) => lived.get(pid) ?? null,
    onWait: (user) => waits.push(user),
    signal: cancel.signal,
    waitEvery: 10,
    watchEvery: 20
  })
  return { ...nvidiaSmi, gpu, waits, containers, lived, processes, cancel }
}

/** A process of nobody's that runs until the end of the test. */
const startStranger = (): number => {
  const child = spawn('sleep', ['300'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid ?? 0
}

const PATIENCE = milliseconds(60_000)

describe('before a trial', { timeout: 30_000 }, () => {
  it('an idle GPU is used at once', async () => {
    const { gpu, waits, samples } = newGpu('')
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'idle' })
    expect([waits, samples()]).toEqual([[], 1])
  })

  it('one that somebody uses is waited for, and it is said for whom', async () => {
    const pid = startStranger()
    const { gpu, waits, show } = newGpu(`apps='${pid}, /usr/bin/python3'`)
    const state = gpu.settle(PATIENCE)
    await until(() => waits.length > 0)
    show('')
    expect(await state).toEqual({ kind: 'idle' })
    expect(waits).toEqual([`${pid} /usr/bin/python3`])
  })

  it('one that never gets free is given up, with the names of those who use it', async () => {
    const [one, two] = [startStranger(), startStranger()]
    const { gpu } = newGpu(`apps='${one}, [Insufficient Permissions]\n${two}, a'`)
    expect(await gpu.settle(milliseconds(50))).toEqual({ kind: 'busy', by: `${one} sleep, ${two} a` })
  })

  it('a name is shown without its tricks', async () => {
    const pid = startStranger()
    const { gpu } = newGpu(`apps=$(printf '${pid}, \\033[31mred\\342\\200\\256')`)
    expect(await gpu.settle(milliseconds(0))).toEqual({ kind: 'busy', by: `${pid} red\\u{202e}` })
  })

  it('load that nobody is named for counts when it lasts', async () => {
    const lasting = newGpu('utilization_gpu=10')
    expect(await lasting.gpu.settle(milliseconds(0))).toEqual({
      kind: 'busy',
      by: 'something that nvidia-smi does not name'
    })
    const passing = newGpu('[ $samples -gt 1 ] || utilization_gpu=97')
    expect(await passing.gpu.settle(milliseconds(0))).toEqual({ kind: 'idle' })
    expect([passing.samples(), passing.waits]).toEqual([2, []])
    expect(await newGpu('utilization_gpu=9').gpu.settle(milliseconds(0))).toEqual({ kind: 'idle' })
    expect(await newGpu("gpus=2 utilization_gpu_0='[N/A]'").gpu.settle(milliseconds(0))).toEqual({
      kind: 'idle'
    })
    expect((await newGpu('gpus=2 utilization_gpu_1=50').gpu.settle(milliseconds(0))).kind).toBe('busy')
  })

  it('waiting ends with a cancel', async () => {
    const { gpu, waits, cancel } = newGpu(`apps='${startStranger()}, a'`)
    const state = gpu.settle(PATIENCE)
    await until(() => waits.length > 0)
    cancel.abort()
    expect(await state).toEqual({ kind: 'cancelled' })
  })

  it.for([
    ['garbage', 'nvidia-smi answered what cannot be read'],
    ['no_gpu', 'nvidia-smi finds no GPU'],
    ['no_driver', 'nvidia-smi finds no GPU'],
    ['exit 0', 'nvidia-smi answered what cannot be read'],
    ['echo no luck; exit 4', 'nvidia-smi failed: no luck'],
    ["temperature_gpu='41 C'", 'nvidia-smi answered what cannot be read'],
    ["apps='[Not Supported], [Not Supported]'", 'nvidia-smi does not show who uses it'],
    ["apps='oops'", 'nvidia-smi answered what cannot be read']
  ])('%s: nothing is known', async ([scenario, why]) => {
    expect(await newGpu(scenario!).gpu.settle(PATIENCE)).toEqual({ kind: 'unknown', why })
  })

  it('without nvidia-smi nothing is known', async () => {
    const { processes, cancel, tag } = newProcesses()
    const env = { PATH: '/nowhere' }
    const nvidiaSmi = createNvidiaSmi({ processes, env })
    const gpu = createGpu({ nvidiaSmi, tag, containers: new Set(), onWait: String, signal: cancel.signal })
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'unknown', why: 'there is no nvidia-smi that runs' })
    expect(await gpu.watch().end()).toEqual({
      kind: 'present',
      trace: null,
      gap: 'there is no nvidia-smi that runs'
    })
  })

  it('a lost GPU is lost, and one fewer than before is, too', async () => {
    const { gpu, show } = newGpu('gpus=2')
    expect((await gpu.settle(PATIENCE)).kind).toBe('idle')
    show('gpus=1')
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'lost', why: 'nvidia-smi shows 1 of 2 GPUs' })
    for (const answer of ['lost', 'no_gpu', 'no_driver', "clocks_sm_1='[GPU is lost]' gpus=2"]) {
      show(answer)
      expect([answer, (await gpu.settle(PATIENCE)).kind]).toEqual([answer, 'lost'])
    }
    show('garbage')
    expect((await gpu.settle(PATIENCE)).kind).toBe('unknown')
    expect((await newGpu('lost').gpu.settle(PATIENCE)).kind).toBe('lost')
  })

  it('a driver of tomorrow, which forgot the old name of the reasons, is understood', async () => {
    const { gpu } = newGpu('unset clocks_throttle_reasons_active; clocks_throttle_reasons_active=')
    expect((await gpu.settle(PATIENCE)).kind).toBe('unknown')
    const rename = 'case "$query" in *throttle*) clocks_throttle_reasons_active= ;; esac'
    expect(await newGpu(rename).gpu.settle(PATIENCE)).toEqual({ kind: 'idle' })
  })
})

describe('during a trial', { timeout: 30_000 }, () => {
  it('however short, it is looked at first and last', async () => {
    const { gpu, samples } = newGpu('')
    const fate = await gpu.watch().end()
    expect(samples()).toBe(2)
    expect(fate).toMatchObject({ kind: 'present', trace: { samples: 2, foreign: [] }, gap: null })
  })

  it('it is looked at again and again, and the worst is kept', async () => {
    const { gpu, samples } = newGpu(`
      gpus=2 utilization_gpu=97 clocks_sm=1980 clocks_throttle_reasons_active=0x4 memory_used=1000
      case $samples in 2) temperature_gpu_1=88 clocks_throttle_reasons_active=0x40 ;; 3) clocks_sm_0=900 ;; esac`)
    const watch = gpu.watch()
    await until(() => samples() >= 4)
    const fate = await watch.end()
    expect(fate).toMatchObject({
      kind: 'present',
      gap: null,
      trace: {
        temperature: 88,
        smClock: { lo: 900, hi: 1980 },
        throttled: ['sw-power-cap', 'hw-thermal-slowdown'],
        peakMemory: 2000 * 1024 * 1024,
        foreign: []
      }
    })
    const looks = samples()
    await new Promise((settle) => setTimeout(settle, 60))
    expect(samples()).toBe(looks)
  })

  it('ours is what carries our tag, or whose group does; anybody else is foreign', async () => {
    const { gpu, processes, show, waits } = newGpu('')
    const [tagged, untagged] = [newMarker(), newMarker()]
    const script = `sh -c 'sleep 300; :' ${tagged} & env -i NONE=1 sh -c 'sleep 300; :' ${untagged} & wait`
    const command = { program: '/bin/sh', args: ['-c', script], cwd: '/', env: { PATH } }
    const directory = temporaryDirectory()
    const running = processes.run(command, logsIn(directory, 15_000))
    // The shell that starts them has their markers on its command line, too.
    await until(() => aliveWith(tagged).length === 2 && aliveWith(untagged).length === 2)
    const [stranger, gone] = [startStranger(), 4_194_303]
    const pids = [...new Set([...aliveWith(tagged), ...aliveWith(untagged)]), stranger, gone]
    show(`apps='${pids.map((pid) => `${pid}, prover`).join('\n')}'`)
    expect(await gpu.watch().end()).toMatchObject({ trace: { foreign: [`${stranger} prover`] } })
    expect(await gpu.settle(milliseconds(0))).toEqual({ kind: 'busy', by: `${stranger} prover` })
    expect(waits).toEqual([])
    for (const pid of aliveWith(tagged)) process.kill(Number(pid))
    for (const pid of aliveWith(untagged)) process.kill(Number(pid))
    await running
  })

  it('ours is what lives in a container that turns out to be ours', async () => {
    const [inside, outside] = [startStranger(), startStranger()]
    const { gpu, lived, containers, samples } = newGpu(`apps='${inside}, sp1\n${outside}, other'`)
    lived.set(inside, OURS).set(outside, 'b'.repeat(64))
    const watch = gpu.watch()
    await until(() => samples() > 0)
    containers.add(OURS)
    expect(await watch.end()).toMatchObject({ trace: { foreign: [`${outside} other`] } })
  })

  it('lost once is lost', async () => {
    const { gpu, samples } = newGpu('[ $samples -ne 2 ] || lost')
    const watch = gpu.watch()
    await until(() => samples() >= 2)
    expect(await watch.end()).toEqual({
      kind: 'lost',
      why: expect.stringContaining('GPU is lost. Reboot the system') as string
    })
    expect(samples()).toBe(2)
  })

  it('silent once is not asked again until the next trial', async () => {
    const { gpu, samples, show } = newGpu('[ $samples -lt 2 ] || hang')
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'idle' })
    const watch = gpu.watch()
    await until(() => samples() === 2)
    const why = 'nvidia-smi did not answer within 0.3 s'
    expect(await watch.end()).toEqual({ kind: 'present', trace: null, gap: why })
    expect(samples()).toBe(2)
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'unknown', why })
    expect(await gpu.watch().end()).toEqual({ kind: 'present', trace: null, gap: why })
    expect(samples()).toBe(3)
    show('')
    expect(await gpu.settle(PATIENCE)).toEqual({ kind: 'idle' })
    expect(await gpu.watch().end()).toMatchObject({ trace: { samples: 2 }, gap: null })
  })

  it('what was seen between garbage is kept, and the gap is told', async () => {
    const { gpu, samples } = newGpu('[ $samples -ne 2 ] || garbage')
    const watch = gpu.watch()
    await until(() => samples() >= 3)
    expect(await watch.end()).toMatchObject({
      kind: 'present',
      trace: { temperature: 41 },
      gap: 'nvidia-smi answered what cannot be read'
    })
  })
})
