import { describe, expect, test } from 'vitest'
import type { Build } from '../../src/domain/build.ts'
import { blocksWithEqualCycles, haveEqualGuests } from '../../src/plan/equal-cycles.ts'
import { block, sha } from '../support/plans.ts'
import { aBuild } from '../support/runs.ts'

const GUEST = { elf: '1'.repeat(64), key: '2'.repeat(64) }
const [ONE, OTHER] = ['3'.repeat(64), '4'.repeat(64)]

/** Two commits whose guest is the same, of two binaries. */
const sides = (head: Partial<Build> = {}, base: Partial<Build> = {}) => ({
  base: aBuild('a', { guest: GUEST, ...base }),
  head: aBuild('b', { guest: GUEST, ...head })
})

describe('guests', () => {
  test('that are known and the same are equal, whatever else the binaries are', () => {
    expect(haveEqualGuests(sides())).toBe(true)
    expect(haveEqualGuests(sides({ reused: true }))).toBe(true)
    const keyless = { guest: { ...GUEST, key: null } }
    expect(haveEqualGuests(sides(keyless, keyless))).toBe(true)
  })

  test.each<readonly [string, Partial<Build>, Partial<Build>]>([
    ['two that nobody knows', { guest: null }, { guest: null }],
    ['one that nobody knows', { guest: null }, {}],
    ['another ELF', { guest: { ...GUEST, elf: ONE } }, {}],
    ['another key', { guest: { ...GUEST, key: ONE } }, {}],
    ['a key on one side only', { guest: { ...GUEST, key: null } }, {}],
    ['another host', { host: sha('d') }, {}],
    ['other features', { features: ['sp1'] }, {}],
    ['another toolchain', { toolchain: 'rustc 1.91.0' }, {}],
    ['a zkVM of another version in the host', { lockChanges: ['sp1-sdk 5.0.8 -> 5.2.4'] }, {}]
  ])('are not with %s', (_, head, base) => {
    expect(haveEqualGuests(sides(head, base))).toBe(false)
    expect(haveEqualGuests(sides(base, head))).toBe(false)
  })
})

describe('blocks have equal cycles', () => {
  const inputs = [
    { block: block(1), base: ONE, head: ONE },
    { block: block(2), base: ONE, head: OTHER },
    { block: block(3), base: null, head: null },
    { block: block(4), base: ONE, head: null },
    { block: block(5), base: OTHER, head: OTHER }
  ]

  test('where both inputs are known and the same', () => {
    expect(blocksWithEqualCycles(sides(), inputs)).toEqual([1, 5])
    expect(blocksWithEqualCycles(sides(), [])).toEqual([])
  })

  test('never where the guests are not', () => {
    expect(blocksWithEqualCycles(sides({ guest: null }), inputs)).toEqual([])
  })
})
