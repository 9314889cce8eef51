/**
 * Writes what is generated from code: tables between marks, schemas. With `--check` it writes nothing, names each
 * file that is out of step, and ends 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, getFileInfo, resolveConfig } from 'prettier'
import { TARGETS } from './generated/targets.ts'
import type { Target } from './generated/targets.ts'

const root = resolve(import.meta.dirname, '..')

interface Rendered {
  readonly path: string
  readonly current: string
  readonly wanted: string
}

async function render(target: Target): Promise<Rendered> {
  const file = join(root, target.path)
  const current = await readOrEmpty(file)
  // The format gate looks at these files too; both gates must want the same bytes.
  const wanted = await laidOut(rendered(target, current), file)
  return { path: target.path, current, wanted }
}

/** Pictures have no layout of prettier's. */
async function laidOut(text: string, file: string): Promise<string> {
  const { inferredParser } = await getFileInfo(file)
  return inferredParser === null ? text : format(text, { ...(await resolveConfig(file)), filepath: file })
}

function rendered(target: Target, current: string): string {
  try {
    return target.render(current)
  } catch (error) {
    throw new Error(`${target.path} cannot be generated`, { cause: error })
  }
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function firstDifference({ current, wanted }: Rendered): string {
  const [now, then] = [current.split('\n'), wanted.split('\n')]
  const line = then.findIndex((text, index) => text !== now[index])
  const at = line === -1 ? then.length : line
  return `  line ${at + 1} is     ${now[at] ?? '(nothing)'}\n  line ${at + 1} wanted ${then[at] ?? '(nothing)'}`
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const stale = (await Promise.all(TARGETS.map(render))).filter((file) => file.current !== file.wanted)
  for (const file of stale) {
    if (values.check) console.log(`${file.path} is not what the code says\n${firstDifference(file)}`)
    else await write(file)
  }
  if (values.check && stale.length > 0) {
    console.log('Repair: npm run docs')
    process.exitCode = 1
  }
}

async function write(file: Rendered): Promise<void> {
  const path = join(root, file.path)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, file.wanted)
  console.log(`wrote ${file.path}`)
}

await main()
