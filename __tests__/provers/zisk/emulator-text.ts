/** A part of the cost distribution, as ziskemu labels it, and what it costs. */
export type Part = readonly [label: string, cost: bigint]

/** What ziskemu `-X` prints, as `emulator/src/stats_report.rs` of v0.15.0 or `stats/stats.rs` of v0.18.0 lays it out. */
export const reportText = (
  steps: bigint,
  parts: readonly Part[],
  version: 'v0.15' | 'v0.18' = 'v0.15'
): string => {
  const total = sumOf(parts)
  const row = ([label, cost]: Part): string => `${titled(label, grouped(cost))} ${percentOf(cost, total)}%`
  const isFixed = ([label]: Part): boolean => label === 'BASE'
  const variable = parts.filter((part) => !isFixed(part))
  const distribution =
    version === 'v0.15'
      ? [...parts.map(row), '']
      : [
          ...variable.map(row),
          SHORT_RULE,
          row(['VARIABLE', sumOf(variable)]),
          ...parts.filter(isFixed).map(row),
          SHORT_RULE
        ]
  return [
    'start execution',
    'finish execution',
    '',
    titled('REPORT', ''),
    '-'.repeat(40),
    titled('STEPS', grouped(steps)),
    '',
    `${titled('COST DISTRIBUTION', 'COST')}       %`,
    '-'.repeat(48),
    ...distribution,
    row(['TOTAL', total]),
    '',
    row(['FROPS', total / 7n]),
    `${titled('RAM USAGE', '7,304,122')}   1.37%`,
    '',
    'OP keccak                          9,115     688,638,250  13.97% #1',
    '',
    '98211882',
    ''
  ].join('\n')
}

/** The line of ziskemu `-m` (`emulator/src/emulator.rs:147` at v0.15.0). */
export const metricsText = (steps: bigint | string): string =>
  `process_rom() steps=${steps} duration=0.0009 tp=89.8565 Msteps/s freq=3051.0000 33.9542 clocks/step\n`

const SHORT_RULE = `${' '.repeat(24)}${'-'.repeat(24)}`

const titled = (label: string, value: string): string => `${label.padEnd(24)} ${value.padStart(15)}`

const grouped = (value: bigint): string => value.toLocaleString('en-US')

const percentOf = (cost: bigint, total: bigint): string =>
  (total === 0n ? 0 : (Number(cost) * 100) / Number(total)).toFixed(2).padStart(6)

const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, [, cost]) => sum + cost, 0n)
