import { execFile } from 'node:child_process'
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { createBuildStore } from '../../src/io/node/build-store.ts'
import { files } from '../../src/io/node/files.ts'
import { createGit } from '../../src/io/node/git.ts'
import { beginBuilding, endBuilding } from '../../src/stages/build-directory.ts'
import {
  buildSide,
  type BuildEnd,
  type BuildPorts,
  type BuildRequest,
  type Trees
} from '../../src/stages/build.ts'
import type { Side } from '../../src/domain/revision.ts'
import { buildCommand, commitBoth, ethrexFiles, hostFiles } from '../support/small-host.ts'
import { asRepository, commit, environment, keptLog, realProcesses, scratch } from '../support/small-trees.ts'

const run = promisify(execFile)
const place = await scratch()
afterAll(place.dispose)

let worlds = 0

/** Two commits of an ethrex, a host, and what builds them. */
const world = async (
  sides: Parameters<typeof commitBoth>[1],
  change: (trees: Trees) => Trees = (trees) => trees
) => {
  const root = join(place.path, `world-${++worlds}`)
  const shas = await commitBoth(root, sides)
  const cacheDir = join(root, 'cache')
  const git = createGit({ processes: realProcesses(), environment, cacheDir })
  const log = keptLog()
  const ports: BuildPorts = {
    processes: realProcesses(),
    files,
    trees: change(git),
    store: createBuildStore(cacheDir),
    log
  }
  const build = async (side: Side): Promise<BuildEnd> => {
    const ethrex = await git.mirror(asRepository(join(root, 'ethrex'), 'lambdaclass/ethrex'))
    const host = await git.mirror(asRepository(join(root, 'ethrex-replay'), 'lambdaclass/ethrex-replay'))
    if (!ethrex.ok || !host.ok) throw new Error('the repositories are there')
    const request: BuildRequest = {
      cacheDir,
      reportDir: join(root, 'report'),
      mirrors: { ethrex: ethrex.value, host: host.value },
      host: { repository: 'lambdaclass/ethrex-replay', ref: 'main', sha: shas.host },
      features: ['sp1'],
      passed: '',
      buildCommand,
      guestArtefacts: [
        { elf: 'crates/nowhere/elf', key: null },
        { elf: 'crates/common/out/elf', key: 'crates/common/out/key' }
      ],
      environment
    }
    await mkdir(join(request.reportDir, 'logs'), { recursive: true })
    return buildSide(
      { side, name: side, ethrex: { repository: 'lambdaclass/ethrex', ref: side, sha: shas[side] } },
      request,
      ports
    )
  }
  expect(await beginBuilding(cacheDir, files)).toBeNull()
  return { root, cacheDir, shas, build, log }
}

const built = (end: BuildEnd) => {
  if (end.kind !== 'built') throw new Error(JSON.stringify(end))
  return end
}

const failureOf = (end: BuildEnd) => (end.kind === 'failed' ? end.failure : end)
const says = async (end: BuildEnd): Promise<string> => (await run(built(end).build.binary)).stdout

describe('both sides', () => {
  test('are built against their ethrex, whole, and reused by a later run', { timeout: 60_000 }, async () => {
    const { cacheDir, shas, build, log } = await world({
      base: { ...ethrexFiles('base'), ...leavesGuest('') },
      head: { ...ethrexFiles('head', '2.0.0'), ...leavesGuest('the guest') }
    })
    const base = await build('base')
    const head = await build('head')
    expect(await says(base)).toBe('base base\n')
    expect(await says(head)).toBe('head head\n')
    expect(built(head).build).toMatchObject({
      ethrex: shas.head,
      host: shas.host,
      features: ['sp1'],
      reused: false,
      lockChanges: []
    })
    expect(built(head).build.toolchain).toMatch(/^rustc \d/)
    // An empty ELF is nothing that anybody could run.
    expect(built(base).build.guest).toBeNull()
    expect(built(head).build.guest).toEqual({
      elf: files.sha256OfText('the guest'),
      key: files.sha256OfText('its key')
    })
    await endBuilding(cacheDir, files)
    expect(await files.names(join(cacheDir, 'build'))).toEqual(['CACHEDIR.TAG'])
    expect(await beginBuilding(cacheDir, files)).toBeNull()
    expect(built(await build('head')).build).toEqual({ ...built(head).build, reused: true })
    expect(await files.names(join(cacheDir, 'build'))).toEqual(['CACHEDIR.TAG', 'host'])

    const { binary } = built(head).build
    await chmod(binary, 0o755)
    await appendFile(binary, 'x')
    const again = built(await build('head'))
    expect(again.build).toEqual(built(head).build)
    expect(again.notes).toEqual([
      `head is built again: the kept binary ${binary} cannot be used: it is not what it was when it was built`
    ])
    expect(log.lines).toEqual(again.notes)
    await rm(join(binary, '../build.json'))
    expect(built(await build('head')).notes[0]).toMatch(/what is kept beside it does not describe it$/)
  })

  test('do not touch each other: what one leaves beside the trees is gone', { timeout: 60_000 }, async () => {
    const canary = join(place.path, 'canary')
    const plant = `
      use std::fs;
      fn main() {
        fs::create_dir_all("../../../.cargo").unwrap();
        fs::write("../../../.cargo/config.toml", "[build]\\nrustc-wrapper = \\"${canary}.sh\\"\\n").unwrap();
        fs::write("../../../Cargo.toml", "[workspace]\\n").unwrap();
        fs::write("../../../rust-toolchain", "no-such-toolchain").unwrap();
        fs::write("../../../host/src/main.rs", "fn main() {}").unwrap();
        fs::write("../../../ethrex/.git/config", "[core]\\nfsmonitor = ${canary}.sh\\n").unwrap();
      }`
    await writeFile(`${canary}.sh`, `#!/bin/sh\ntouch ${canary}\nexec "$@"\n`, { mode: 0o755 })
    const base = { ...ethrexFiles('base'), 'crates/common/build.rs': plant }
    const { cacheDir, build } = await world({
      base,
      head: { ...ethrexFiles('head'), 'crates/common/build.rs': 'fn main() {}' }
    })
    await build('base')
    expect(await files.names(join(cacheDir, 'build'))).toContain('.cargo')
    expect(await says(await build('head'))).toBe('head head\n')
    expect(await files.names(place.path)).not.toContain('canary')
  })
})

test('a tree dated in the past would be taken for built, ours is not', { timeout: 60_000 }, async () => {
  const past = (trees: Trees): Trees => ({
    ...trees,
    checkout: async (mirror, sha, directory) => {
      const done = await trees.checkout(mirror, sha, directory)
      await run('find', [directory, '-exec', 'touch', '-d', '2020-01-01', '{}', '+'])
      return done
    }
  })
  const sides = { base: ethrexFiles('base'), head: ethrexFiles('head') }
  const stale = await world(sides, past)
  await stale.build('base')
  expect(await says(await stale.build('head'))).toBe('base base\n')
  const ours = await world(sides)
  await ours.build('base')
  expect(await says(await ours.build('head'))).toBe('head head\n')
})

describe('a side that does not build', () => {
  test('because the host does not fit says so', { timeout: 60_000 }, async () => {
    const common = 'pub fn says(loud: bool) -> &\'static str { if loud { "A" } else { "a" } }\n'
    const head = { ...ethrexFiles('head'), 'crates/common/src/lib.rs': common, 'crates/vm/src/lib.rs': '' }
    const base = {
      ...ethrexFiles('base'),
      'crates/prover/Cargo.toml': '[package]\nname = "renamed"\nversion = "1.0.0"\n'
    }
    const { root, shas, build } = await world({
      base,
      head: { ...head, ...pick(ethrexFiles('x'), 'crates/prover/Cargo.toml') }
    })
    const misfit = `lambdaclass/ethrex-replay ${shas.host.slice(0, 7)} does not build with this ethrex`
    expect(failureOf(await build('base'))).toMatchObject({
      side: 'base',
      stage: 'build',
      reason: 'host-does-not-build',
      message: `${misfit} (${shas.base.slice(0, 7)}); name one that does in \`host-ref\`: the host depends on the package \`ethrex-prover\`, which this ethrex does not have`
    })
    const failure = failureOf(await build('head'))
    expect(failure).toMatchObject({ side: 'head', stage: 'build', reason: 'host-does-not-build' })
    expect(failure).toHaveProperty('message', containing(`${misfit} (${shas.head.slice(0, 7)}); name one`))
    expect(failure).toHaveProperty('tail', containing('could not compile `ethrex-replay`'))
    expect(await readFile(join(root, 'report/logs/build-head.log'), 'utf8')).toContain('error[E0061]')
  })

  test('because of ethrex says so', { timeout: 60_000 }, async () => {
    const { shas, build } = await world({
      base: { ...ethrexFiles('base'), 'crates/vm/src/lib.rs': 'oops' },
      head: {
        ...ethrexFiles('head'),
        'crates/vm/src/lib.rs': '',
        'crates/vm/build.rs': 'fn main() { panic!() }'
      }
    })
    for (const side of ['base', 'head'] as const) {
      expect(failureOf(await build(side))).toMatchObject({
        side,
        stage: 'build',
        reason: 'build-failed',
        message: containing(`ethrex ${shas[side].slice(0, 7)} does not build: error: `)
      })
    }
  })

  test(
    'because a part would come from elsewhere says so, before anything is compiled',
    { timeout: 60_000 },
    async () => {
      const other = join(place.path, 'elsewhere/ethrex')
      await commit(other, ethrexFiles('elsewhere'))
      const toolbox = join(place.path, 'toolbox')
      await commit(toolbox, {
        'Cargo.toml': `[package]\nname = "toolbox"\nversion = "1.0.0"\n[dependencies]\nethrex-vm = { git = "file://${other}" }\n`,
        'src/lib.rs': ''
      })
      const { root, build } = await world({
        base: ethrexFiles('base'),
        head: ethrexFiles('head'),
        host: hostFiles(`toolbox = { git = "file://${toolbox}" }\n`)
      })
      expect(failureOf(await build('base'))).toMatchObject({
        side: 'base',
        stage: 'build',
        reason: 'ethrex-not-patched',
        message:
          'the build would mix two versions of ethrex: ethrex-common 1.0.0, ethrex-vm 1.0.0 would not come from the checkout'
      })
      expect(await files.names(join(root, 'report/logs'))).toEqual(['fetch-base.log'])
    }
  )
})

test('a directory that is not ours is never emptied', async () => {
  const cacheDir = join(place.path, 'not-ours')
  await mkdir(join(cacheDir, 'build'), { recursive: true })
  await writeFile(join(cacheDir, 'build/thesis.tex'), 'years')
  expect(await beginBuilding(cacheDir, files)).toBe(
    `${join(cacheDir, 'build')} is not empty and not ours: move it away, or choose another \`cache-dir\``
  )
  expect(await readFile(join(cacheDir, 'build/thesis.tex'), 'utf8')).toBe('years')
  await mkdir(join(cacheDir, '.cargo'))
  expect(await beginBuilding(cacheDir, files)).toBe(
    `${join(cacheDir, '.cargo')} would decide how everything below it is built: remove it, or choose another \`cache-dir\``
  )
})

/** A crate whose build leaves an ELF and a key, as that of ethrex's guest program does. */
const leavesGuest = (elf: string): Readonly<Record<string, string>> => ({
  'crates/common/build.rs': `
    use std::fs;
    fn main() {
      fs::create_dir_all("out").unwrap();
      fs::write("out/elf", "${elf}").unwrap();
      fs::write("out/key", "its key").unwrap();
    }`
})

const pick = (all: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> => ({
  [name]: all[name] ?? ''
})

function containing(text: string): unknown {
  return expect.stringContaining(text)
}
