import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The innermost package that a bundled file belongs to. */
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const LICENSE_FILE = /^(licen[cs]e|copying|notice)\b/i
const RULE = '-'.repeat(80)

/**
 * Name, version and licence text of every package in the bundle, sorted.
 * Throws where a package comes without its licence: we could not ship it.
 */
export async function licenseTexts(root: string, inputs: readonly string[]): Promise<string> {
  const folders = inputs.flatMap((path) => PACKAGE_FOLDER.exec(path)?.[0] ?? [])
  const entries = await Promise.all([...new Set(folders)].sort().map((folder) => entryOf(root, folder)))
  return ['Packages bundled in this folder, and their licences.\n', ...entries].join(`\n${RULE}\n\n`)
}

async function entryOf(root: string, folder: string): Promise<string> {
  const path = join(root, folder)
  const files = (await readdir(path)).filter((name) => LICENSE_FILE.test(name)).sort()
  if (files.length === 0) throw new Error(`${folder} has no licence file`)
  const texts = await Promise.all(files.map((name) => readFile(join(path, name), 'utf8')))
  const manifest: unknown = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'))
  const title = ['name', 'version', 'license'].map((key) => textAt(manifest, key)).join(' ')
  return `${title}\n\n${texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n')}\n`
}

function textAt(manifest: unknown, key: string): string {
  const value: unknown = Object.entries(manifest ?? {}).find(([name]) => name === key)?.[1]
  if (typeof value !== 'string') throw new Error(`a bundled package.json has no ${key}`)
  return value
}
