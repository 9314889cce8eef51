/** A duration as printed: always rounded down, by less than `resolution` (seconds). */
export interface PrintedTime {
  readonly seconds: number
  readonly resolution: 0.001 | 1
}

const SECONDS = /^([0-5]\d)s (\d{3})ms$/
const MINUTES = /^(?!00)([0-5]\d)m ([0-5]\d)s$/
/** Nine digits of hours are 3.6e15 ms: all of them are whole numbers that can be held. */
const HOURS = /^(?!00h)(\d{2,9})h ([0-5]\d)m ([0-5]\d)s (\d{3})ms$/

/**
 * `format_duration` (ethrex-replay `src/report.rs:336-352` at 4561304): milliseconds below a minute and from an
 * hour on, none between. Only these three whole forms are taken: `45s` alone is a `45s 123ms` that was cut.
 */
export const parseDuration = (text: string): PrintedTime | null => {
  const short = SECONDS.exec(text)
  if (short !== null)
    return { seconds: (Number(short[1]) * 1000 + Number(short[2])) / 1000, resolution: 0.001 }
  const middle = MINUTES.exec(text)
  if (middle !== null) return { seconds: Number(middle[1]) * 60 + Number(middle[2]), resolution: 1 }
  const long = HOURS.exec(text)
  if (long === null) return null
  const whole = Number(long[1]) * 3600 + Number(long[2]) * 60 + Number(long[3])
  return { seconds: (whole * 1000 + Number(long[4])) / 1000, resolution: 0.001 }
}
