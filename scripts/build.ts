/**
 * Bundles src/main into dist/: one file an entry, fixed names, nothing minified, so that a review of dist shows
 * what a review of src showed. The same tree gives the same bytes on every machine; `npm run check` compares them.
 */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build as bundle } from 'esbuild'
import type { BuildResult } from 'esbuild'
import { licenseTexts } from './bundle/licenses.ts'

/**
 * Modules of old in a new bundle call `require`, which such a file does not have: the toolkit's HTTP client asks
 * for node's own modules by it.
 */
const REQUIRE =
  "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"

/** Each is src/main/<entry>.ts and becomes dist/<entry>.js. */
const ENTRIES = { action: REQUIRE, cli: '' }

/** The part of the step after the main one is the same program, told so: half of a bundle is not shipped twice. */
const POST = `// The part of a step that GitHub starts after its main part.
process.argv.push('--post')
await import('./action.js')
`

const HASHBANG = '#!/usr/bin/env node\n'
/** Read, write and execute for the owner, read and execute for others: `dist/cli.js` is a `bin`. */
const EXECUTABLE = 0o755

export interface BuildOptions {
  /** The tree to build: holds package.json, src and node_modules. */
  readonly root: string
  /** Emptied first. */
  readonly outdir: string
}

export async function build({ root, outdir }: BuildOptions): Promise<void> {
  const results = await Promise.all(
    Object.entries(ENTRIES).map(([entry, banner]) => bundleEntry(root, entry, banner))
  )
  const inputs = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))
  const licenses = await licenseTexts(root, [...inputs])

  // Only now that all is known to be well: a broken source leaves the last good dist in place.
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  for (const file of results.flatMap(({ outputFiles }) => outputFiles)) {
    const path = join(outdir, file.path.slice(join(resolve(root), 'dist').length))
    await writeFile(path, file.text.startsWith('#!') ? file.text : HASHBANG + file.text)
    await chmod(path, EXECUTABLE)
  }
  await writeFile(join(outdir, 'post.js'), HASHBANG + POST)
  await chmod(join(outdir, 'post.js'), EXECUTABLE)
  await writeFile(join(outdir, 'licenses.txt'), licenses)
  // The nearest package.json decides how node reads `.js`; dist must work wherever it is copied to.
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n')
}

type Bundled = BuildResult<{ metafile: true; write: false }>

async function bundleEntry(root: string, entry: string, banner: string): Promise<Bundled> {
  return bundle({
    absWorkingDir: resolve(root),
    entryPoints: [`src/main/${entry}.ts`],
    banner: { js: banner },
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    charset: 'utf8',
    legalComments: 'none',
    // Paths stand in the output as comments: those of the tree, wherever node_modules really is.
    preserveSymlinks: true,
    define: { __VERSION__: JSON.stringify(await versionOf(root)) },
    logLevel: 'silent'
  })
}

async function versionOf(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    if (typeof manifest.version === 'string') return manifest.version
  }
  throw new Error('package.json has no version')
}

if (import.meta.main) {
  const home = resolve(import.meta.dirname, '..')
  const { values } = parseArgs({ options: { outdir: { type: 'string', default: join(home, 'dist') } } })
  await build({ root: home, outdir: resolve(values.outdir) })
}
