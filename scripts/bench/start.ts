import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { MEBIBYTE } from '../../src/domain/quantity.ts'
import { cliOf } from './children.ts'
import { alternate, median } from './pairs.ts'
import { withUnit } from './row.ts'
import type { Bench } from './row.ts'

const PAIRS = 20

/** How much longer we take to start than node alone. */
export const start: Bench = {
  name: 'start',
  run: async ({ root }) => {
    const version = (): number => timeNode([cliOf(root), '--version'])
    const nothing = (): number => timeNode(['-e', '0'])
    const pairs = await alternate(
      PAIRS,
      () => Promise.resolve(version()),
      () => Promise.resolve(nothing())
    )
    const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))]
    return [
      {
        name: 'start',
        what: 'start of `cli.js --version` over `node -e 0`',
        measured: ours / theirs,
        limit: 4,
        unit: '×',
        how: `medians of ${PAIRS} alternating pairs: ${withUnit(ours, 'ms')} over ${withUnit(theirs, 'ms')}`
      }
    ]
  }
}

/** Milliseconds. Waits without turning the event loop, which would add its own. */
const timeNode = (args: readonly string[]): number => {
  const began = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  const elapsed = performance.now() - began
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return elapsed
}

/** How much of us is read before the first thing is done. */
export const loaded: Bench = {
  name: 'loaded',
  run: async ({ root }) => {
    const paths = loadedFiles(cliOf(root))
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
    return [
      {
        name: 'loaded',
        what: 'files loaded by `cli.js --version`',
        measured: sizes.reduce((sum, size) => sum + size, 0) / MEBIBYTE,
        limit: 1.6,
        unit: 'MiB',
        how: `sizes of all that a hook of the loader sees and that are no builtins: ${paths.length}`
      }
    ]
  }
}

const loadedFiles = (cli: string): readonly string[] => {
  const hook = import.meta.resolve('./log-loaded-files.ts')
  const { status, output } = spawnSync(process.execPath, ['--import', hook, cli, '--version'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8'
  })
  const urls = new Set(output[3]?.split('\n').filter((line) => line !== ''))
  const paths = [...urls].map((url) => fileURLToPath(url))
  if (status !== 0 || !paths.includes(cli)) throw new Error('the hook of the loader did not see cli.js')
  return paths
}
