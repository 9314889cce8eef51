import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderSchemas } from '../../scripts/generated/schemas.ts'
import { calibrationDocument, readCalibration, setupHashInput } from '../../src/documents/calibration.ts'
import { setupOf, type Calibration, type Session } from '../../src/domain/calibration.ts'
import { EFFORTS } from '../../src/domain/effort.ts'
import { success } from '../../src/domain/problem.ts'
import { minutes, percent } from '../../src/domain/quantity.ts'
import { LOOK_VERDICTS } from '../../src/domain/timing.ts'
import { aCalibration } from '../support/calibrations.ts'
import { aPlan } from '../support/plans.ts'
import { aMachine } from '../support/runs.ts'

/** JSON has no minus zero. */
const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
const size = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0)
const interval = fc.record({ lo: figure.map(percent), hi: figure.map(percent), level: size })

const sessions = (purpose: Session['purpose']): fc.Arbitrary<Session> =>
  fc.record({
    purpose: fc.constant(purpose),
    verdict: fc.constantFrom(...LOOK_VERDICTS),
    percent: fc.option(figure.map(percent)),
    interval: fc.option(interval),
    pairSd: fc.option(fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0)),
    df: fc.nat(),
    pairs: fc.nat(),
    proofs: fc.nat(),
    gpuMinutes: size.map(minutes)
  })

const calibrations: fc.Arbitrary<Calibration> = fc
  .record({
    effort: fc.constantFrom(...EFFORTS),
    sameBuild: sessions('same-build'),
    rebuild: sessions('rebuild'),
    finishedAt: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString())
  })
  .map(aCalibration)

test('what is printed is read back, and keeps to its JSON Schema', () => {
  const schema = renderSchemas().find(({ path }) => path.endsWith('/calibration.schema.json'))
  const check = new Ajv2020({ allErrors: true, strict: false }).compile(
    JSON.parse(schema?.text ?? '') as object
  )
  fc.assert(
    fc.property(calibrations, (calibration) => {
      const text = calibrationDocument(calibration)
      expect(readCalibration(text)).toEqual(success(calibration))
      check(JSON.parse(text))
      expect(check.errors ?? []).toEqual([])
    })
  )
})

describe('nothing else is read', () => {
  type Document = Record<string, unknown>
  const document = (): Document => JSON.parse(calibrationDocument(aCalibration())) as Document

  test.each<[what: string, change: (of: Document) => Document, why: RegExp]>([
    ['another schema', (of) => ({ ...of, schema: 'calibration@2' }), /has "calibration@2" at "schema"/],
    ['a key of a setup that is none', (of) => ({ ...of, key: '../../etc' }), /at "key"/],
    ['one field more', (of) => ({ ...of, verdict: 'passed' }), /has the unknown key "verdict"/],
    ['one field less', ({ noise: _, ...rest }) => rest, /lacks "noise"/],
    ['a date in words', (of) => ({ ...of, finishedAt: 'today' }), /at "finishedAt"/],
    [
      'noise below zero',
      (of) => ({ ...of, noise: { pairSd: -0.01, df: 8 } }),
      /has -0\.01 at "noise\.pairSd"/
    ],
    [
      'sessions in each other\u2019s places',
      ({ sessions, ...of }) => {
        const { sameBuild, rebuild } = sessions as Calibration['sessions']
        return { ...of, sessions: { sameBuild: rebuild, rebuild: sameBuild } }
      },
      /at "sessions\.sameBuild\.purpose"/
    ]
  ])('%s', (_, change, why) => {
    const read = readCalibration(JSON.stringify(change(document())))
    expect(read.ok ? '' : read.error).toMatch(why)
  })

  test('what is no JSON', () => {
    expect(readCalibration('{')).toEqual({ ok: false, error: 'is not JSON' })
  })
})

describe('a setup', () => {
  const setup = setupOf(aPlan(), aMachine())!

  test('is the same in whatever order it is written', () => {
    const turned = Object.fromEntries(Object.entries(setup).toReversed()) as unknown as typeof setup
    expect(setupHashInput(turned)).toBe(setupHashInput(setup))
  })

  test.each([
    { gpu: 'NVIDIA H100' },
    { driver: '551' },
    { clocks: 'not-locked' as const },
    { cpu: null },
    { blocks: setup.blocks.slice(1) },
    { host: aPlan().revisions.base.sha },
    { resource: 'cpu' as const },
    { proofType: 'groth16' as const },
    { zkvm: 'risc0' as const },
    { network: 'hoodi' as const }
  ])('is another one with %j', (change) => {
    expect(setupHashInput({ ...setup, ...change })).not.toBe(setupHashInput(setup))
  })

  test('is none where nothing is timed', () => {
    expect(setupOf(aPlan({ mode: 'execute', timing: null }), aMachine())).toBeNull()
  })
})
