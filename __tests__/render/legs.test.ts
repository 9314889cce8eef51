import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runReportOf } from '../../src/compare/run-report.ts'
import { count, minutes } from '../../src/domain/quantity.ts'
import type { Report, RunReport } from '../../src/domain/report.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { RUN_STATES, type RunVerdict } from '../../src/domain/verdict.ts'
import type { ZkVm } from '../../src/domain/workload.ts'
import { renderComment } from '../../src/render/comment.ts'
import { earlierResult } from '../../src/render/earlier.ts'
import { headlineOf } from '../../src/render/headline.ts'
import { renderJobSummary } from '../../src/render/job-summary.ts'
import { renderOutputs } from '../../src/render/outputs.ts'
import { trialWords } from '../../src/render/progress.ts'
import { renderRunning } from '../../src/render/running.ts'
import { renderSummary } from '../../src/render/terminal.ts'
import { anyText, HOSTILE, hostileRun } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'
import { sha, trialNamed } from '../support/plans.ts'
import { movedBy, RECORDED } from '../support/recorded.ts'
import { aRun, failing, planFor, span, withFailed, type BlockFigures } from '../support/runs.ts'
import { aContext, cyclesOf, measuring, newer } from '../support/standings.ts'
import { aReference, asVariant, countedAs, inWholeSeconds, variantLeg } from './beside.ts'
import { legOf, runOf, runOfLegs } from './run-of.ts'

const LIMIT = 65_536
const places = { json: '/r.json', markdown: '/r.md', commentUrl: '' }

const better = legOf(aRun(RECORDED))
const calm = legOf(aRun(movedBy([1, 1, 1, 1])))
const worse = legOf(aRun(movedBy([1.0231, 1.0009, 1.018, 1])))

const on = (zkvm: ZkVm, report: Report): Report => ({ ...report, plan: { ...report.plan, zkvm } })
const several = (...legs: readonly Report[]): RunReport => runReportOf(legs, null)
const openPart = (comment: string): string => comment.split('<!-- folded -->')[0]!
const tableIn = (comment: string, index: number) => readComment(comment).tables[index]!

/** A leg that failed without a block. */
const unbuilt = (report: Report, side: 'base' | 'head'): Report => ({
  ...report,
  verdict: `${side}-failed`,
  failures: [
    { side, stage: 'build', block: null, reason: 'build-failed', message: 'It does not build.', tail: '' }
  ]
})

describe('the headline of several zkVMs', () => {
  const identical: Report = { ...calm, verdict: 'identical', ending: 'identical' }

  test.each([
    [
      'the worst, with its number and block, then the others',
      several(better, on('zisk', worse)),
      /^Mixed: regression on ZisK, steps \+2\.31% on block 23426993 \(\+1\.04% over 4 blocks\); proving time .*; SP1: improvement$/
    ],
    [
      'all that came to the same',
      several(worse, on('zisk', worse), on('openvm', worse), on('risc0', calm)),
      /^Regression on SP1: cycles \+2\.31% .*; also on ZisK and OpenVM; RISC0: no change$/
    ],
    [
      'the verdict of the run, though another zkVM could not be decided',
      several({ ...calm, verdict: 'inconclusive' }, on('zisk', better)),
      /^Improvement on ZisK: steps -29\.90% over 4 blocks .*; SP1: inconclusive$/
    ],
    [
      'what failed, and where',
      several(better, on('openvm', unbuilt(calm, 'head'))),
      /^Head failed on OpenVM: it does not build \(build-failed\), base does; SP1: improvement$/
    ],
    [
      'no zkVM where all are identical',
      several(identical, on('zisk', identical)),
      /^Identical: nothing that proving depends on differs$/
    ]
  ])('names %s', (_what, run, wanted) => {
    expect(headlineOf(run)).toMatch(wanted)
  })

  test('says of a cancelled run how far all of it came', () => {
    const run = several({ ...calm, verdict: 'cancelled', ending: 'cancelled' }, on('zisk', calm))
    const { done, planned } = run.progress
    expect(headlineOf(run)).toBe(`Cancelled: no verdict after ${done} of at most ${planned} trials`)
  })

  test('takes any combination of verdicts, and begins with that of the run', () => {
    const verdict = fc.constantFrom<RunVerdict>(
      ...RUN_STATES,
      'no-change',
      'regression',
      'mixed',
      'improvement',
      'inconclusive',
      'incomparable'
    )
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 2, maxLength: 4 }), (verdicts) => {
        const zkvms = ['sp1', 'risc0', 'zisk', 'openvm'] as const
        const legs = verdicts.map((one, index) => on(zkvms[index]!, { ...worse, verdict: one }))
        const run = { ...several(...legs), verdict: verdicts[0]! }
        expect(headlineOf(run)).toMatch(
          /^(?:Cancelled|Infrastructure|Base failed|Head failed|Identical|Mixed|Regression|Improvement|Incomparable|Inconclusive|No change)/
        )
        expect(renderSummary(run)).not.toContain('\n')
      })
    )
  })
})

describe('several zkVMs in one comment', () => {
  const run = several(better, on('zisk', worse))
  const comment = renderComment(run, aContext)

  test('stand with the worst first, in bullets, rows and folds', () => {
    const bullets = comment.split('\n').filter((line) => line.startsWith('- **'))
    expect(bullets.map((line) => /^- \*\*(.*?):/.exec(line)![1])).toEqual([
      'ZisK steps',
      'ZisK proving time',
      'SP1 cycles',
      'SP1 proving time'
    ])
    const rows = tableIn(comment, 0).slice(2)
    expect(rows.map(([block, zkvm]) => `${block} ${zkvm}`).slice(0, 4)).toEqual([
      '23426993 ZisK, steps',
      '23426993 SP1, cycles',
      '23426994 ZisK, steps',
      '23426994 SP1, cycles'
    ])
    expect(rows.slice(-2).map(([block, zkvm]) => `${block} ${zkvm}`)).toEqual([
      '**Mean** ZisK, steps',
      '**Mean** SP1, cycles'
    ])
    const folds = [...comment.matchAll(/<summary>(\w+): /g)].map(([, name]) => name)
    expect(folds.indexOf('ZisK')).toBeLessThan(folds.indexOf('SP1'))
  })

  test('share one machine, one way to reproduce and one row', () => {
    expect(comment.match(/- Machine: /g)).toHaveLength(1)
    expect(comment.match(/- Spent: /g)).toHaveLength(1)
    expect(comment.match(/<summary>How to reproduce/g)).toHaveLength(1)
    expect(comment).toContain('  --zkvm sp1,zisk ')
    expect(comment).toMatch(
      /\| faster-trie \| .* \| \+1\.04% ZisK steps, .* ZisK proving time; -29\.90% SP1 cycles, /
    )
  })

  test('are all named in the alert where they rose', () => {
    const both = renderComment(several(worse, on('zisk', worse), on('risc0', calm)), aContext)
    const alert = both.split('\n').filter((line) => line.startsWith('> '))
    expect(alert.join('\n')).toMatch(/\*\*SP1:\*\* Cycles rose[^]*\*\*ZisK:\*\* Steps rose/)
    expect(alert.join('\n')).not.toContain('RISC0')
  })

  test('say once what is true of all of them', () => {
    const caveat = 'gpu-minutes spent: measured 4 of the 8 pairs that look 1 of 3 takes.'
    const minded = (leg: Report): Report => ({ ...leg, caveats: [caveat] })
    const shared = renderComment(several(minded(better), on('zisk', minded(calm))), aContext)
    expect(shared.match(/- \*\*Mind:\*\*/g)).toHaveLength(1)
    const own = renderComment(several(better, on('zisk', minded(calm))), aContext)
    expect(own).toContain(`- **Mind, ZisK:** ${caveat}`)
  })

  test('one that is identical beside others is said to be so', () => {
    const same = on('zisk', {
      ...calm,
      verdict: 'identical',
      ending: 'identical',
      trials: [],
      comparisons: []
    })
    const beside = renderComment(several(better, same), aContext)
    expect(beside).toContain('- **ZisK steps: no-change.** Nothing that proving depends on differs')
    expect(tableIn(beside, 0)[0]).toContain('zkVM')
    expect(beside).not.toContain('0 GPU seconds')
  })

  test('outputs give the percentages of the one that the headline names', () => {
    expect(renderOutputs(run, places)).toMatchObject({
      verdict: 'mixed',
      'cycles-verdict': 'mixed',
      'cycles-percent': '+1.04'
    })
    expect(renderOutputs(several(better, on('zisk', calm)), places)).toMatchObject({
      verdict: 'improvement',
      'cycles-percent': '-29.90'
    })
  })
})

describe('what a zkVM counts', () => {
  const zisk = (figures: readonly BlockFigures[]) =>
    countedAs('steps', aRun(figures, { plan: planFor(figures, { zkvm: 'zisk' }) }))

  test('is called steps of ZisK, and shown once', () => {
    const comment = renderComment(runOf(zisk(RECORDED)), aContext)
    expect(comment.split('\n')[1]).toContain('steps -29.90% over 4 blocks')
    expect(tableIn(comment, 0)[0]).toEqual(['Block', 'Gas', 'Steps', 'Δ steps', 'Proving time', 'Δ time'])
    expect(comment).toContain('- Steps: every block executed once a side')
    expect(comment).toContain('They are exact totals.')
    expect(comment.match(/6,812,344,190/g)).toHaveLength(1)
  })

  test('is shown twice where the two figures are not the same', () => {
    const run = zisk(RECORDED)
    const other = { value: count(7n), unit: 'steps', exactness: 'exact' } as const
    const records = run.records.map((record) =>
      record.outcome.kind === 'failed'
        ? record
        : {
            ...record,
            outcome: {
              ...record.outcome,
              sample: {
                ...record.outcome.sample,
                metrics: { ...record.outcome.sample.metrics, steps: other }
              }
            }
          }
    )
    const comment = renderComment(runOf({ ...run, records }), aContext)
    const metrics = readComment(comment).tables.find(
      ([head]) => head?.includes('Steps') && head.includes('Mgas/s')
    )
    expect(metrics![2]!.slice(3, 5)).toEqual(['7 → 7', '+0.00%'])
  })

  test('has the parts of the estimated cost beside it, the total last', () => {
    const comment = renderComment(runOf(zisk(RECORDED)), aContext)
    expect(comment).toContain('<summary>Estimated cost of proving, by part: -29.89%</summary>')
    const parts = readComment(comment).tables.find(([head]) => head?.[0] === 'Part')!
    expect(parts.slice(2).map(([name]) => name)).toEqual([
      'BASE',
      'MAIN',
      'OPCODES',
      'PRECOMPILES',
      'MEMORY',
      '**Total**'
    ])
  })

  test('by proofs alone, as OpenVM does, is said to be so', () => {
    const plan = planFor(RECORDED, { zkvm: 'openvm' })
    const run = countedAs('instructions', aRun(RECORDED, { plan }))
    const comment = renderComment(runOf(run), aContext)
    expect(comment).toContain('- **Instructions: improvement.** -29.90% over 4 blocks')
    expect(comment).toContain('- Instructions: said by proofs alone, so those of the first proof')
  })

  describe('by proofs alone, before there are any', () => {
    const openvm = (mode: 'prove' | 'execute'): Measurements =>
      countedAs('instructions', aRun(RECORDED, { plan: planFor(RECORDED, { zkvm: 'openvm', mode }) }))
    const headingOf = (comment: string): string => comment.split('\n')[1] ?? ''

    test('is no verdict, and nothing to fear', () => {
      const early = renderRunning(measuring(cyclesOf(openvm('prove'))), newer, null)
      expect(headingOf(early)).toMatch(/^## ⚪ Instructions: counted while proving; proving time follows/)
      expect(early).toContain('- **Instructions: not known yet.** OpenVM counts them only while it proves.')
      expect(early).not.toContain('nconclusive')
    })

    test('leaves the heading to a zkVM that has counted', () => {
      const early = renderRunning(measuring(cyclesOf(openvm('prove'), aRun(RECORDED))), newer, null)
      expect(headingOf(early)).toMatch(
        /^## ✅ SP1 cycles: improvement, -29.90% over 4 blocks .*; OpenVM: counted while proving; proving time/
      )
    })

    test('of a run that only executes, says why there is nothing to compare', () => {
      const comment = renderComment(runOf(openvm('execute')), aContext)
      expect(headingOf(comment)).toBe('## ⚪ Inconclusive: instructions are counted by proofs alone')
      expect(comment).toContain('OpenVM counts them only while it proves, in mode `prove`.')
      expect(comment).not.toContain('to see the same count')
    })
  })
})

describe('variants', () => {
  const variant = asVariant('trie3', worse)

  test('are in tables of their own, open, and in no verdict', () => {
    const comment = renderComment(several(better, variant), aContext)
    expect(comment.split('\n')[1]).toBe(renderComment(several(better), aContext).split('\n')[1])
    expect(openPart(comment)).toContain('ethrex (trie3)')
    expect(openPart(comment)).not.toContain('[!CAUTION]')
    expect(comment).toContain('<summary>Variants: 1 beside head</summary>')
  })

  test('none, and no reference: no such tables', () => {
    const comment = renderComment(several(better), aContext)
    expect(comment).not.toMatch(/Relative to|Variants/)
    expect(readComment(openPart(comment)).tables).toHaveLength(1)
  })

  test('one that does not build has failed on every block, with the reason below', () => {
    const broken = { ...unbuilt(variant, 'head'), comparisons: [], overall: [], trials: [], spans: [] }
    const comment = renderComment(several(better, broken), aContext)
    expect(
      tableIn(comment, 1)
        .slice(2)
        .map((row) => row.at(-1))
    ).toEqual(Array(4).fill('Failed'))
    expect(
      tableIn(comment, 2)
        .slice(2)
        .map((row) => row.at(-1))
    ).toEqual(Array(5).fill('-'))
    expect(comment).toContain('**trie3, build: build-failed.** It does not build.')
  })

  test('what base failed at is said once, whichever legs met it', () => {
    const failed = [better, variant].map((leg) => unbuilt(leg, 'base'))
    expect(renderComment(several(...failed), aContext)).toContain('<summary>Failures: 1</summary>')
  })

  test('a block that only base proved has its time all the same', () => {
    const leg = withFailed(
      aRun(RECORDED),
      ({ block, side, phase }) => block === 23426994 && side === 'head' && phase === 'timed',
      failing('proving-failed', 'It failed.')
    )
    const run = runOfLegs([leg], aReference([{ block: 23426994, seconds: 339 }]))
    const [, row] = tableIn(renderComment(run, aContext), 1).slice(2)
    expect(row).toEqual(['23426994', '20.7M', '13m 24s', 'Failed', '05m 39s'])
  })

  test('counts beyond 2^53 keep every digit', () => {
    const figures = [{ ...RECORDED[0]!, cycles: { base: 2n ** 60n + 1n, head: 2n ** 60n - 1n } }]
    const plan = planFor(figures, { mode: 'execute' })
    const legs = [aRun(figures, { plan }), variantLeg('trie3', figures, { mode: 'execute' })]
    const [, , row] = tableIn(renderComment(runOfLegs(legs), aContext), 1)
    expect(row!.slice(2)).toEqual([
      '1,152,921,504,606,846,977',
      '1,152,921,504,606,846,975',
      '1,152,921,504,606,846,975'
    ])
  })

  test('of several zkVMs have a set of tables each', () => {
    const run = several(better, variant, on('zisk', worse), on('zisk', variant))
    const comment = renderComment(run, aContext)
    expect(openPart(comment)).toContain('**Proving time, SP1.**')
    expect(openPart(comment)).toContain(
      '**Relative to base on ZisK, `(opt - base) / base`: minus is faster.**'
    )
    expect(comment).toContain('<summary>ZisK, trie3: Where the cycles changed')
  })

  test('are reproduced by name and commit', () => {
    const run = several(better, variant, asVariant('trie-2', worse))
    expect(renderComment(run, aContext)).toContain(
      `  --variants 'trie3=${'b'.repeat(40)}\ntrie-2=${'b'.repeat(40)}' \\\n`
    )
  })

  test('are what a trial is of, and not head', () => {
    const trial = { ...trialNamed(better.plan, 'timed-r2-23426993-sp1-head'), variant: 'trie3' }
    expect(trialWords(trial)).toBe('proving block 23426993 on trie3, round 2')
    expect(trialWords({ ...trial, side: 'base', zkvm: 'zisk' })).toBe(
      'proving block 23426993 on base in ZisK, round 2'
    )
  })
})

describe('the reference', () => {
  const reference = aReference([
    { block: 23426993, seconds: 519 },
    { block: 23426994, seconds: 339, kept: true }
  ])
  const leg = legOf(inWholeSeconds(aRun(RECORDED)))

  test('is a column, with what whole seconds allow where there is room', () => {
    const comment = renderComment(runReportOf([leg], reference), aContext)
    expect(tableIn(comment, 2)[2]).toEqual([
      '23426993',
      '35.7M',
      '138.9% (138.5 to 139.1)',
      '69.2% (68.8 to 69.4)'
    ])
    expect(comment).not.toContain('percentage points')
  })

  test('not measured on a block is a dash, and in no percentage', () => {
    const comment = renderComment(runReportOf([leg], reference), aContext)
    expect(tableIn(comment, 1)[4]!.at(-1)).toBe('–')
    expect(tableIn(comment, 2)[4]!.slice(2)).toEqual(['-', '-'])
    expect(tableIn(comment, 2).at(-1)!.at(-1)).toMatch(/^\*\*\d+\.\d%.*\*\* of 2 blocks$/)
  })

  test('that was kept says since when, and which commit it is', () => {
    const comment = renderComment(runReportOf([leg], reference), aContext)
    expect(comment).toContain('- Kept from earlier runs on this machine, the oldest of 2026-01-01: 23426994.')
    expect(comment).toContain(' · rsp `ddddddd` (`main`) · ')
    expect(comment).toContain(`--reference rsp@${'d'.repeat(40)} --reference-repository succinctlabs/rsp`)
  })

  test('that could not be built says why, in place of its tables', () => {
    const failures = [
      {
        side: null,
        stage: 'build',
        block: null,
        reason: 'build-failed',
        message: 'rsp does not build.',
        tail: 'error'
      }
    ] as const
    const none = aReference([], { failures, gpuMinutes: minutes(0) })
    const comment = renderComment(runReportOf([leg], none), aContext)
    expect(openPart(comment)).toContain('Of rsp nothing was measured (build-failed): rsp does not build.')
    expect(comment).toContain('**rsp, build: build-failed.** rsp does not build.')
    expect(comment.split('\n')[1]).not.toContain('failed')
  })

  test('stands beside SP1 alone', () => {
    const comment = renderComment(runReportOf([leg, on('zisk', leg)], reference), aContext)
    expect(comment.match(/\| rsp main \(/g)).toHaveLength(2)
  })
})

describe('where the cycles went', () => {
  const spans = (
    base: readonly (readonly [string, bigint])[],
    head: readonly (readonly [string, bigint])[]
  ) => {
    const all = (own: readonly (readonly [string, bigint])[]) => [
      span(['execution'], 1_000_000_000n),
      ...own.map(([name, cycles]) => span(['execution', name], cycles))
    ]
    const figures = [{ ...RECORDED[0]!, spans: { base: all(base), head: all(head) } }]
    return renderComment(runOf(aRun(figures, { plan: planFor(figures, { mode: 'execute' }) })), aContext)
  }

  test('a span under another name is guessed at by its cycles', () => {
    const comment = spans(
      [
        ['a', 1_000_000n],
        ['b', 5_000n]
      ],
      [
        ['c', 1_009_000n],
        ['d', 90_000n]
      ]
    )
    expect(comment).toMatch(/`execution > a` +\| +1\.000M → – \(gone\)/)
    expect(comment).toContain(
      'Renamed? `execution > a` is only in base and `execution > c` only in head, and their cycles differ by no more than 1%.'
    )
    expect(comment).not.toContain('`execution > d` only in head')
  })

  test('or by its place, where nothing else came or went', () => {
    expect(spans([['a', 1_000_000n]], [['c', 5n]])).toContain(
      'only in head, and nothing else directly inside the same span came or went.'
    )
  })

  test('nothing is guessed where several would do', () => {
    expect(
      spans(
        [
          ['a', 1000n],
          ['b', 1000n]
        ],
        [
          ['c', 1000n],
          ['d', 1000n]
        ]
      )
    ).not.toContain('Renamed?')
  })

  test("is listed as ethrex's document does, to be copied from the job summary", () => {
    const summary = renderJobSummary(runOf(aRun(RECORDED)), aContext)
    expect(summary).toContain('\n- rebuild_storage_trie 875.996 -> 257.740 (x3.4)\n')
    expect(summary).toContain('\n- apply_account_updates 558.076 -> 66.808 (x8.4)\n')
    expect(renderComment(runOf(aRun(RECORDED)), aContext)).not.toContain(' -> 257.740')
  })
})

describe('lines that were not understood', () => {
  const unread = (text: string, trial = 'cycles-23426993-sp1-head'): Report => ({
    ...better,
    unread: [{ trial, stream: 'stderr', line: 1234, text }]
  })

  test('are shown with their place, and where to send them', () => {
    const comment = renderComment(several(unread('cycle-tracker: execution 12,3~')), aContext)
    expect(comment).toContain('<summary>Not understood: 1 line</summary>')
    expect(comment).toContain(
      '`cycles-23426993-sp1-head`, stderr:1234\n\n```text\ncycle-tracker: execution 12,3~\n```'
    )
    expect(comment).toContain(
      'open an issue of proving-regression with these lines and the version of the tool'
    )
    expect(comment).toContain(
      '  --stdout logs/cycles-23426993-sp1-head.stdout.log --stderr logs/cycles-23426993-sp1-head.stderr.log --explain'
    )
  })

  test('cannot leave their fence', () => {
    for (const text of HOSTILE) {
      const { links, tags } = htmlOf(renderComment(several(unread(text)), aContext))
      expect(links).toEqual([aContext.runUrl])
      expect(tags).not.toContain('img')
    }
  })
})

describe('text of strangers beside head', () => {
  const hostile = (text: string): RunReport => {
    const leg = legOf(hostileRun(text))
    const beside = { ...asVariant(text, leg), notes: [text], caveats: [text] }
    const cost = { block: leg.plan.blocks[0]!.block, zkvm: 'sp1', variant: null, name: text } as const
    const costs = [{ ...cost, base: count(1n), head: count(2n) }]
    const unread = [{ trial: leg.trials[0]!.id, stream: 'stdout', line: 1, text }] as const
    const failure = { reason: 'execution-failed', message: text, tail: `${text}\n${text}` } as const
    const plain = aReference([
      { block: 23426993, seconds: 519 },
      { block: 23426994, seconds: null }
    ])
    const reference = {
      ...plain,
      revision: { repository: text, ref: text, sha: sha('d') },
      notes: [text],
      blocks: plain.blocks.map((one) => (one.failure === null ? one : { ...one, failure }))
    }
    const head = { ...leg, caveats: [text], costs, unread }
    return runReportOf([head, beside, on('zisk', head), on('zisk', beside)], reference)
  }
  const skeleton = (text: string) => {
    const { tables, folds, fences } = readComment(renderJobSummary(hostile(text), aContext))
    return { shape: tables.map((rows) => rows.map((row) => row.length)), folds, fences: fences.length }
  }

  test('never changes the shape of a comment', () => {
    const wanted = skeleton('harmless words')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(skeleton(text)).toEqual(wanted)
      }),
      { numRuns: 40 }
    )
  })

  test('is never markup, and a newer run takes the result over', () => {
    for (const text of HOSTILE) {
      const comment = renderComment(hostile(text), aContext)
      const { links, tags } = htmlOf(comment)
      expect(new Set(links)).toEqual(new Set([aContext.runUrl]))
      for (const tag of ['img', 'script', 'svg', 'style']) expect(tags).not.toContain(tag)
      const earlier = earlierResult(comment)
      expect(earlier?.folded).not.toBe('')
      expect(earlierResult(renderRunning(measuring(null), newer, earlier))).toEqual(earlier)
    }
  })
})

describe('the limit', () => {
  const many = (blocks: number): readonly BlockFigures[] =>
    Array.from({ length: blocks }, (_, index) => ({
      block: 23426993 + index,
      gas: 20_000_000n,
      cycles: { base: 10n ** 12n, head: 10n ** 12n + BigInt(index % 5) * 10n ** 10n },
      proving: { base: 800, head: 801 + (index % 7) },
      spans: {
        base: [span(['a'.repeat(90)], 10n), span(['a'.repeat(90), 'b'], 5n)],
        head: [span(['a'.repeat(90)], 90n), span(['a'.repeat(90), 'c'], 50n)]
      }
    }))

  test('holds with four zkVMs, 256 blocks and 16 variants, whatever they say', () => {
    const legs = (['sp1', 'risc0', 'zisk', 'openvm'] as const).map((zkvm) =>
      legOf(aRun(many(256), { plan: planFor(many(256), { zkvm, gpuMinutes: null }) }))
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...HOSTILE, 'plain'),
        fc.constantFrom(1, 2, 4),
        fc.constantFrom(0, 1, 16),
        fc.boolean(),
        (said, zkvms, variants, hasReference) => {
          const all = legs.slice(0, zkvms).flatMap((leg) => {
            const notes = Array.from({ length: 60 }, (_, index) => `${index} ${said.repeat(9)}`)
            const head = { ...leg, notes, caveats: notes.slice(0, 2) }
            const names = Array.from({ length: variants }, (_, index) => `${said}${index}`.slice(0, 200))
            return [head, ...names.map((name) => ({ ...asVariant(name, leg), notes }))]
          })
          const reference = aReference(
            many(256).map(({ block }, index) => ({ block, seconds: index % 2 === 0 ? null : 500 })),
            { notes: [said.repeat(9)] }
          )
          const run = runReportOf(all, hasReference ? reference : null)
          const earlier = earlierResult(renderComment(several(better), aContext))
          for (const comment of [
            renderComment(run, aContext),
            renderRunning(measuring(run), newer, earlier)
          ]) {
            expect(comment.length).toBeLessThanOrEqual(LIMIT)
            const { tables, folds } = readComment(comment)
            for (const rows of tables) expect(new Set(rows.map((row) => row.length)).size).toBe(1)
            expect(folds.filter((fold) => fold === '<details>')).toHaveLength(folds.length / 2)
            expect(comment.trimEnd().endsWith('</sub>')).toBe(true)
          }
        }
      ),
      { numRuns: 3, examples: [[HOSTILE[0], 4, 16, true]] }
    )
  }, 60_000)
})
