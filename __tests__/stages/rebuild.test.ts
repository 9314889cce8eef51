import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Build } from '../../src/domain/build.ts'
import type { Purpose } from '../../src/domain/plan.ts'
import { bytes } from '../../src/domain/quantity.ts'
import type { Side } from '../../src/domain/revision.ts'
import { createBuildStore } from '../../src/io/node/build-store.ts'
import { files } from '../../src/io/node/files.ts'
import { parseInputs } from '../../src/inputs/parse.ts'
import { buildHeadFor, endAllBuilding, forgetRebuild, rebuildCacheDir } from '../../src/stages/rebuild.ts'
import type { Stop } from '../../src/stages/run-state.ts'
import { TERMINAL } from '../inputs/context.ts'
import { temporaryDirectory } from '../io/node/programs.ts'
import { aBuild } from '../support/runs.ts'

const prepare = (purpose: Purpose) => {
  const cacheDir = temporaryDirectory()
  const read = parseInputs({ 'cache-dir': cacheDir }, TERMINAL)
  if (!read.ok) throw new Error('a cache directory is all that was given')
  const builds: Record<Side, Build | null> = { base: aBuild('a'), head: null }
  const building = { settings: read.value, state: { plan: { purpose }, builds } }
  const buildStore = createBuildStore(cacheDir)
  const rebuildStore = createBuildStore(rebuildCacheDir(cacheDir))
  return { cacheDir, building, ports: { files, buildStore, rebuildStore } }
}

/** Builds `b` as head, and says where and out of which store. */
const head = async ({ building, ports }: ReturnType<typeof prepare>) => {
  const seen: { cacheDir: string; store: 'builds' | 'rebuilds' }[] = []
  const stop = await buildHeadFor(building, ports, ({ settings, state }, { buildStore }) => {
    state.builds.head = aBuild('b')
    seen.push({
      cacheDir: settings.cacheDir,
      store: buildStore === ports.buildStore ? 'builds' : 'rebuilds'
    })
    return Promise.resolve<Stop | null>(null)
  })
  return { stop, seen, head: building.state.builds.head?.sha256.slice(0, 1) }
}

test.each([
  ['compare', [{ cacheDir: '', store: 'builds' }], 'b'],
  ['same-build', [], 'a'],
  ['rebuild', [{ cacheDir: '/rebuild', store: 'rebuilds' }], 'b']
] as const)('for %s, head is built in %j and is %s', async (purpose, where, built) => {
  const prepared = prepare(purpose)
  const { stop, seen, head: found } = await head(prepared)
  const places = seen.map((one) => ({ ...one, cacheDir: one.cacheDir.replace(prepared.cacheDir, '') }))
  expect([stop, places, found]).toEqual([null, where, built])
})

test('what lies in the way of a rebuild ends the run, and stays', async () => {
  const prepared = prepare('rebuild')
  const theirs = join(rebuildCacheDir(prepared.cacheDir), 'build', 'theirs')
  mkdirSync(join(theirs, '..'), { recursive: true })
  writeFileSync(theirs, 'mine')
  const { stop, seen } = await head(prepared)
  expect(stop).toMatchObject({ ending: 'infrastructure', failures: [{ reason: 'bad-input' }] })
  expect([seen, readFileSync(theirs, 'utf8')]).toEqual([[], 'mine'])
})

test('a run ends the building of a calibration too, and leaves what was built', async () => {
  const prepared = prepare('rebuild')
  const { cacheDir, ports } = prepared
  await head(prepared)
  for (const place of ['builds/x', 'rebuild/builds/x', 'rebuild/build/target']) {
    mkdirSync(join(cacheDir, place), { recursive: true })
  }
  await endAllBuilding(cacheDir, ports.files)
  const left = ['builds/x', 'rebuild/builds/x', 'rebuild/build/target'].map((at) =>
    existsSync(join(cacheDir, at))
  )
  expect(left).toEqual([true, true, false])
})

test('a rebuild is forgotten, the builds beside it are not', async () => {
  const prepared = prepare('rebuild')
  const { cacheDir, ports } = prepared
  await head(prepared)
  const again = rebuildCacheDir(cacheDir)
  for (const place of ['builds/x', 'rebuild/builds/x', 'rebuild/build/target']) {
    mkdirSync(join(cacheDir, place), { recursive: true })
  }
  await forgetRebuild(cacheDir, ports.files)
  expect([existsSync(join(again, 'builds')), existsSync(join(again, 'build/target'))]).toEqual([false, false])
  expect(existsSync(join(cacheDir, 'builds/x'))).toBe(true)
  expect(await files.readText(join(again, 'build/CACHEDIR.TAG'), bytes(1000))).toContain('proving-regression')
})
