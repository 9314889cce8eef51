import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Side } from '../../src/domain/revision.ts'
import { createBuildStore } from '../../src/io/node/build-store.ts'
import { files } from '../../src/io/node/files.ts'
import { createGit } from '../../src/io/node/git.ts'
import { beginBuilding } from '../../src/stages/build-directory.ts'
import { buildSide } from '../../src/stages/build.ts'
import { buildCommand, commitBoth, ethrexFiles } from '../support/small-host.ts'
import { asRepository, environment, keptLog, realProcesses, scratch } from '../support/small-trees.ts'

const place = await scratch()
afterAll(place.dispose)

/** A guest that is made of the place where its sources lay, as those of RISC0, ZisK and OpenVM are. */
const GUEST: Readonly<Record<string, string>> = {
  'crates/common/build.rs': `
    use std::{env, fs};
    fn main() {
      let place = env::var("CARGO_MANIFEST_DIR").unwrap();
      fs::create_dir_all("out").unwrap();
      fs::write("out/elf", format!("a guest at {place}")).unwrap();
    }`
}

/** The hash of each side's guest, built below a directory. */
const guestsIn = async (root: string): Promise<Readonly<Record<Side, string | undefined>>> => {
  const cacheDir = join(root, 'cache')
  const reportDir = join(root, 'report')
  const trees = createGit({ processes: realProcesses(), environment, cacheDir })
  const shas = await commitBoth(root, {
    base: { ...ethrexFiles('base'), ...GUEST },
    head: { ...ethrexFiles('head'), ...GUEST }
  })
  const ethrex = await trees.mirror(asRepository(join(root, 'ethrex'), 'lambdaclass/ethrex'))
  const host = await trees.mirror(asRepository(join(root, 'ethrex-replay'), 'lambdaclass/ethrex-replay'))
  if (!ethrex.ok || !host.ok) throw new Error('the repositories are there')
  await mkdir(join(reportDir, 'logs'), { recursive: true })
  expect(await beginBuilding(cacheDir, files)).toBeNull()
  const guestOf = async (side: Side): Promise<string | undefined> => {
    const end = await buildSide(
      { side, name: side, ethrex: { repository: 'lambdaclass/ethrex', ref: side, sha: shas[side] } },
      {
        cacheDir,
        reportDir,
        mirrors: { ethrex: ethrex.value, host: host.value },
        host: { repository: 'lambdaclass/ethrex-replay', ref: 'main', sha: shas.host },
        features: ['sp1'],
        passed: '',
        buildCommand,
        guestArtefacts: [{ elf: 'crates/common/out/elf', key: null }],
        environment
      },
      { processes: realProcesses(), files, trees, store: createBuildStore(cacheDir), log: keptLog() }
    )
    return end.kind === 'built' ? end.build.guest?.elf : undefined
  }
  return { base: await guestOf('base'), head: await guestOf('head') }
}

test('trap 9: guests that hold the path of their sources compare, for both sides are built in one place', async () => {
  const guests = await guestsIn(place.path)
  const path = join(place.path, 'cache', 'build', 'ethrex', 'crates', 'common')
  const hash = files.sha256OfText(`a guest at ${path}`)
  expect(guests).toEqual({ base: hash, head: hash })
})
