import { glob } from 'node:fs/promises'
import { basename } from 'node:path'
import type { GateResult } from './gate.ts'

const FILES = '{src,stand-in,scripts,__tests__}/**/*.ts'
/** They say that something is inside, not what. */
const EMPTY_WORDS = /(^|[-./])(helper|manager|util|utility|utilitie|misc|common|stuff)s?(?=[-./]|$)/i
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.ts$/

/** File names take words of docs/glossary.md and are spelled one way. */
export async function namesSaySomething(root: string): Promise<GateResult> {
  const problems: string[] = []
  for await (const path of glob(FILES, { cwd: root, exclude: ['**/target', '**/node_modules'] })) {
    const word = EMPTY_WORDS.exec(path)?.[2]
    if (word !== undefined) problems.push(`${path}: "${word}" does not say what is inside (docs/glossary.md)`)
    if (!KEBAB_CASE.test(basename(path))) problems.push(`${path}: file names are kebab-case`)
  }
  return { passed: problems.length === 0, output: problems.sort().join('\n') }
}
