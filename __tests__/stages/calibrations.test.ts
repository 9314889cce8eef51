import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Calibration } from '../../src/domain/calibration.ts'
import { files } from '../../src/io/node/files.ts'
import { keepCalibration, keptCalibrations, notesOfMachine } from '../../src/stages/calibrations.ts'
import { takeForCalibration, whyNotTakeable } from '../../src/stages/report-directory.ts'
import { temporaryDirectory } from '../io/node/programs.ts'
import { aCalibration, calibrations } from '../support/calibrations.ts'
import { aPlan } from '../support/plans.ts'
import { aMachine } from '../support/runs.ts'
import { keptLog } from '../support/small-trees.ts'

const calibration = aCalibration()
const { setup, key } = calibration

let directory: string
let log: ReturnType<typeof keptLog>

beforeEach(() => {
  directory = temporaryDirectory()
  log = keptLog()
})

const folder = (): string => join(directory, 'calibrations', key)
const keepAll = async (all: readonly Calibration[]): Promise<void> => {
  for (const one of all) await keepCalibration(one, directory, { files, log })
}
const kept = (of = setup): Promise<readonly Calibration[]> => keptCalibrations(of, directory, { files, log })

describe('what is kept', () => {
  test('comes back, the newest first', async () => {
    const days = calibrations(3)
    await keepAll(days.toReversed())
    expect(await kept()).toEqual(days)
    expect(readdirSync(folder())).toEqual([
      '2026-02-26T12-00-00.000Z.json',
      '2026-02-27T12-00-00.000Z.json',
      '2026-02-28T12-00-00.000Z.json'
    ])
    expect(log.lines).toEqual([])
  })

  test('is nothing of another setup, nor where nothing was kept', async () => {
    expect(await kept()).toEqual([])
    await keepAll([calibration])
    expect(await kept({ ...setup, driver: '551' })).toEqual([])
  })

  test('is twenty of a setup at most, and nothing is removed that is not ours', async () => {
    const days = calibrations(22)
    await keepAll(days.toReversed())
    writeFileSync(join(folder(), 'a note'), 'mine')
    await keepAll([calibration])
    const names = readdirSync(folder())
    expect(names).toContain('a note')
    expect(names).toHaveLength(21)
    expect((await kept()).map(({ finishedAt }) => finishedAt)).toEqual(
      [calibration, ...days].slice(0, 20).map(({ finishedAt }) => finishedAt)
    )
  })
})

describe('what is not as it was kept is told and left out', () => {
  const spoil: readonly [what: string, spoil: (path: string) => void, why: RegExp][] = [
    ['no JSON', (path) => writeFileSync(path, '{"schema"'), /\.json is not JSON$/],
    [
      'another schema',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('calibration@1', 'calibration@9')),
      /has "calibration@9" at "schema"/
    ],
    [
      'another driver',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replaceAll('550.54.14', '551.00')),
      /is of another setup$/
    ],
    [
      'another date',
      (path) => renameSync(path, path.replace('2026-03-01', '2026-03-02')),
      /is of another day than its name says$/
    ],
    [
      'a directory',
      (path) => {
        renameSync(path, `${path}.away`)
        mkdirSync(path)
      },
      /cannot be read: /
    ],
    [
      'more than any is',
      (path) => writeFileSync(path, ' '.repeat(1024 * 1024 + 1)),
      /cannot be read: .*larger/
    ]
  ]

  test.each(spoil)('%s', async (_, change, why) => {
    const [older] = calibrations(1)
    await keepAll([older!, calibration])
    change(join(folder(), '2026-03-01T12-00-00.000Z.json'))
    expect(await kept()).toEqual([older])
    expect(log.lines).toEqual([expect.stringMatching(why)])
  })
})

test('a place that is none is told, and costs no run its report', async () => {
  writeFileSync(join(directory, 'calibrations'), 'mine')
  expect(await kept()).toEqual([])
  expect(log.lines).toEqual([expect.stringMatching(/^calibrations are not used: .*ENOTDIR/)])
})

describe('notes of the machine', () => {
  const timing = { pairs: [], looks: [], retaken: [], dropped: [], isUnstable: false }
  const run = { plan: aPlan(), machine: aMachine(), timing: null }

  test('are of the run’s own setup', async () => {
    await keepAll(calibrations(3))
    const pair = { block: aPlan().blocks[0]!.block, round: 1, base: 1, head: 1, exactness: null }
    const timed = { ...timing, pairs: [pair] } as unknown as NonNullable<
      Parameters<typeof notesOfMachine>[0]['timing']
    >
    const ports = { files, log }
    const [known] = await notesOfMachine({ ...run, timing: timed }, directory, ports)
    expect(known).toMatch(/from 6 sessions/)
    const elsewhere = { ...run, machine: aMachine({ gpu: 'NVIDIA H100' }), timing: timed }
    expect(await notesOfMachine(elsewhere, directory, ports)).toEqual([
      'The noise of this machine is not known yet: `mode: calibrate` measures it.'
    ])
  })

  test('are none where nothing was timed', async () => {
    expect(await notesOfMachine(run, directory, { files, log })).toEqual([])
  })
})

describe('the report directory of a calibration', () => {
  const write = (...names: readonly string[]): void => {
    for (const name of names) {
      mkdirSync(join(directory, name, '..'), { recursive: true })
      writeFileSync(join(directory, name), name)
    }
  }
  const has = (name: string): boolean => existsSync(join(directory, name))

  test('keeps the sessions of one that was interrupted', async () => {
    write('same-build/report.json', 'rebuild/journal.jsonl', 'comment.md', 'theirs.txt')
    await takeForCalibration(directory, files)
    expect([has('same-build/report.json'), has('rebuild/journal.jsonl'), has('previous')]).toEqual([
      true,
      true,
      false
    ])
    expect(await whyNotTakeable(directory, files)).toBeNull()
  })

  test.each(['calibration.json', 'report.json', 'journal.jsonl'])(
    'moves everything of ours away where one ended, or another run was: %s',
    async (name) => {
      write('same-build/report.json', 'rebuild/report.json', name, 'theirs.txt')
      await takeForCalibration(directory, files)
      expect([has('same-build'), has('rebuild'), has(name), has('theirs.txt')]).toEqual([
        false,
        false,
        false,
        true
      ])
      expect([has('previous/same-build/report.json'), has(`previous/${name}`)]).toEqual([true, true])
    }
  )

  test('is not taken over where its files are somebody else’s', async () => {
    write('calibration.json')
    expect(await whyNotTakeable(directory, files)).toBe(
      'holds "calibration.json", which is not of a run of ours'
    )
  })
})
