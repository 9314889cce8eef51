import fc from 'fast-check'
import { count } from '../../src/domain/quantity.ts'
import type { Cost } from '../../src/domain/sample.ts'
import type { Mode } from '../../src/domain/workload.ts'
import type { KeptFile } from '../../src/provers/prover.ts'
import { counts, grouped } from './numbers.ts'
import type { GuestPart, Metrics } from './transcript.ts'
import { NO_GUEST } from './transcript.ts'

/** What cargo-zisk v0.15 and ziskemu leave; the log has nothing of them. Sources are in docs/notes/zisk.md. */
export const zisk = (mode: Mode, provingSeconds: number): fc.Arbitrary<GuestPart> =>
  fc
    .record({ steps: counts(), parts: fc.array(cost, { minLength: 5, maxLength: 5 }), form: forms(mode) })
    .map(({ steps, parts, form }) => {
      const costs = costsOf(parts)
      const told: Metrics = {
        cycles: { value: steps, unit: 'steps', exactness: 'exact' },
        steps: { value: steps, unit: 'steps', exactness: 'exact' }
      }
      const result = file(`{"cycles": ${steps}, "id": "0d5b9a1e7c", "time": ${provingSeconds}}`)
      const emulator = { report: report(steps, costs), metrics: metricsLine(steps), none: null }[
        form.emulator
      ]
      return {
        ...NO_GUEST,
        what: `ZisK, ${form.emulator} of ziskemu`,
        files: {
          ...(form.hasResult ? { result } : {}),
          ...(emulator === null ? {} : { emulator: file(emulator) })
        },
        metrics: form.hasResult || emulator !== null ? told : {},
        costs: form.emulator === 'report' ? costs : []
      }
    })

const file = (text: string): KeptFile => ({ text, fresh: true })
const cost = counts(2n ** 61n)

const forms = (mode: Mode) =>
  fc.record({
    emulator: fc.constantFrom('report' as const, 'metrics' as const, 'none' as const),
    hasResult: mode === 'prove' ? fc.boolean() : fc.constant(false)
  })

const PARTS = ['BASE', 'MAIN', 'OPCODES', 'PRECOMPILES', 'MEMORY']

const costsOf = (parts: readonly bigint[]): readonly Cost[] => {
  const total = parts.reduce((sum, one) => sum + one, 0n)
  return [
    ...PARTS.map((name, index) => ({ name, cost: count(parts[index] ?? 0n) })),
    { name: 'TOTAL', cost: count(total) }
  ]
}

/** `-X` of v0.15.0 (`emulator/src/stats_report.rs`). */
const report = (steps: bigint, costs: readonly Cost[]): string =>
  [
    'start execution',
    'finish execution',
    '',
    'REPORT'.padEnd(40),
    '-'.repeat(40),
    `STEPS ${grouped(steps).padStart(34)}`,
    '',
    `COST DISTRIBUTION${'COST'.padStart(23)}       %`,
    '-'.repeat(48),
    ...costs.flatMap(({ name, cost: value }) => [
      ...(name === 'TOTAL' ? [''] : []),
      `${name.padEnd(15)} ${grouped(value).padStart(26)}  12.34%`
    ]),
    '',
    'FROPS                        400,161,672   8.12%',
    '98211882',
    ''
  ].join('\n')

/** `-m` (`emulator/src/emulator.rs:147`). */
const metricsLine = (steps: bigint): string =>
  `process_rom() steps=${steps} duration=0.0009 tp=89.8565 Msteps/s freq=3051.0000 33.9542 clocks/step\n98211882\n`
