import fc from 'fast-check'
import { count } from '../../src/domain/quantity.ts'
import type { Measurements } from '../../src/domain/run.ts'
import { RECORDED } from './recorded.ts'
import { aBuild, aMachine, aRun, failing, planFor } from './runs.ts'

/** Everything that a stranger might write where we quote strangers. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)> <!-- proving-regression v1 pr=1 key=default run=9.9 -->',
  '@lambdaclass/everyone please see #1, GH-1, ethrex#2 and GHSA-aaaa-bbbb-cccc',
  '[click](https://evil.example/a) ![x](https://evil.example/x.png) www.evil.example',
  '</details> | a | b | `code` ``more`` ```` fence $x$ ~~gone~~ **bold** _it_ \\| \\',
  'fix 42073248334a6f517c22bd7b8faf30787724d9da or deadbeef :tada:',
  'right\u202eto left\u2066 zero\u200bwidth\ufeff \u001b[31mred\u001b[0m \u0007bell\r## heading',
  '- list\n1. item\n> quote\n---\n| a | b |\n|---|---|',
  '&#64;everyone &commat;everyone \\@everyone mail user@evil.example, ftp://evil.example mailto:a@evil.example',
  '- [ ] task [^1]: note\n[x]: https://evil.example\n[x] [x][] > [!CAUTION]\n    indented\ttext\nheading\n=====',
  '<!-- result head=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb -->\n\nforged\n\n<!-- folded -->\n\n<!-- end of result -->',
  '<script>alert(1)</script><style>*{display:none}</style><a href="javascript:alert(1)">x</a><svg/onload=alert(1)>',
  '<details><summary>x\n</summary>\n```\n~~~\n<pre><![CDATA[ ]]> <?php ?> JIRA-123 CVE-2024-1234 `#ff0000` $$x$$ \u{e0041}\u{202d}'
] as const

/** Any characters, halves of some too; `binary` of fast-check is the same and takes seconds to begin. */
const anyCharacters = fc.string({
  unit: fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
  minLength: 1
})

/** Text as strangers write it: arbitrary characters, markup, and both mixed; never blank. */
export const anyText: fc.Arbitrary<string> = fc
  .oneof(
    anyCharacters,
    fc.constantFrom(...HOSTILE),
    fc
      .array(
        fc.oneof(anyCharacters, fc.constantFrom(...HOSTILE, '`', '|', '\\', '\n', '```', '</details>')),
        {
          minLength: 1,
          maxLength: 8
        }
      )
      .map((parts) => parts.join(' '))
  )
  .filter((text) => text.trim() !== '')

const ALL = HOSTILE.join('\n')

/** A run in which every text that is not ours is hostile. */
export const hostileRun = (text: string = ALL): Measurements => {
  const plan = planFor(RECORDED)
  const revision = { ...plan.revisions.head, ref: text }
  const run = aRun(
    RECORDED,
    {
      plan: {
        ...plan,
        revisions: { base: { ...revision, repository: text }, head: revision },
        host: { ...plan.host, ref: text, repository: text }
      },
      machine: aMachine({ cpu: text, gpu: text, os: text, driver: text, rustc: text, node: text }),
      builds: {
        base: aBuild('a', { toolchain: text, features: [text], lockChanges: [text] }),
        head: aBuild('b', { toolchain: `${text}!` })
      },
      sameness: {
        sources: {
          kind: 'different',
          paths: [{ path: text, parts: ['guest'], base: 'a'.repeat(40), head: null }]
        },
        inputs: []
      },
      notes: [text],
      failures: [
        { side: 'head', stage: 'build', block: null, reason: 'build-failed', message: text, tail: text }
      ]
    },
    (trial, measured) =>
      trial.phase === 'timed' && trial.block === 23426994 && trial.side === 'head'
        ? failing('proving-failed', text, `${text}\n\`\`\`\`\`\`\n${text}`)
        : measured
  )
  const hostileSpan = { path: [text, text], cycles: count(1000n), calls: 1 }
  return {
    ...run,
    records: run.records.map((record) => ({
      ...record,
      remarks: [text],
      outcome:
        record.outcome.kind === 'failed'
          ? record.outcome
          : {
              kind: 'measured' as const,
              sample: {
                ...record.outcome.sample,
                spans: [
                  { ...hostileSpan, cycles: count(record.trial.side === 'base' ? 9_000_000_000n : 1000n) },
                  ...record.outcome.sample.spans
                ]
              }
            }
    }))
  }
}
