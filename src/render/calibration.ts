import {
  FEWEST_SESSIONS,
  LARGEST_BUILD_BIAS,
  type Calibration,
  type FalseAlarms,
  type Session
} from '../domain/calibration.ts'
import type { Machine } from '../domain/machine.ts'
import { shortSha } from '../domain/revision.ts'
import { formatBlocks, formatChange, formatFixed, formatGibibytes, formatMinutes, plural } from './format.ts'
import { code, prose, table } from './markdown.ts'
import { textOf } from './page.ts'
import { changeOf } from './view.ts'
import { NETWORK_NAME, NONE, VERDICT_ICON, VERDICT_WORD, ZKVM_NAME } from './words.ts'

/** What a machine is like, as a page of markdown. */
export const renderCalibration = (calibration: Calibration): string =>
  textOf({
    heading: `📏 Calibration: ${noiseWords(calibration)}`,
    parts: [
      sessions(calibration),
      [
        buildBias(calibration),
        ...resolution(calibration),
        falseAlarms(calibration),
        ...noise(calibration),
        measured(calibration),
        machine(calibration.machine)
      ].join('\n')
    ],
    footer: footer(calibration)
  })

/** The same in one line of plain text: our words and numbers only. */
export const calibrationLine = (calibration: Calibration): string => {
  const { falseAlarms, buildBias } = calibration
  const bias = buildBias.isPassed ? 'passed' : 'not passed'
  return `Calibration: ${noiseWords(calibration)}; ${alarms(falseAlarms.here)}; build-bias check ${bias}.`
}

/** The outputs of the action: no verdict, since nothing is judged. */
export const calibrationOutputs = (
  { sessions: { sameBuild, rebuild } }: Calibration,
  { json, markdown }: { readonly json: string; readonly markdown: string }
): Readonly<Record<string, string>> => ({
  verdict: '',
  proofs: String(sameBuild.proofs + rebuild.proofs),
  'gpu-minutes': formatFixed(sameBuild.gpuMinutes + rebuild.gpuMinutes, 1),
  'report-json': json,
  'report-markdown': markdown
})

const noiseWords = ({ noise }: Calibration): string =>
  noise === null
    ? 'the noise of this machine could not be told'
    : `times scatter by ${inPercent(noise.pairSd)} from pair to pair`

const inPercent = (sd: number): string => `${formatFixed(100 * sd, 2)}%`

const SIDES_OF: Readonly<Record<Session['purpose'], string>> = {
  'same-build': 'One build on both sides',
  rebuild: 'Base built twice'
}

const sessions = ({ sessions: { sameBuild, rebuild } }: Calibration): string =>
  table(
    [
      ['Base against itself', 'Verdict', 'Proving time', 'Noise', 'Pairs', 'Proofs', 'GPU minutes'],
      ...[sameBuild, rebuild].map(sessionRow)
    ],
    'lllrrrr'
  )

const sessionRow = (session: Session): readonly string[] => {
  const { purpose, verdict, percent, interval, pairSd, pairs, proofs, gpuMinutes } = session
  return [
    SIDES_OF[purpose],
    `${VERDICT_ICON[verdict]} ${VERDICT_WORD[verdict]}`,
    changeOf({ metric: 'proving-time', percent, interval }),
    pairSd === null ? NONE : inPercent(pairSd),
    String(pairs),
    String(proofs),
    formatMinutes(gpuMinutes)
  ]
}

/** As strict as the verdict that it is asked for: effort thorough. */
const buildBias = ({ sessions: { rebuild }, buildBias, effort }: Calibration): string => {
  const said = buildBias.isPassed ? 'passed' : 'not passed'
  const bytes = buildBias.isSameBinary ? ', and came out as the same bytes' : ''
  const found =
    rebuild.percent === null
      ? 'Their times could not be compared.'
      : `Their times are ${formatChange(rebuild.percent, 2)} apart; less than ${LARGEST_BUILD_BIAS}% in a \`no-change\` is wanted.`
  const strict =
    effort === 'thorough' ? '' : ' A verdict of effort `thorough` asks for a check at effort `thorough`.'
  return `- **Build bias: ${said}.** Base was built in two directories${bytes}. ${found}${strict}`
}

const resolution = ({ resolution, timing, effort }: Calibration): readonly string[] => {
  if (resolution === null) return []
  const { blocks, looks } = timing
  const each = blocks.length === 1 ? 'the block' : `each of ${plural(blocks.length, 'block')}`
  return [
    `- **Resolution:** no change below ±${formatFixed(resolution.onePair, 1)}% can be told from noise by one pair of ${each}, ` +
      `and none below ±${formatFixed(resolution.lastLook, 1)}% by the last look of effort \`${effort}\`, ${plural(looks.at(-1) ?? 0, 'pair')} of ${each} (99%).`
  ]
}

const alarms = ({ changes, sessions }: FalseAlarms): string =>
  `${changes} of ${plural(sessions, 'session')} called a change`

const falseAlarms = ({ falseAlarms: { here, kept } }: Calibration): string => {
  const more =
    kept.sessions === here.sessions
      ? ''
      : `; ${kept.changes} of ${kept.sessions} over all that are kept of this setup`
  const few =
    kept.sessions < FEWEST_SESSIONS
      ? ` Other runs here speak of its noise from ${FEWEST_SESSIONS} kept sessions on.`
      : ''
  return `- **False alarms:** ${alarms(here)}${more}.${few}`
}

const noise = ({ noise }: Calibration): readonly string[] =>
  noise === null
    ? []
    : [
        `- **Noise:** ${inPercent(noise.pairSd)} from pair to pair over both sessions (standard deviation of ln(head/base), ${plural(noise.df, 'degree')} of freedom).`
      ]

const measured = ({ setup, timing, effort }: Calibration): string =>
  `- Measured: ${NETWORK_NAME[setup.network]} ${formatBlocks(timing.blocks)}, ${ZKVM_NAME[setup.zkvm]}, ` +
  `\`${setup.proofType}\` on \`${setup.resource}\`, effort \`${effort}\`, ±${timing.margin.text}.`

const CLOCKS = { locked: 'clocks locked', 'not-locked': 'clocks not locked' } as const

const machine = ({ gpu, driver, clocks, cpu, cores, memory, os }: Machine): string => {
  const known = (text: string | null, name: string): string =>
    text === null ? `${name} unknown` : prose(text, 120)
  const card =
    gpu === null
      ? 'no GPU seen'
      : `${prose(gpu, 120)}, driver ${known(driver, 'version')}, ${clocks === null ? 'clocks unknown' : CLOCKS[clocks]}`
  return `- Machine: ${card}; ${known(cpu, 'CPU')}, ${plural(cores, 'core')}, ${formatGibibytes(memory)}; ${prose(os, 120)}.`
}

const footer = ({ base, setup, key, finishedAt }: Calibration): string =>
  `<sub>base ${code(shortSha(base.sha))} of ${code(base.repository, 80)} · host ${code(shortSha(setup.host))} · ` +
  `setup ${code(key)} · ${finishedAt.slice(0, 16).replace('T', ' ')} UTC</sub>`
