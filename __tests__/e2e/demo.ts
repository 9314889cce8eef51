import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli, type Ended } from '../support/terminal.ts'

let directory: string
let demo: Ended

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runCli(args, { cwd: directory, env: { XDG_CACHE_HOME: join(directory, 'cache'), ...env } })

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'proving-regression-demo-'))
  demo = await run(['demo'])
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('the demo', () => {
  test('ends 0 and prints the comment that it also wrote', () => {
    expect(demo.code).toBe(0)
    expect(demo.stdout).toBe(readFileSync(join(directory, 'proving-regression/comment.md'), 'utf8'))
  })

  test('plays the recorded times: the published changes, row by row', () => {
    const rows = demo.stdout.split('\n').filter((line) => line.startsWith('| 234269'))
    const changes = rows.slice(0, 4).map((row) => /([-+][\d.]+%) \[[^\]]+\] improvement *\|$/.exec(row)?.[1])
    expect(changes).toEqual(['-29.2%', '-30.6%', '-28.3%', '-26.8%'])
    expect(demo.stdout).toContain('20m 40s → 14m 38s')
  })

  test('says that it is no real prover', () => {
    expect(demo.stdout).toMatch(/stand-in/i)
    expect(demo.stdout).toMatch(/invented/)
  })

  test('tells what runs, k of n, and how long it may take', () => {
    expect(demo.stderr).toMatch(
      /12\/27 proving block 23426993 on base, round 1; .* so far, about .* to look 1 of 3/
    )
  })

  test('leaves every document, each as its schema says', () => {
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(join(directory, 'proving-regression', name), 'utf8'))
    expect(read('plan.json')).toMatchObject({ schema: 'plan@1' })
    expect(read('measurements.json')).toMatchObject({ schema: 'measurements@1' })
    expect(read('report.json')).toMatchObject({
      schema: 'report@1',
      verdict: 'improvement',
      comparisons: expect.arrayContaining([
        expect.objectContaining({ block: 23426993, metric: 'proving-time', base: 1240, head: 878 })
      ]) as unknown
    })
  })
})

describe('report', () => {
  test('prints the same comment and the same report again', async () => {
    const comment = await run(['report', 'proving-regression'])
    expect(comment).toMatchObject({ code: 0, stdout: demo.stdout })
    expect(comment.stderr).toBe('')
    const json = await run(['report', 'proving-regression', '--json'])
    expect(json.stdout).toBe(readFileSync(join(directory, 'proving-regression/report.json'), 'utf8'))
  })

  test('warns of a report that its measurements do not give', async () => {
    cpSync(join(directory, 'proving-regression'), join(directory, 'edited'), { recursive: true })
    const path = join(directory, 'edited/report.json')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"verdict": "improvement"', '"verdict": "no-change"')
    )
    const { code, stdout, stderr } = await run(['report', 'edited'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: demo.stdout })
    expect(stderr).toContain('says something else than its measurements')
  })

  test('says what is wrong with a directory that holds none', async () => {
    const { code, stdout, stderr } = await run(['report', 'nowhere'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('nowhere/measurements.json does not exist')
  })
})

describe('parse', () => {
  const logs = 'proving-regression/logs'
  const flags = [
    '--host',
    'ethrex-replay',
    '--zkvm',
    'sp1',
    '--mode',
    'prove',
    '--block',
    '23426993',
    '--exit',
    '0'
  ]

  test('reads the log of a trial', async () => {
    const file = `${logs}/timed-r1-23426993-sp1-head.stdout.log`
    const { code, stdout } = await run(['parse', ...flags, '--stdout', file, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'measured',
      reason: null,
      gas: 35714206,
      metrics: { 'proving-time': { value: 878, unit: 's', exactness: 'rounded-seconds' } }
    })
  })

  test('exits 1 and says why where there is nothing to read', async () => {
    const file = `${logs}/timed-r1-23426994-sp1-head.stdout.log`
    const { code, stdout, stderr } = await run(['parse', ...flags, '--stdout', file, '--explain'])
    expect(code).toBe(1)
    expect(stdout).toContain('failed: report-line-missing')
    expect(stderr).toContain('report-line-missing')
  })
})

describe('check and witnesses', () => {
  const ofDemo = (): readonly string[] => [
    ...['--repository', join(directory, 'cache/proving-regression/demo/ethrex')],
    ...['--host-repository', join(directory, 'cache/proving-regression/demo/ethrex-replay')],
    ...['--head', 'all-opts', '--resource', 'cpu']
  ]
  const given = (): readonly string[] => [
    '--witnesses',
    join(directory, 'cache/proving-regression/demo/witnesses')
  ]

  test('check finds what is there and what a run costs', async () => {
    const { code, stdout, stderr } = await run(['check', ...ofDemo(), ...given()])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/^ok +git version/m)
    expect(stderr).toMatch(/^ok +witnesses of 4 blocks/m)
    expect(stderr).toMatch(/10 executions, 17 to 41 proofs: about 256 to 623 min/)
  })

  test('check finds what is missing', async () => {
    const { code, stderr } = await run(['check', ...ofDemo(), '--blocks', '7'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/^missing +.*block 7/m)
  })
})

describe('the start', () => {
  test.each([
    [['--version'], 0, /^proving-regression \d+\.\d+\.\d+\n$/],
    [['--help'], 0, /Usage/i],
    [['run', '--help'], 0, /--gpu-minutes/]
  ] as const)('%j', async (args, code, stdout) => {
    const ended = await run(args)
    expect(ended.code).toBe(code)
    expect(ended.stdout).toMatch(stdout)
    expect(ended.stderr).toBe('')
  })
})
