import { expect, test } from 'vitest'
import { createSp1Fold } from '../../../src/provers/sp1/execution.ts'
import { readFold } from '../read-fold.ts'

const WRITE = 'sp1_core_executor::syscalls::write:'
const EXECUTE = 'sp1_prover::worker::prover::execute:'
const AT = '2026-03-07T10:00:41.123456Z'

type Row = readonly [line: string, kind: string | null, note?: string | undefined]

const check = (rows: readonly Row[]) => {
  const { lines, figures } = readFold(
    createSp1Fold(),
    rows.map(([line]) => line)
  )
  expect(lines.map((line) => [line?.kind ?? null, line?.note])).toEqual(
    rows.map(([, kind, note]) => [kind, note])
  )
  return figures
}

test('each line that ethrex pull request 5226 published (real, 2025-11-06, v5.0.8)', () => {
  const { metrics, remarks } = check([
    [`2025-11-06T20:27:22.669322Z  INFO execute: ${WRITE} ┌╴read_input`, 'read', 'a span begins at depth 0'],
    [
      `2025-11-06T20:27:23.074825Z  INFO execute: ${WRITE} └╴12,868,356 cycles`,
      'read',
      'a span at depth 0 ends after 12,868,356 cycles'
    ],
    [`2025-11-06T20:27:23.074862Z  INFO execute: ${WRITE} ┌╴execution`, 'read', 'a span begins at depth 0'],
    [
      `2025-11-06T20:27:23.074915Z  INFO execute: ${WRITE} │ ┌╴GuestProgramState::from(execution_witness)`,
      'read',
      'a span begins at depth 1'
    ],
    ['stderr: WARNING: Using insecure random number generator.', null],
    [
      `2025-11-06T20:27:28.337580Z  INFO execute: ${WRITE} │ └╴191,414,247 cycles`,
      'read',
      'a span at depth 1 ends after 191,414,247 cycles'
    ]
  ])
  expect(metrics).toEqual({})
  expect(remarks[0]).toBe('Spans without an end: execution.')
})

test('each line that ethrex pull request 4273 published (real, 2025-09-02, v5.0.8), its starts put in', () => {
  const begin = (name: string): Row => [
    `${AT}  INFO execute: ${WRITE} ┌╴${name}`,
    'read',
    'a span begins at depth 0'
  ]
  const { metrics, spans } = check([
    begin('read_input'),
    [
      `2025-09-02T22:50:35.665546Z  INFO execute: ${WRITE} └╴34,125,436 cycles`,
      'read',
      'a span at depth 0 ends after 34,125,436 cycles'
    ],
    begin('execution'),
    [
      `2025-09-02T22:51:13.041072Z  INFO execute: ${WRITE} └╴1,458,794,351 cycles`,
      'read',
      'a span at depth 0 ends after 1,458,794,351 cycles'
    ],
    begin('commit_public_inputs'),
    [
      `2025-09-02T22:51:13.042884Z  INFO execute: ${WRITE} └╴26,791 cycles`,
      'read',
      'a span at depth 0 ends after 26,791 cycles'
    ],
    [
      '2025-09-02T22:51:13.104707Z  INFO execute: sp1_prover: gas: 1687294509',
      'read',
      'prover gas 1687294509'
    ]
  ])
  expect(metrics).toEqual({
    cycles: { value: 1_492_946_578n, unit: 'cycles', exactness: 'tracked-spans' },
    'prover-gas': { value: 1_687_294_509n, unit: 'gas', exactness: 'exact' }
  })
  expect(spans).toHaveLength(3)
})

test.each([
  // v5.0.8 and v5.2.4: core/executor/src/executor.rs:2331 and :2136, prover/src/lib.rs:361 and :1404.
  [
    'INFO execute: sp1_core_executor::executor: clk = 10000000 pc = 0x21f4e4',
    'read',
    'at least 10000000 cycles'
  ],
  ['INFO execute: sp1_core_executor::executor: clk = 0 pc = 0x21f4e4', 'read', 'at least 0 cycles'],
  [
    'WARN execute: sp1_core_executor::executor: Not all input bytes were read.',
    'ignored',
    'a warning of the executor'
  ],
  ['INFO execute: sp1_prover: gas: 1687294509', 'read', 'prover gas 1687294509'],
  [
    'WARN sp1_prover: High cycle count detected (1492M cycles). For better performance, consider using the Succinct Prover Network',
    'read',
    'at least 1492 million cycles'
  ],
  // v5.0.8 core/machine/src/utils/prove.rs:534 and :575, a proof on a CPU.
  [
    'DEBUG prove_core: sp1_core_machine::utils::prove: execution report (totals): total_cycles=1492953578, total_syscall_cycles=1, touched_memory_addresses=2',
    'read',
    'exactly 1492953578 cycles'
  ],
  [
    'DEBUG prove_core: sp1_core_machine::utils::prove: summary: cycles=1492953578, e2e=7215.1s, khz=206.92',
    'read',
    'exactly 1492953578 cycles'
  ],
  ['DEBUG prove_core: sp1_core_machine::utils::prove: execution report (opcode counts):', null, undefined],
  [`INFO prove_core: ${WRITE} ┌╴read_input`, 'ignored', 'not under the span execute'],
  [`INFO ${WRITE} ┌╴read_input`, 'ignored', 'not under the span execute'],
  ['INFO prove_core: sp1_prover: gas: 7', 'ignored', 'not under the span execute'],
  // v5.0.8 crates/cuda/src/lib.rs:165-181 and :419.
  ['INFO sp1_cuda: waiting for proving server to be ready', null, undefined],
  ['INFO sp1_cuda: proving server is not ready, retrying...', null, undefined],
  ['INFO sp1_cuda: proving server is ready', null, undefined],
  ['WARN sp1_cuda: Error checking server readiness: timed out', null, undefined],
  [
    'INFO sp1_cuda: Response { url: "http://localhost:3000/twirp/api.ProverService/Setup", status: 200, headers: {} }',
    null,
    undefined
  ],
  // v6.0.0 and v6.4.0, on threads without spans: core/executor/src/minimal/write.rs, prover/src/worker/prover/execute.rs.
  ['INFO sp1_core_executor::minimal::write: ┌╴read_input', 'read', 'a span begins at depth 0'],
  ['INFO execute: sp1_core_executor::minimal::write: ┌╴read_input', 'read', 'a span begins at depth 0'],
  ['INFO prove: sp1_core_executor::minimal::write: ┌╴read_input', 'ignored', 'not under the span execute'],
  [
    'INFO sp1_core_executor::minimal::write: └╴setup (no matching start)',
    'ignored',
    'the end of a span that never began'
  ],
  [`DEBUG ${EXECUTE} minimal executor finished in 1492953578 cycles`, 'read', 'exactly 1492953578 cycles'],
  [`INFO ${EXECUTE} public_value_stream: [1, 2, 3]`, 'ignored', 'the public values: the execution is over'],
  [
    `DEBUG execute_program:report_accumulator: ${EXECUTE} Received gas handle num_gas_handles=1`,
    null,
    undefined
  ],
  // v6.4.0 core/runner/src/native.rs:149.
  [
    'DEBUG sp1_core_executor_runner::native: CHILD 0: stdout: cycle-tracker-report-start: read_input',
    null,
    undefined
  ]
])('%s', (line, kind, note) => {
  check([[`${AT}  ${line}`, kind, note]])
})

test.each([
  // Not of a log: what docker, the guest and v6 without `profiling` print on stderr.
  'docker: Error response from daemon: Conflict. The container name "/sp1-gpu" is already in use by container "0c1d".',
  'stdout: cycle-tracker-report-start: read_input',
  'stdout: cycle-tracker-report-end: read_input',
  "stderr: thread 'main' panicked at src/main.rs:7:5:",
  // SP1 of 2024 names no target (real, raiko issue 280, 2024-08-01).
  '2024-08-01T03:45:53.228409Z  INFO execute: clk = 10000000 pc = 0x218d04'
])('says nothing to us: %s', (line) => {
  expect(createSp1Fold().concerns(line)).toBe(false)
})
