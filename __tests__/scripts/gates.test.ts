/** A gate that cannot turn red is no gate: each is shown a fault of its kind and must name it. */
import { spawnSync } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

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

const FAULTS = {
  'src/domain/hen.ts': "import type { Egg } from './egg.ts'\nexport type Hen = Egg | 1\n",
  'src/domain/egg.ts': "import type { Hen } from './hen.ts'\nexport type Egg = [Hen]\n",
  'src/render/peek.ts':
    "import { readFileSync } from 'node:fs'\nimport type { Log } from '../io/ports.ts'\n" +
    "export const peek = (log: Log): void => log.info(readFileSync('/etc/hostname', 'utf8'))\n",
  'src/statistics/noun.ts':
    "import type { Side } from '../domain/revision.ts'\nexport const noun: Side = 'base'\n",
  'src/render/judge-again.ts':
    "import { judge } from '../statistics/judge.ts'\nexport const judgeAgain = judge\n",
  '__tests__/domain/planted.test.ts':
    "import { importedByTests } from '../../src/domain/revision.ts'\nimportedByTests\n",
  'src/domain/utils.ts': 'export {}\n',
  'src/domain/badlyNamed.ts': 'export {}\n',
  'dist/left-over.js': ''
}

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

describe('with a fault for each, all of them are named', () => {
  let output = ''

  beforeAll(async () => {
    const tree = await plantedCopy()
    for (const [path, text] of Object.entries(FAULTS)) await plant(tree, path, text)
    await appendFile(
      join(tree, 'src/domain/revision.ts'),
      '\nexport const importedByNobody = 1\nexport const importedByTests = 1\n'
    )
    await appendFile(join(tree, 'dist/cli.js'), '// by hand\n')
    const readme = await readFile(join(tree, 'README.md'), 'utf8')
    const wrong = readme.replace(/(<!-- begin generated: inputs -->[\s\S]*?\| `)blocks(`)/, '$1blokcs$2')
    expect(wrong).not.toBe(readme)
    await writeFile(join(tree, 'README.md'), wrong)
    const checked = check(tree, 'names,boundaries,dead-code,test-only-code,docs,dist')
    expect(checked.status).toBe(1)
    output = checked.output
    expect(output).toContain('0 gates passed, 6 failed')
  }, PATIENCE)

  /** What a gate says, up to the next. */
  const said = (gate: string): string =>
    new RegExp(`^FAIL {2}${gate}\\b[^]*?(?=^(?:ok|FAIL) |\\z)`, 'm').exec(`${output}\nok `)?.[0] ?? ''

  test('boundaries: a cycle of types, an arrow the wrong way, an effect in a pure folder', () => {
    expect(said('boundaries')).toMatch(/no-cycle: src\/domain\/(egg|hen)\.ts/)
    expect(said('boundaries')).toMatch(
      /pure-folders-meet-in-domain: src\/render\/peek\.ts . src\/io\/ports\.ts/
    )
    expect(said('boundaries')).toMatch(/pure-folders-have-no-effects: src\/render\/peek\.ts . fs/)
    expect(said('boundaries')).toMatch(/statistics-stands-alone: src\/statistics\/noun\.ts/)
    expect(said('boundaries')).toMatch(/statistics-is-for-plan-and-compare: src\/render\/judge-again\.ts/)
  })

  test('dead code: an export that nobody imports, and one that only a test imports', () => {
    expect(said('dead-code')).toMatch(/importedByNobody\s+src\/domain\/revision\.ts/)
    expect(said('dead-code')).not.toContain('importedByTests')
    expect(said('test-only-code')).toMatch(/importedByTests\s+src\/domain\/revision\.ts/)
  })

  test('dist: bytes that src does not build, and a file that nobody builds', () => {
    expect(said('dist')).toContain('dist/cli.js is stale')
    expect(said('dist')).toContain('dist/left-over.js is not built from src')
    expect(said('dist')).toContain('Repair: npm run build')
  })

  test('docs: a row of the README that the code does not have', () => {
    expect(said('docs')).toContain('README.md is not what the code says')
    expect(said('docs')).toContain('blokcs')
    expect(said('docs')).toContain('Repair: npm run docs')
  })

  test('names: a file that says nothing of what it holds', () => {
    expect(said('names')).toContain('src/domain/utils.ts: "util"')
    expect(said('names')).toContain('src/domain/badlyNamed.ts: file names are kebab-case')
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
