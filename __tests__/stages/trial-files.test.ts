import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { bytes, gas, milliseconds } from '../../src/domain/quantity.ts'
import { clock } from '../../src/io/node/clock.ts'
import { files } from '../../src/io/node/files.ts'
import { createProcesses } from '../../src/io/node/processes.ts'
import { makeTag } from '../../src/io/node/tag.ts'
import type { Command, Finished, Processes } from '../../src/io/ports.ts'
import { ethrexReplay } from '../../src/provers/ethrex-replay/ethrex-replay.ts'
import { NO_FILES, type AfterCommand, type TrialCommand } from '../../src/provers/prover.ts'
import { runTrial } from '../../src/stages/trial.ts'
import { keptFiles, prepareFiles, type TrialPlace } from '../../src/stages/trial-files.ts'
import { reportText } from '../provers/zisk/emulator-text.ts'
import { aPlan, block, trialNamed } from '../support/plans.ts'
import { aBuild } from '../support/runs.ts'

/** A folder with the working directory of a trial, and one outside it that the host has compiled in. */
let root: string
let place: TrialPlace
const outside = (...names: readonly string[]): string => join(root, 'checkout', ...names)

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trial-files-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  place = {
    workDirectory: join(root, 'work'),
    environment: { PATH: join(root, 'bin') },
    deadline: milliseconds(30_000)
  }
  await mkdir(place.workDirectory)
})

const commandWith = (parts: Partial<TrialCommand>): TrialCommand => ({
  args: [],
  env: {},
  keepFiles: [],
  directories: [],
  removeFirst: [],
  after: [],
  ...parts
})

const NO_PROCESSES: Processes = {
  run: () => Promise.reject(new Error('nothing is run')),
  capture: () => Promise.reject(new Error('nothing is run'))
}

/** Takes down what is started, and ends it as told. */
const processesThat = (end: Finished['end'], stdout = '', stderr = '') => {
  const started: Command[] = []
  const processes: Processes = {
    ...NO_PROCESSES,
    capture: (command) => {
      started.push(command)
      return Promise.resolve({ finished: { end, wall: milliseconds(1), leftovers: [] }, stdout, stderr })
    }
  }
  return { processes, started }
}

const exited = (code: number): Finished['end'] => ({ kind: 'ended', exit: { kind: 'exited', code } })

describe('before a trial', () => {
  test('what an earlier one left is gone, inside and outside, and the directories are there', async () => {
    await writeFile(join(place.workDirectory, 'bench_latest.json'), 'old')
    await mkdir(outside('prover', 'zisk_output'), { recursive: true })
    await writeFile(outside('prover', 'zisk_output', 'result.json'), 'old')
    await writeFile(outside('prover', 'Cargo.toml'), 'not ours')
    const removeFirst = [outside('prover', 'zisk_output'), outside('nowhere', 'zisk_output')]
    const directories = [outside('prover'), outside('deep', 'down')]
    await prepareFiles(commandWith({ removeFirst, directories }), place, files)
    expect(await readdir(place.workDirectory)).toEqual([])
    expect(await readdir(outside('prover'))).toEqual(['Cargo.toml'])
    expect(await readdir(outside('deep'))).toEqual(['down'])
  })

  test('a link is removed, not what it leads to', async () => {
    await mkdir(outside('elsewhere'), { recursive: true })
    await writeFile(outside('elsewhere', 'kept'), '')
    await symlink(outside('elsewhere'), outside('zisk_output'))
    await prepareFiles(commandWith({ removeFirst: [outside('zisk_output')] }), place, files)
    expect(await readdir(outside())).toEqual(['elsewhere'])
    expect(await readdir(outside('elsewhere'))).toEqual(['kept'])
  })
})

const keep = (command: Partial<TrialCommand>, processes: Processes = NO_PROCESSES) =>
  keptFiles(commandWith(command), place, { files, processes })

describe('the files of a trial', () => {
  const RESULT = { name: 'result', paths: ['a.json', 'b.json'] } as const

  test('are read from the first place where there is one', async () => {
    expect(await keep({ keepFiles: [RESULT] })).toEqual({ files: NO_FILES, remarks: [] })
    await writeFile(join(place.workDirectory, 'b.json'), 'b')
    expect((await keep({ keepFiles: [RESULT] }))?.files.result).toEqual({ text: 'b', fresh: true })
    await writeFile(join(place.workDirectory, 'a.json'), 'a')
    expect((await keep({ keepFiles: [RESULT] }))?.files.result).toEqual({ text: 'a', fresh: true })
  })

  test('may be outside the working directory, in a folder that is none', async () => {
    await mkdir(outside())
    await writeFile(outside('zisk_output'), 'a proof')
    await writeFile(outside('result.json'), '{}')
    const paths = [outside('zisk_output', 'result.json'), outside('result.json')]
    expect((await keep({ keepFiles: [{ name: 'result', paths }] }))?.files.result?.text).toBe('{}')
  })

  test('are refused where they are no files', async () => {
    await mkdir(join(place.workDirectory, 'a.json'))
    await expect(keep({ keepFiles: [RESULT] })).rejects.toThrow('not a regular file')
  })

  test('are refused where they are larger than any that a host writes', async () => {
    await writeFile(join(place.workDirectory, 'a.json'), 'a'.repeat(2 ** 20 + 1))
    await expect(keep({ keepFiles: [RESULT] })).rejects.toThrow('larger than')
  })

  test('are not there where a link leads nowhere', async () => {
    await symlink('nowhere', join(place.workDirectory, 'a.json'))
    expect((await keep({ keepFiles: [RESULT] }))?.files.result).toBeNull()
  })
})

describe('a tool that is run after a trial', () => {
  const tool = (more: Partial<AfterCommand> = {}): AfterCommand => ({
    program: 'ziskemu',
    args: ['-X'],
    env: { OURS: '1' },
    keeps: 'emulator',
    needs: [],
    ...more
  })

  test('runs in the working directory, and what it prints is kept', async () => {
    const { processes, started } = processesThat(exited(0), 'REPORT', 'noise')
    expect(await keep({ after: [tool()] }, processes)).toEqual({
      files: { ...NO_FILES, emulator: { text: 'REPORT', fresh: true } },
      remarks: []
    })
    expect(started).toEqual([
      { program: 'ziskemu', args: ['-X'], cwd: place.workDirectory, env: { ...place.environment, OURS: '1' } }
    ])
  })

  test('is run where the host left what it needs, and there alone', async () => {
    await mkdir(outside('b'), { recursive: true })
    await writeFile(outside('b', 'elf'), '')
    const after = ['a', 'b'].map((name) => tool({ args: [name], needs: [outside(name, 'elf')] }))
    const { processes, started } = processesThat(exited(0), 'REPORT')
    expect((await keep({ after }, processes))?.remarks).toEqual([])
    expect(started.map(({ args }) => args)).toEqual([['b']])
  })

  test('is not run without all that it needs, which is said', async () => {
    await mkdir(outside('a'), { recursive: true })
    await writeFile(outside('a', 'elf'), '')
    const needs = (name: string) => [outside(name, 'elf'), outside(name, 'input')]
    expect(await keep({ after: [tool({ needs: needs('a') }), tool({ needs: needs('b') })] })).toEqual({
      files: NO_FILES,
      remarks: ['Figures are missing: the host left no elf and input for ziskemu.']
    })
  })

  test.each<[Finished['end'], string]>([
    [exited(1), 'ziskemu ended with exit code 1: Error: EmulationNoCompleted'],
    [{ kind: 'ended', exit: { kind: 'signalled', signal: 'SIGSEGV' } }, 'ziskemu ended with SIGSEGV: Error'],
    [{ kind: 'not-started', message: 'ziskemu did not start (ENOENT).' }, 'ziskemu did not start (ENOENT).'],
    [{ kind: 'timeout' }, 'ziskemu was not done after 0.5 min.'],
    [{ kind: 'log-limit' }, 'ziskemu printed more than can be read.']
  ])('costs its figures and no more where it fails: %j', async (end, why) => {
    const { processes } = processesThat(end, 'REPORT', 'thread main\nError: \u001b[1mEmulationNoCompleted\n')
    const kept = await keep({ after: [tool()] }, processes)
    expect(kept?.files).toEqual(NO_FILES)
    expect(kept?.remarks).toEqual([expect.stringContaining(`Figures are missing: ${why}`)])
    expect(kept?.remarks.join('')).not.toContain('\u001b')
  })

  test('that is cancelled leaves nothing to judge', async () => {
    const { processes } = processesThat({ kind: 'cancelled' })
    expect(await keep({ after: [tool()] }, processes)).toBeNull()
  })
})

describe('a real tool', () => {
  const { processes, stop } = (() => {
    const controller = new AbortController()
    return {
      processes: createProcesses({ tag: makeTag(), signal: controller.signal }),
      stop: () => controller.abort()
    }
  })()
  const ZISKEMU: AfterCommand = { program: 'ziskemu', args: [], env: {}, keeps: 'emulator', needs: [] }

  test('that is not on PATH is named', async () => {
    const kept = await keep({ after: [ZISKEMU] }, processes)
    expect(kept?.files.emulator).toBeNull()
    expect(kept?.remarks.join()).toMatch(/^Figures are missing: ziskemu did not start \(ENOENT\)/)
  })

  test('is found on PATH, and is gone with the run', async () => {
    await mkdir(join(root, 'bin'))
    await writeFile(
      join(root, 'bin', 'ziskemu'),
      '#!/bin/sh\necho "$PWD"; echo no >&2; exec /bin/sleep "$1"\n',
      {
        mode: 0o755
      }
    )
    const done = await keep({ after: [{ ...ZISKEMU, args: ['0'] }] }, processes)
    expect(done?.files.emulator?.text.trimEnd()).toMatch(/work$/)
    const cancelled = keep({ after: [{ ...ZISKEMU, args: ['60'] }] }, processes)
    stop()
    expect(await cancelled).toBeNull()
  })
})

describe('a trial with ZisK', () => {
  /** A host that takes an ELF that it finds for its own, as the first backends do, and is found out if it does. */
  const HOST = `#!/bin/sh
set -e
[ ! -e "$CRATE/zkvm-zisk-program" ]
[ ! -e "$CRATE/zisk_output" ]
echo elf > "$CRATE/zkvm-zisk-program"
echo input > "$CRATE/zisk_input.bin"
mkdir "$CRATE/zisk_output"
echo '[{"name":"ZisK, CPU","unit":"Mgas/s","value":2000}]' > bench_latest.json
sleep 0.05
echo "2026-03-07T10:00:41.123456Z  INFO ethrex_replay::report: [mainnet] Block: 100, Gas: 20000000, #Txs: 3, Execution Time: 00s 010ms | https://etherscan.io/block/100"
`

  const script = async (name: string, text: string): Promise<string> => {
    await mkdir(join(root, 'bin'), { recursive: true })
    await writeFile(join(root, 'bin', name), text, { mode: 0o755 })
    return join(root, 'bin', name)
  }

  const execute = async (signal = new AbortController().signal) => {
    const binary = await script('host', HOST)
    const plan = aPlan({ zkvm: 'zisk', mode: 'execute', resource: 'cpu' })
    const witness = {
      block: block(100),
      path: join(root, 'witness.json'),
      sha256: '',
      size: bytes(1),
      gas: gas(20_000_000n)
    }
    const builds = { base: aBuild('a', { binary }), head: aBuild('b', { binary }) }
    const nothing = () => Promise.resolve([])
    return runTrial(trialNamed(plan, 'cycles-100-zisk-base'), {
      plan,
      prover: ethrexReplay,
      builds,
      witnesses: [witness],
      workDirectory: place.workDirectory,
      checkout: outside(),
      logDirectory: root,
      environment: {
        PATH: `${join(root, 'bin')}:/usr/bin:/bin`,
        CRATE: outside('crates/l2/prover'),
        ROOT: root
      },
      isWitnessIntact: () => Promise.resolve(true),
      ports: {
        processes: createProcesses({ tag: makeTag(), signal }),
        files,
        clock,
        server: { clear: nothing, obstacle: () => Promise.resolve(null), watch: () => ({ end: nothing }) },
        gpu: null
      }
    })
  }

  test('has its steps from ziskemu, however often it is run', async () => {
    await writeFile(
      join(root, 'report'),
      reportText(77n, [
        ['MAIN', 5n],
        ['BASE', 3n]
      ])
    )
    await script(
      'ziskemu',
      '#!/bin/sh\n[ "$(cat "$2" "$4")" = "elf\ninput" ] && [ "$5" = -X ] && cat "$ROOT/report"\n'
    )
    for (const take of [1, 2]) {
      const end = await execute()
      expect([take, end]).toMatchObject([
        take,
        {
          kind: 'recorded',
          record: {
            remarks: [],
            outcome: { kind: 'measured', sample: { metrics: { steps: { value: 77n } }, costs: [{}, {}, {}] } }
          }
        }
      ])
    }
  })

  test('is measured without them where there is no ziskemu, and says why', async () => {
    expect(await execute()).toMatchObject({
      record: {
        outcome: { kind: 'measured', sample: { costs: [] } },
        remarks: [expect.stringContaining('ziskemu did not start (ENOENT)'), 'ZisK told no steps.']
      }
    })
  })

  test('that is cancelled while ziskemu runs is not on record', async () => {
    const controller = new AbortController()
    await script('ziskemu', '#!/bin/sh\n: > "$ROOT/emulating"\nexec sleep 60\n')
    const ended = execute(controller.signal)
    await expect.poll(() => readdir(root), { timeout: 10_000 }).toContain('emulating')
    controller.abort()
    expect(await ended).toEqual({ kind: 'cancelled' })
  })
})
