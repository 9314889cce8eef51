import * as v from 'valibot'
import { OURS, PEERS } from './rows.ts'
import { MACHINES } from './scenarios.ts'
import { SUITE_NAMES } from './suites.ts'

const measuredSchema = v.object({ value: v.number(), error: v.number() })

const byEffect = v.object({ 0: measuredSchema, 1: measuredSchema, 2: measuredSchema, 5: measuredSchema })

const rowSchema = v.object({
  rule: v.picklist([...OURS, ...PEERS]),
  suite: v.picklist(SUITE_NAMES),
  machine: v.picklist(MACHINES),
  /** For each true change. */
  sessions: v.number(),
  /** Of sessions without a change, in percent. */
  falseCalls: measuredSchema,
  /** Called a regression by a true change of so many percent, in percent. */
  power: byEffect,
  /** Of sessions without a change, in percent. */
  noChange: measuredSchema,
  proofs: byEffect,
  minutes: byEffect,
  /** Of all sessions, in percent; null for a rule without an interval. */
  coverage: v.nullable(measuredSchema)
})

const streamLineSchema = v.object({
  what: v.string(),
  pullRequests: v.number(),
  builds: v.number(),
  executions: v.number(),
  /** Of proving. */
  minutes: v.number()
})

const limitSchema = v.object({
  what: v.string(),
  measured: v.number(),
  /** Null where the number has none. */
  error: v.nullable(v.number()),
  limit: v.number(),
  side: v.picklist(['at most', 'at least']),
  unit: v.picklist(['%', 'proofs', 'ms', '×'])
})

/** What the bench found out, as `--json` prints it and as docs/verdict-bench.json keeps it. */
export const resultSchema = v.object({
  schema: v.literal('verdict-bench@1'),
  /** The day, UTC. */
  date: v.string(),
  node: v.string(),
  seed: v.number(),
  sessions: v.number(),
  rows: v.array(rowSchema),
  stream: v.object({
    measuringAll: v.array(streamLineSchema),
    ours: v.array(streamLineSchema),
    /** GPU minutes of ours over those of measuring all, in percent. */
    share: measuredSchema,
    /** The same, if every pull request that is measured were 2 % slower. */
    shareAtTwoPercent: v.number()
  }),
  judging: v.object({
    milliseconds: v.number(),
    processes: v.number(),
    blocks: v.number(),
    pairs: v.number()
  }),
  limits: v.array(limitSchema)
})

export type Result = v.InferOutput<typeof resultSchema>
export type ResultRow = v.InferOutput<typeof rowSchema>
export type StreamLine = v.InferOutput<typeof streamLineSchema>
export type Limit = v.InferOutput<typeof limitSchema>
