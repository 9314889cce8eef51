import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../build.ts'
import type { GateResult } from './gate.ts'

/** Builds elsewhere and compares byte by byte, both ways: a file that nobody builds any more is as wrong. */
export async function distInStep(root: string): Promise<GateResult> {
  const outdir = await mkdtemp(join(tmpdir(), 'dist-'))
  try {
    await build({ root, outdir })
    const problems = await differences(join(root, 'dist'), outdir)
    return { passed: problems.length === 0, output: problems.join('\n') }
  } finally {
    await rm(outdir, { recursive: true, force: true })
  }
}

async function differences(committed: string, built: string): Promise<string[]> {
  const [there, wanted] = await Promise.all([fileNames(committed), fileNames(built)])
  const problems: string[] = []
  for (const name of new Set([...there, ...wanted])) {
    if (!there.includes(name)) problems.push(`dist/${name} is missing`)
    else if (!wanted.includes(name)) problems.push(`dist/${name} is not built from src`)
    else if (!(await same(join(committed, name), join(built, name)))) problems.push(`dist/${name} is stale`)
  }
  return problems.sort()
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => !entry.isDirectory())
    return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Bytes, and whether it may be executed: git keeps that bit and no other. */
async function same(a: string, b: string): Promise<boolean> {
  const [textA, textB] = await Promise.all([readFile(a), readFile(b)])
  const [modeA, modeB] = await Promise.all([stat(a), stat(b)])
  return textA.equals(textB) && (modeA.mode & 0o100) === (modeB.mode & 0o100)
}
