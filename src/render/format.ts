/** How figures are written for people. Every percentage, duration and count of ours goes through here. */

/** A change: ASCII sign always, no space, half away from zero, never `-0.0%`. Cycles take two decimals, times one. */
export const formatChange = (percent: number, decimals: 1 | 2): string => {
  const digits = formatFixed(Math.abs(percent), decimals)
  const isZero = Number(digits) === 0
  return `${percent < 0 && !isZero ? '-' : '+'}${digits}%`
}

/** Bounds of a change without their signs of percent: `-0.2 to +1.8`. */
export const formatRange = (
  { lo, hi }: { readonly lo: number; readonly hi: number },
  decimals: 1 | 2
): string => [lo, hi].map((end) => formatChange(end, decimals).slice(0, -1)).join(' to ')

/** A change that is seen or not, in percent without a sign: never `0.0%`, which would promise everything. */
export const formatBound = (percent: number): string => `${formatFixed(Math.max(0.1, percent), 1)}%`

/** A part of a whole, in percent: a sign only where it is negative. */
export const formatShare = (percent: number): string => {
  const digits = formatFixed(Math.abs(percent), 1)
  return `${percent < 0 && Number(digits) !== 0 ? '-' : ''}${digits}%`
}

/** Rounds the decimal digits that people see, half away from zero: 1.005 is 1.01, which `toFixed` makes 1.00. */
export const formatFixed = (value: number, decimals: number): string => {
  const shifted = Number(`${value}e${decimals}`)
  const scaled = Number.isNaN(shifted) ? value * 10 ** decimals : shifted
  return ((Math.sign(scaled) * Math.round(Math.abs(scaled))) / 10 ** decimals).toFixed(decimals)
}

/** As in ethrex's tables: `1h 02m 03s`, `20m 40s`, `08m 39s`, and `45.1s` under a minute. */
export const formatDuration = (seconds: number): string => {
  if (Number(formatFixed(seconds, 1)) < 60) return `${formatFixed(seconds, 1)}s`
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const rest = `${twoDigits(Math.floor(whole / 60) % 60)}m ${twoDigits(whole % 60)}s`
  return hours === 0 ? rest : `${hours}h ${rest}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** What is left to wait, in whole minutes, begun ones counted: `about 12 minutes`, `about 3h 05m`. */
export const formatWait = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 1) return 'about a minute'
  if (minutes < 120) return `about ${minutes} minutes`
  return `about ${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`
}

/** An exact count in groups of three. */
export const formatCount = (count: bigint | number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** Gas of a block: `35.7M`; in full below a hundred thousand. */
export const formatGas = (gas: bigint): string =>
  gas < 100_000n ? formatCount(gas) : `${formatTenths((gas + 50_000n) / 100_000n)}M`

const formatTenths = (tenths: bigint): string => `${formatCount(tenths / 10n)}.${tenths % 10n}`

/** Cycles of a span: `218.999M`; in full below a million. */
export const formatCycles = (cycles: bigint): string => {
  if (cycles < 1_000_000n) return formatCount(cycles)
  const thousands = (cycles + 500n) / 1000n
  return `${formatCount(thousands / 1000n)}.${String(thousands % 1000n).padStart(3, '0')}M`
}

/** Minutes of a budget: one decimal, none where it is whole. */
export const formatMinutes = (minutes: number): string => formatFixed(minutes, 1).replace(/\.0$/, '')

/** Memory: `125.7 GiB`. */
export const formatGibibytes = (bytes: number): string => `${formatFixed(bytes / 1024 ** 3, 1)} GiB`

/** Throughput to three digits: `0.0288`. */
export const formatThroughput = (megagasPerSecond: number): string =>
  megagasPerSecond >= 100 ? formatFixed(megagasPerSecond, 0) : megagasPerSecond.toPrecision(3)

/** Block numbers as the `blocks` input takes them: `5, 7-9` is `5,7-9`. Ascending, without duplicates. */
export const formatBlocks = (blocks: readonly number[]): string => {
  const ranges: { first: number; last: number }[] = []
  for (const block of blocks) {
    const open = ranges.at(-1)
    if (open?.last === block - 1) open.last = block
    else ranges.push({ first: block, last: block })
  }
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}

/** With its first letter upper case. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** `SP1`, `SP1 and ZisK`, `SP1, RISC0 and ZisK`. */
export const enumerated = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** `1 block`, `4 blocks`. */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/**
 * Trials made, and where there could have been more, how many at most: a run ends at the first look that tells.
 * What was made again was not planned, and may make them more.
 */
export const trialsOf = ({ done, planned }: { readonly done: number; readonly planned: number }): string =>
  done >= planned ? plural(done, 'trial') : `${formatCount(done)} of at most ${plural(planned, 'trial')}`
