import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** From the root of the tree. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const workflowsIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => `${folder}/${name}`)

/** The workflows that users paste. */
export const EXAMPLES = workflowsIn('examples')
/** Those of this repository. */
export const OWN = workflowsIn('.github/workflows')
