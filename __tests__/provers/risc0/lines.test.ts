import { expect, test } from 'vitest'
import { createRisc0Fold } from '../../../src/provers/risc0/execution.ts'
import { readFold } from '../read-fold.ts'

const ZETH = '2025-07-30T10:42:19.3456'
const SESSION = 'risc0_zkvm::host::server::session:'
const AT = '2026-03-07T10:00:41.123456Z'

/** Real: zeth issue 173, 2025-07-30, RISC0 2.x. What each line is read as. */
const REAL: readonly (readonly [line: string, kind: string, note: string])[] = [
  [
    `${ZETH}69Z  INFO risc0_zkvm::host::server::exec::executor: execution time: 25.441604522s`,
    'ignored',
    'the time by the clock of RISC0, not of the host'
  ],
  [`${ZETH}90Z  INFO ${SESSION} number of segments: 388`, 'read', '388 segments'],
  [`${ZETH}92Z  INFO ${SESSION} 812122112 total cycles`, 'read', '812122112 total cycles'],
  [`${ZETH}93Z  INFO ${SESSION} 685160803 user cycles (84.37%)`, 'read', '685160803 user cycles'],
  [`${ZETH}95Z  INFO ${SESSION} 115655040 paging cycles (14.24%)`, 'read', '115655040 paging cycles'],
  [`${ZETH}97Z  INFO ${SESSION} 11306269 reserved cycles (1.39%)`, 'read', '11306269 reserved cycles'],
  [
    `${ZETH}01Z  INFO ${SESSION} \t1215199 BigInt calls, 75747423 cycles, (9.33%)`,
    'ignored',
    'a heading, or the calls of one kind'
  ]
]

test('each published line is read for what it is', () => {
  const { figures, lines } = readFold(
    createRisc0Fold(),
    REAL.map(([line]) => line)
  )
  expect(lines).toEqual(REAL.map(([, kind, note]) => ({ kind, note })))
  expect(figures).toEqual({
    metrics: {
      cycles: { value: 685_160_803n, unit: 'cycles', exactness: 'exact' },
      segments: { value: 388n, unit: 'count', exactness: 'exact' }
    },
    spans: [],
    costs: [],
    remarks: []
  })
})

test.each([
  // risc0-zkvm v3.0.3 host/server/session.rs:308-325.
  [`INFO ${SESSION} ecalls`, 'ignored'],
  [`INFO ${SESSION} syscalls`, 'ignored'],
  [`INFO ${SESSION} \t3 Keccak calls`, 'ignored'],
  [`INFO ${SESSION}    732362 Sha2 calls, 55106396 cycles, (0.93%)`, 'ignored'],
  // v5.0.0-rc.1 host/prove_info.rs:111-117, and the empty line that its session prints last.
  [`INFO risc0_zkvm::host::prove_info: execution time: 25.441604522s`, 'ignored'],
  [`INFO risc0_zkvm::host::prove_info: number of segments: 388`, 'read'],
  [`INFO ${SESSION} `, 'ignored'],
  // The newest circuit counts rows, and no user cycles (host/prove_info.rs:118-122 at 3bbcd44).
  [`INFO risc0_zkvm::host::prove_info: 812122112 total rows (1024 padding)`, 'unread'],
  [`DEBUG ${SESSION} 812122112 total cycles`, 'ignored'],
  [`INFO risc0_zkvm::host::server::exec::executor: 812122112 total cycles`, null],
  [`INFO risc0_zkvm::host::server::prove: 812122112 total cycles`, null]
])('%s', (line, kind) => {
  expect(readFold(createRisc0Fold(), [`${AT}  ${line}`]).lines[0]?.kind ?? null).toBe(kind)
})
