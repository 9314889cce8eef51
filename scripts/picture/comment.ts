import type { CommentContext } from '../../src/render/view.ts'
import { parseBlockNumber } from '../../src/domain/workload.ts'
import type { ReferenceMeasurements, ReferenceRecord } from '../../src/domain/run.ts'
import { gas, seconds } from '../../src/domain/quantity.ts'
import { renderComment } from '../../src/render/comment.ts'
import { reportOfRun } from '../../src/stages/report-of.ts'
import { recordedRun, revision, type Column } from './recorded-run.ts'

const CONTEXT: CommentContext = {
  pullRequest: 5224,
  key: 'default',
  run: { id: 17654321, attempt: 1 },
  runUrl: 'https://github.com/lambdaclass/ethrex/actions/runs/17654321',
  outdatedBy: null
}

/** The comment that the picture shows: our own words on the demo's figures. */
export function renderPictured(): string {
  return renderComment(reportOfRun({ legs: [recordedRun()], reference: null }), CONTEXT)
}

const column = (name: string, taken: readonly [number, number, number, number]): Column => ({
  name,
  seconds: Object.fromEntries(taken.map((time, index) => [23_426_993 + index, time]))
})

/** As ethrex's table of prover optimisations has them. */
const VARIANTS: readonly Column[] = [
  column('jumpdest', [1204, 775, 594, 997]),
  column('trie2', [1171, 768, 592, 942]),
  column('trie3', [1040, 691, 519, 884]),
  column('risc0_trie', [872, 604, 439, 779])
]

/** Minutes that so many columns take. */
const BUDGET = 720

const RSP = column('rsp', [519, 339, 273, 399])

/** The same with more columns of the table beside head, and rsp. */
export function renderTables(): string {
  const legs = [null, ...VARIANTS].map((own) => recordedRun(own, BUDGET))
  return renderComment(reportOfRun({ legs, reference: rsp() }), CONTEXT)
}

function rsp(): ReferenceMeasurements {
  const plan = { prover: 'rsp', revision: revision('rsp', 'main', 'succinctlabs') } as const
  return { plan, records: Object.entries(RSP.seconds).map(rspRecord), failures: [], notes: [] }
}

function rspRecord([number, time]: readonly [string, number]): ReferenceRecord {
  const block = parseBlockNumber(number)
  if (block === null) throw new Error(`not a block: ${number}`)
  const proving = { value: time, unit: 's', exactness: 'rounded-seconds' } as const
  const sample = { gas: gas(0n), transactions: 0, metrics: { 'proving-time': proving }, spans: [], costs: [] }
  return {
    block,
    outcome: { kind: 'measured', sample },
    wall: seconds(time),
    startedAt: '2026-01-02T00:00:00.000Z',
    unread: [],
    kept: false
  }
}
