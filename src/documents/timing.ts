import * as v from 'valibot'
import { LOOK_REASONS, LOOK_VERDICTS } from '../domain/timing.ts'
import {
  blockField,
  exactnessField,
  figure,
  intervalField,
  percentField,
  pollutionField,
  secondsField,
  sideField,
  whole
} from './fields.ts'

const slot = { block: blockField, round: whole }

const lookField = v.strictObject({
  index: whole,
  of: whole,
  pairs: whole,
  blocks: v.array(
    v.strictObject({
      block: blockField,
      pairs: whole,
      percent: percentField,
      interval: v.nullable(intervalField),
      isBeyondMargin: v.boolean()
    })
  ),
  percent: v.nullable(percentField),
  pairSd: v.nullable(figure),
  df: whole,
  change: v.nullable(intervalField),
  same: v.nullable(intervalField),
  isMeasurable: v.nullable(v.boolean()),
  verdict: v.nullable(v.picklist(LOOK_VERDICTS)),
  reason: v.picklist(LOOK_REASONS)
})

/** Proving time judged, inside a report. */
export const timeField = v.strictObject({
  pairs: v.array(
    v.strictObject({ ...slot, base: secondsField, head: secondsField, exactness: v.nullable(exactnessField) })
  ),
  looks: v.array(lookField),
  retaken: v.array(
    v.strictObject({
      ...slot,
      side: sideField,
      cause: v.picklist(['retry', 'polluted', 'outlier']),
      before: v.nullable(secondsField),
      after: v.nullable(secondsField),
      pollution: v.nullable(pollutionField)
    })
  ),
  dropped: v.array(
    v.strictObject({ ...slot, sides: v.array(sideField), why: v.picklist(['failed', 'foreign-process']) })
  ),
  isUnstable: v.boolean(),
  wouldHaveSeen: v.nullable(percentField),
  pairsNeeded: v.nullable(whole),
  repeats: v.strictObject({ base: whole, head: whole })
})
