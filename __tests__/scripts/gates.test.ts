/** A gate that cannot turn red is no gate: each is shown a fault of its kind and must name it. */
import { spawnSync } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const HOME = resolve(import.meta.dirname, '../..')
const LEFT_BEHIND = ['node_modules', '.git', 'proving-regression', 'coverage', 'target']
const PATIENCE = 120_000

const trees: string[] = []
afterAll(() => Promise.all(trees.map((tree) => rm(tree, { recursive: true, force: true }))))

/** A copy of this tree to plant faults in; `keep` leaves out what a slow gate need not look at. */
async function plantedCopy(keep: (path: string) => boolean = () => true): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'gates-'))
  trees.push(tree)
  const wanted = (path: string): boolean =>
    !path.split(sep).some((part) => LEFT_BEHIND.includes(part)) && keep(path)
  await cp(HOME, tree, { recursive: true, filter: (source) => wanted(relative(HOME, source)) })
  await symlink(join(HOME, 'node_modules'), join(tree, 'node_modules'))
  return tree
}

async function plant(tree: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true })
  await writeFile(join(tree, path), text)
}

function check(tree: string, gates: string): { status: number | null; output: string } {
  const args = [join(HOME, 'scripts/check.ts'), '--root', tree, '--only', gates]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** Type-aware lint costs seconds for each hundred files; the domain is enough to see it at work. */
const domainOnly = (path: string): boolean =>
  !/^(__tests__|scripts|stand-in|dist|docs)$/.test(path) && !/^src\/(?!domain(\/|$))/.test(path)

describe('without a fault', () => {
  // The slow gates are seen to be green by `npm run check` itself.
  test('the quick gates are green', { timeout: PATIENCE }, async () => {
    const result = check(await plantedCopy(), 'names,docs,dist')
    expect(result).toEqual({
      status: 0,
      output: expect.stringContaining('3 gates passed, 0 failed') as string
    })
  })
})

describe('boundaries', () => {
  test(
    'a cycle of types, an arrow the wrong way, an effect in a pure folder',
    { timeout: PATIENCE },
    async () => {
      const tree = await plantedCopy()
      await plant(
        tree,
        'src/domain/hen.ts',
        "import type { Egg } from './egg.ts'\nexport type Hen = Egg | 1\n"
      )
      await plant(tree, 'src/domain/egg.ts', "import type { Hen } from './hen.ts'\nexport type Egg = [Hen]\n")
      await plant(
        tree,
        'src/render/peek.ts',
        "import { readFileSync } from 'node:fs'\nimport type { Log } from '../io/ports.ts'\n" +
          "export const peek = (log: Log): void => log.info(readFileSync('/etc/hostname', 'utf8'))\n"
      )
      const { status, output } = check(tree, 'boundaries')
      expect(status).toBe(1)
      expect(output).toMatch(/no-cycle: src\/domain\/(egg|hen)\.ts/)
      expect(output).toMatch(/pure-folders-meet-in-domain: src\/render\/peek\.ts . src\/io\/ports\.ts/)
      expect(output).toMatch(/pure-folders-have-no-effects: src\/render\/peek\.ts . fs/)
    }
  )
})

describe('dead code', () => {
  test('an export that nobody imports, and one that only a test imports', { timeout: PATIENCE }, async () => {
    const tree = await plantedCopy()
    const revision = join(tree, 'src/domain/revision.ts')
    await appendFile(revision, '\nexport const importedByNobody = 1\nexport const importedByTests = 1\n')
    const path = '__tests__/domain/planted.test.ts'
    await plant(
      tree,
      path,
      "import { importedByTests } from '../../src/domain/revision.ts'\nimportedByTests\n"
    )

    const dead = check(tree, 'dead-code')
    expect(dead.status).toBe(1)
    expect(dead.output).toMatch(/importedByNobody\s+src\/domain\/revision\.ts/)
    expect(dead.output).not.toContain('importedByTests')

    const testOnly = check(tree, 'test-only-code')
    expect(testOnly.status).toBe(1)
    expect(testOnly.output).toMatch(/importedByTests\s+src\/domain\/revision\.ts/)
  })
})

describe('lint', () => {
  test(
    'a floating promise, a swallowed failure, an effect without an import',
    { timeout: PATIENCE },
    async () => {
      const tree = await plantedCopy(domainOnly)
      await plant(
        tree,
        'src/domain/planted.ts',
        'export function floating(task: () => Promise<void>): void {\n  task()\n}\n' +
          'export function swallowing(task: () => void): void {\n  try {\n    task()\n  } catch {}\n}\n' +
          'export const effect = (): number => Date.now() + process.pid\n'
      )
      const { status, output } = check(tree, 'lint')
      expect(status).toBe(1)
      expect(output).toContain('src/domain/planted.ts')
      expect(output).toMatch(/2:3 .*@typescript-eslint\/no-floating-promises/)
      expect(output).toMatch(/7:5 .*Name the error/)
      expect(output).toContain("'Date.now' is restricted")
      expect(output).toContain("'process'")
    }
  )
})

describe('dist', () => {
  test('bytes that src does not build, and a file that nobody builds', { timeout: PATIENCE }, async () => {
    const tree = await plantedCopy()
    await appendFile(join(tree, 'dist/cli.js'), '// by hand\n')
    await plant(tree, 'dist/left-over.js', '')
    const { status, output } = check(tree, 'dist')
    expect(status).toBe(1)
    expect(output).toContain('dist/cli.js is stale')
    expect(output).toContain('dist/left-over.js is not built from src')
    expect(output).toContain('Repair: npm run build')
  })
})

describe('docs', () => {
  test('a row of the README that the code does not have', { timeout: PATIENCE }, async () => {
    const tree = await plantedCopy()
    const readme = await readFile(join(tree, 'README.md'), 'utf8')
    const wrong = readme.replace(/(<!-- begin generated: inputs -->[\s\S]*?\| `)blocks(`)/, '$1blokcs$2')
    expect(wrong).not.toBe(readme)
    await writeFile(join(tree, 'README.md'), wrong)
    const { status, output } = check(tree, 'docs')
    expect(status).toBe(1)
    expect(output).toContain('README.md is not what the code says')
    expect(output).toContain('blokcs')
    expect(output).toContain('Repair: npm run docs')
  })
})

describe('names', () => {
  test('a file that says nothing of what it holds', { timeout: PATIENCE }, async () => {
    const tree = await plantedCopy()
    await plant(tree, 'src/domain/utils.ts', 'export {}\n')
    await plant(tree, 'src/domain/badlyNamed.ts', 'export {}\n')
    const { status, output } = check(tree, 'names')
    expect(status).toBe(1)
    expect(output).toContain('src/domain/utils.ts: "util"')
    expect(output).toContain('src/domain/badlyNamed.ts: file names are kebab-case')
  })
})
