import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GuestFigures, GuestFold } from '../../src/provers/guest-fold.ts'
import { bytesOf, readFold } from './read-fold.ts'

/** A log as its generator knows it. */
export interface Told<Truth> {
  readonly lines: readonly string[]
  readonly truth: Truth
}

export interface Subject<Truth> {
  readonly createFold: () => GuestFold
  readonly told: fc.Arbitrary<Told<Truth>>
  /** Fails where a figure is given that the generator did not put there. */
  readonly expectTrue: (figures: GuestFigures, truth: Truth) => void
  /** Of a log that is whole: fails where a figure is missing, too. */
  readonly expectAll: (figures: GuestFigures, truth: Truth) => void
}

export const AT = '2026-03-07T10:00:41.123456Z'

const NOISE = fc.constantFrom(
  'docker: pulling',
  'stdout: hello',
  '',
  '10%\r20%\r100%',
  `${AT}  INFO ethrex_p2p: peer 7`,
  `${AT}  WARN a{x="}: b"}:b: crate::module: 5 total cycles`
)

/** Lines with noise between them. */
const withNoise = <Truth>(told: fc.Arbitrary<Told<Truth>>): fc.Arbitrary<Told<Truth>> =>
  fc.record({ told, noises: fc.array(NOISE, { maxLength: 6 }) }).map(({ told: { lines, truth }, noises }) => {
    const mixed = [...lines]
    noises.forEach((text, index) => mixed.splice((index * 7919) % (mixed.length + 1), 0, text))
    return { lines: mixed, truth }
  })

/** Bytes that come to harm. No newline comes in, and no colour takes the place of digits: nobody could tell. */
const WOUNDS = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    wound: fc.constantFrom(
      { bytes: [27, 91, 48, 109], cuts: 0 },
      ...[0xff, 0xc3, 13, 27, 0].flatMap((byte) => [
        { bytes: [byte], cuts: 0 },
        { bytes: [byte], cuts: 1 }
      ]),
      { bytes: [0xe2, 0x95], cuts: 3 }
    )
  }),
  { minLength: 1, maxLength: 3 }
)

const SEEDED = { seed: 20260307, numRuns: 200 }

/** The properties that every fold has, as tests. */
export const testFold = <Truth>({ createFold, told, expectTrue, expectAll }: Subject<Truth>): void => {
  const figuresOf = (log: Uint8Array) => readFold(createFold(), log).figures

  test('a whole log is read in full, between any noise', () => {
    fc.assert(
      fc.property(withNoise(told), ({ lines, truth }) => expectAll(figuresOf(bytesOf(lines)), truth)),
      SEEDED
    )
  })

  test('a log that ends anywhere gives no figure that is cut', () => {
    fc.assert(
      fc.property(withNoise(told), fc.double({ min: 0, max: 1, noNaN: true }), ({ lines, truth }, share) => {
        const bytes = bytesOf(lines)
        expectTrue(figuresOf(bytes.subarray(0, Math.floor(bytes.length * share))), truth)
      }),
      SEEDED
    )
  })

  test('bytes that are overwritten or slipped in give no figure that was not there', () => {
    fc.assert(
      fc.property(withNoise(told), WOUNDS, ({ lines, truth }, wounds) => {
        const bytes = [...bytesOf(lines)]
        for (const { at, wound } of wounds)
          bytes.splice(Math.floor(at * bytes.length), wound.cuts, ...wound.bytes)
        expectTrue(figuresOf(new Uint8Array(bytes)), truth)
      }),
      { ...SEEDED, numRuns: 400 }
    )
  })

  test('line ends and colours change nothing', () => {
    fc.assert(
      fc.property(withNoise(told), ({ lines }) => {
        const plain = figuresOf(bytesOf(lines))
        expect(figuresOf(bytesOf(lines.map((line) => `${line}\r`)))).toEqual(plain)
        const coloured = lines.map((line) => line.replace(AT, `\u001b[2m${AT}\u001b[0m`))
        expect(figuresOf(bytesOf(coloured))).toEqual(plain)
      }),
      SEEDED
    )
  })
}
