import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percent } from '../../src/domain/quantity.ts'
import { calibrationLine, calibrationOutputs, renderCalibration } from '../../src/render/calibration.ts'
import { aCalibration, calibrations } from '../support/calibrations.ts'
import { anyText, HOSTILE } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'
import { readComment } from '../support/markdown.ts'

describe('the page', () => {
  test('of a machine as it should be', () => {
    const calibration = aCalibration({ effort: 'thorough', kept: calibrations(3), binaries: ['a', 'a'] })
    expect(renderCalibration(calibration)).toMatchInlineSnapshot(`
      "## 📏 Calibration: times scatter by 1.20% from pair to pair

      | Base against itself     | Verdict     | Proving time         | Noise | Pairs | Proofs | GPU minutes |
      | :---------------------- | :---------- | :------------------- | ----: | ----: | -----: | ----------: |
      | One build on both sides | ⚪ No change | +0.1% [-0.9 to +1.1] | 1.20% |    12 |     24 |       163.4 |
      | Base built twice        | ⚪ No change | +0.1% [-0.9 to +1.1] | 1.20% |    12 |     24 |       163.4 |

      - **Build bias: passed.** Base was built in two directories, and came out as the same bytes. Their times are +0.10% apart; less than 0.3% in a \`no-change\` is wanted.
      - **Resolution:** no change below ±2.5% can be told from noise by one pair of each of 2 blocks, and none below ±0.5% by the last look of effort \`thorough\`, 33 pairs of each of 2 blocks (99%).
      - **False alarms:** 0 of 2 sessions called a change; 0 of 8 over all that are kept of this setup.
      - **Noise:** 1.20% from pair to pair over both sessions (standard deviation of ln(head/base), 16 degrees of freedom).
      - Measured: mainnet 100-101, SP1, \`compressed\` on \`gpu\`, effort \`thorough\`, ±1%.
      - Machine: NVIDIA GeForce RTX 4090, driver 550.54.14, clocks locked; AMD EPYC 7713 64-Core Processor, 64 cores, 128.0 GiB; Linux 6.8.0.

      <sub>base \`aaaaaaa\` of \`lambdaclass/ethrex\` · host \`ccccccc\` · setup \`1e519973905ca1f3\` · 2026-03-01 12:00 UTC</sub>
      "
    `)
  })

  test('of a machine that is not', () => {
    const calibration = aCalibration({
      sameBuild: { verdict: 'regression', percent: percent(2.44), pairSd: 0.0267 },
      rebuild: { verdict: 'inconclusive', percent: null, interval: null, pairSd: null, df: 0, pairs: 1 }
    })
    expect(renderCalibration(calibration)).toMatchInlineSnapshot(`
      "## 📏 Calibration: times scatter by 2.67% from pair to pair

      | Base against itself     | Verdict        | Proving time         | Noise | Pairs | Proofs | GPU minutes |
      | :---------------------- | :------------- | :------------------- | ----: | ----: | -----: | ----------: |
      | One build on both sides | ❌ Regression   | +2.4% [-0.9 to +1.1] | 2.67% |    12 |     24 |       163.4 |
      | Base built twice        | ⚪ Inconclusive | –                    |     – |     1 |     24 |       163.4 |

      - **Build bias: not passed.** Base was built in two directories. Their times could not be compared. A verdict of effort \`thorough\` asks for a check at effort \`thorough\`.
      - **Resolution:** no change below ±6.5% can be told from noise by one pair of each of 2 blocks, and none below ±2.2% by the last look of effort \`default\`, 9 pairs of each of 2 blocks (99%).
      - **False alarms:** 1 of 2 sessions called a change. Other runs here speak of its noise from 5 kept sessions on.
      - **Noise:** 2.67% from pair to pair over both sessions (standard deviation of ln(head/base), 8 degrees of freedom).
      - Measured: mainnet 100-101, SP1, \`compressed\` on \`gpu\`, effort \`default\`, ±2%.
      - Machine: NVIDIA GeForce RTX 4090, driver 550.54.14, clocks locked; AMD EPYC 7713 64-Core Processor, 64 cores, 128.0 GiB; Linux 6.8.0.

      <sub>base \`aaaaaaa\` of \`lambdaclass/ethrex\` · host \`ccccccc\` · setup \`1e519973905ca1f3\` · 2026-03-01 12:00 UTC</sub>
      "
    `)
  })

  test('of one that tells nothing', () => {
    const unknown = { pairSd: null, df: 0 }
    const text = renderCalibration(aCalibration({ sameBuild: unknown, rebuild: unknown }))
    expect(text).toContain('## 📏 Calibration: the noise of this machine could not be told\n')
    expect(text).not.toContain('Resolution')
  })

  test('shows what is not ours as text, and keeps its shape', () => {
    const shown = (text: string) => {
      const calibration = aCalibration()
      const machine = { ...calibration.machine, gpu: text, cpu: text, driver: text, os: text }
      const base = { ...calibration.base, repository: text, ref: text }
      return renderCalibration({ ...calibration, machine, base })
    }
    const ours = ['code', 'h2', 'li', 'p', 'strong', 'sub', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul']
    const { tables, folds } = readComment(shown('harmless words'))
    const check = (text: string): void => {
      expect(readComment(shown(text))).toMatchObject({ tables, folds, fences: [] })
      const { tags, links } = htmlOf(shown(text))
      expect(ours).toEqual(expect.arrayContaining([...tags]))
      expect(links).toEqual([])
    }
    HOSTILE.forEach(check)
    fc.assert(fc.property(anyText, check))
  })
})

test('the line and the outputs', () => {
  const calibration = aCalibration({ rebuild: { percent: percent(0.5) } })
  expect(calibrationLine(calibration)).toBe(
    'Calibration: times scatter by 1.20% from pair to pair; 0 of 2 sessions called a change; build-bias check not passed.'
  )
  expect(calibrationOutputs(calibration, { json: '/r/calibration.json', markdown: '/r/comment.md' })).toEqual(
    {
      verdict: '',
      proofs: '48',
      'gpu-minutes': '326.8',
      'report-json': '/r/calibration.json',
      'report-markdown': '/r/comment.md'
    }
  )
})
