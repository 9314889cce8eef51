/** Student's t distribution, to a relative 1e-12 or better where its argument allows it. */

/**
 * The t below which a share `p` of the distribution lies. `df` is any positive number. NaN where an argument
 * means nothing, an infinity at p = 0 and 1. Remembered, since a few levels are asked for again and again.
 */
export const tQuantile = (p: number, df: number): number => {
  const known = remembered.get(df)?.get(p)
  if (known !== undefined) return known
  const quantile = solve(p, df)
  remember(p, df, quantile)
  return quantile
}

/** The chance of a value at least as far from zero as `t`, on either side. */
export const tTwoSidedP = (t: number, df: number): number => sharesAt(Math.abs(t), df).tail

/** Beyond so many quantiles all are forgotten: a bound for callers with ever new arguments. */
const MEMORY = 4096
const remembered = new Map<number, Map<number, number>>()
let size = 0

const remember = (p: number, df: number, quantile: number): void => {
  if (size >= MEMORY) {
    remembered.clear()
    size = 0
  }
  const ofDf = remembered.get(df)
  if (ofDf === undefined) remembered.set(df, new Map([[p, quantile]]))
  else ofDf.set(p, quantile)
  size += 1
}

const solve = (p: number, df: number): number => {
  if (!(p >= 0 && p <= 1 && df > 0 && df < Infinity)) return Number.NaN
  if (p < 0.5) return -positiveQuantile(p, 1 - p, df)
  return p === 0.5 ? 0 : positiveQuantile(1 - p, p, df)
}

/** Middle half by the share within ±t, the rest by the share beyond: each is exact where the other cancels. */
const positiveQuantile = (above: number, below: number, df: number): number => {
  if (above === 0) return Infinity
  return above < 0.25
    ? Math.exp(logQuantile('tail', 2 * above, df))
    : Math.exp(logQuantile('centre', below - above, df))
}

/** A step of the search this small is below what a double can tell. */
const SMALL_STEP = 1e-15
const STEPS = 200

/**
 * ln t at which a share takes its wanted value. Newton's method on ln share against ln t, where both ends are
 * nearly straight; a step that leaves the bracket is replaced by a bisection, so it always arrives.
 */
const logQuantile = (share: 'tail' | 'centre', wanted: number, df: number): number => {
  let [lo, hi] = [-Infinity, Infinity]
  let u = 0
  for (let step = 0; step < STEPS; step++) {
    const t = Math.exp(u)
    const value = sharesAt(t, df)[share]
    const isTooFar = share === 'tail' ? value < wanted : value > wanted
    if (isTooFar) hi = u
    else lo = u
    const slope = ((share === 'tail' ? -2 : 2) * density(t, df) * t) / value
    const next = u - Math.log(value / wanted) / slope
    const isUsable = next >= lo && next <= hi
    const moved = isUsable ? next : (lo + hi) / 2
    if (Math.abs(moved - u) <= SMALL_STEP * Math.max(1, Math.abs(u))) return moved
    u = moved
  }
  return u
}

/** Γ((df+1)/2) / (√(df·π) · Γ(df/2)) · (1 + t²/df)^(−(df+1)/2) */
const density = (t: number, df: number): number =>
  (gammaRatio(df / 2) / Math.sqrt(df * Math.PI)) * Math.exp((-(df + 1) / 2) * Math.log1p((t * t) / df))

/**
 * Shares of the distribution beyond and within ±t, t ≥ 0. With x = df/(df + t²) the tail is the regularised
 * incomplete beta I_x(df/2, 1/2), and the centre its complement I_{1−x}(1/2, df/2) (Abramowitz and Stegun,
 * 26.7.1). The fraction converges fast on one side of x = (a+1)/(a+b+2) only, so the other share is the rest.
 */
const sharesAt = (t: number, df: number): { readonly tail: number; readonly centre: number } => {
  const square = (t * t) / df
  const x = 1 / (1 + square)
  const y = square === Infinity ? 1 : square / (1 + square)
  const a = df / 2
  // x^a · y^b / B(a, b), with b = 1/2.
  const factor = Math.exp(-a * Math.log1p(square)) * Math.sqrt(y / Math.PI) * gammaRatio(a)
  if (x < (a + 1) / (a + 2.5)) {
    const tail = (factor / a) * betaFraction({ a, b: 0.5, x })
    return { tail, centre: 1 - tail }
  }
  const centre = (factor / 0.5) * betaFraction({ a: 0.5, b: a, x: y })
  return { tail: 1 - centre, centre }
}

/** From here on the series of `gammaRatio` is exact to the last bit but one. */
const SERIES_FROM = 20.25

/**
 * Γ(a + 1/2) / Γ(a). By Γ(z + 1) = z·Γ(z) up to where the series of a ratio of gammas holds (NIST Handbook of
 * Mathematical Functions, 5.11.14): with w = a − 1/4 it has even powers only.
 */
const gammaRatio = (a: number): number => {
  let factor = 1
  let z = a
  for (; z < SERIES_FROM; z += 1) factor *= z / (z + 0.5)
  const w = z - 0.25
  const v = 1 / (w * w)
  const series = 1 + v * (1 / 64 + v * (-19 / 8192 + v * (631 / 524288 - v * (174317 / 134217728))))
  return factor * Math.sqrt(w) * series
}

interface BetaArguments {
  readonly a: number
  readonly b: number
  readonly x: number
}

/** Terms of the fraction; it needs some √max(a, b) of them. */
const TERMS = 100_000
const TINY = 1e-300
const EPSILON = 2 ** -52

/**
 * The continued fraction of the incomplete beta (NIST Handbook, 8.17.22), by Lentz's method as modified by
 * Thompson and Barnett: from the front, a vanishing denominator replaced by a tiny one.
 */
const betaFraction = ({ a, b, x }: BetaArguments): number => {
  let c = 1
  let d = 1 / orTiny(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / orTiny(1 + even * d)
    c = orTiny(1 + even / c)
    value *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / orTiny(1 + odd * d)
    c = orTiny(1 + odd / c)
    value *= c * d
    if (Math.abs(c * d - 1) <= EPSILON) break
  }
  return value
}

const orTiny = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
