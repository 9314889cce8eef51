import { failure, success } from '../domain/problem.ts'
import { bytes, GIBIBYTE, MEBIBYTE, minutes } from '../domain/quantity.ts'
import type { Bytes, Minutes } from '../domain/quantity.ts'
import type { PercentThreshold } from '../domain/threshold.ts'
import type { PlainKind } from './kind.ts'
import { quote } from './wording.ts'

/** Digits beyond these are a slip, and an exact fraction of them helps nobody. */
const PERCENT = /^(\d{1,15})(?:\.(\d{1,15}))?%$/
const SIZE = /^([1-9]\d{0,8})(MiB|GiB|TiB)$/
const DIGITS = /^(0|[1-9]\d{0,14})$/

const SIZE_UNIT = { MiB: MEBIBYTE, GiB: GIBIBYTE, TiB: bytes(GIBIBYTE * 1024) }
/** Below 2^53 bytes by far, and above any disk that a runner has. */
const LARGEST_SIZE = bytes(SIZE_UNIT.TiB * 1024)

/** A whole number in decimal, from `least` to `most`. */
export const wholeNumber = (least: number, most: number): PlainKind<number> => ({
  placeholder: 'N',
  parse: (text) => {
    const number = DIGITS.test(text) ? Number(text) : NaN
    return number >= least && number <= most
      ? success(number)
      : failure([`${quote(text)} cannot be used; allowed: a whole number from ${least} to ${most}`])
  }
})

/** Minutes from 1 to `most`. */
export const minutesUpTo = (most: number): PlainKind<Minutes> => {
  const number = wholeNumber(1, most)
  return {
    placeholder: 'MINUTES',
    parse: (text) => {
      const parsed = number.parse(text)
      return parsed.ok
        ? success(minutes(parsed.value))
        : failure([`${quote(text)} cannot be used; allowed: whole minutes from 1 to ${most}`])
    }
  }
}

/** As `minutesUpTo`, or null for `none`. */
export const minutesOrNone = (most: number): PlainKind<Minutes | null> => ({
  placeholder: 'MINUTES|none',
  parse: (text) => {
    if (text === 'none') return success(null)
    const parsed = minutesUpTo(most).parse(text)
    return parsed.ok
      ? parsed
      : failure([`${quote(text)} cannot be used; allowed: whole minutes from 1 to ${most}, or none`])
  }
})

/** A percentage without sign, kept exactly. */
export const percentage: PlainKind<PercentThreshold> = {
  placeholder: 'PERCENT',
  parse: (text) => {
    const [, whole, decimals = ''] = PERCENT.exec(text) ?? []
    return whole === undefined
      ? failure([
          `${quote(text)} is not a percentage; allowed: digits and a percent sign, such as 0.1% or 2%, ` +
            'with at most 15 digits on either side of the point'
        ])
      : success({ text, numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) })
  }
}

/** In percent: a change of a fifth that counts as none is a slip. */
const LARGEST_MARGIN = 20n

/** A percentage that a change may stay within. */
export const margin: PlainKind<PercentThreshold> = {
  placeholder: 'PERCENT',
  parse: (text) => {
    const parsed = percentage.parse(text)
    if (!parsed.ok) return parsed
    const { numerator, denominator } = parsed.value
    return numerator > 0n && numerator <= LARGEST_MARGIN * denominator
      ? parsed
      : failure([`${quote(text)} cannot be used; allowed: above 0% and at most ${LARGEST_MARGIN}%`])
  }
}

/** A size in binary units, from 1MiB to 1024TiB. */
export const size: PlainKind<Bytes> = {
  placeholder: 'SIZE',
  parse: (text) => {
    const [, digits = '', unit = ''] = SIZE.exec(text) ?? []
    const value = unit === 'MiB' || unit === 'GiB' || unit === 'TiB' ? Number(digits) * SIZE_UNIT[unit] : NaN
    return value <= LARGEST_SIZE
      ? success(bytes(value))
      : failure([
          `${quote(text)} is not a size; allowed: a whole number with MiB, GiB or TiB right after it, ` +
            'such as 100GiB, at most 1024TiB'
        ])
  }
}
