import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reading } from '../../../src/provers/prover.ts'
import { contextOf, readLog } from '../read-log.ts'

interface Truth {
  readonly cycles: bigint
  readonly proverGas: bigint
  readonly execution: number | null
  readonly proving: number
}

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const HOST = `${AT} rsp_host_executor::full_executor:`
const counts = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })
const milliseconds = fc.integer({ min: 1000, max: 10_000_000 })
const printed = (time: number): string => `${time / 1000}s`

const noise = fc.constantFrom(
  'docker: pulling',
  `${AT} sp1_cuda: proving server is ready`,
  `${AT} execute_client{number=7}:execute: sp1_core_executor::syscalls::write: └╴9 cycles`,
  `${AT} rsp_host_executor::host_executor: successfully generated client input`,
  '',
  '10%\r20%\r100%'
)

const transcript = fc
  .record({
    cycles: counts,
    proverGas: counts,
    execution: milliseconds,
    proving: milliseconds,
    isPatched: fc.boolean(),
    noises: fc.array(noise, { maxLength: 5 })
  })
  .map(({ cycles, proverGas, execution, proving, isPatched, noises }) => {
    const before = [
      `${HOST} Execution successful executed_block_hash=0x7c${isPatched ? '' : ` duration=${printed(execution)}`}`
    ]
    const middle = [
      '',
      'Execution report:',
      `gas: ${proverGas}`,
      `opcode counts (${cycles} total instructions):`,
      `    ${cycles} add`,
      'syscall counts (61573 total syscall instructions):',
      '    61573 halt',
      ''
    ]
    const after = isPatched
      ? [
          `${HOST} Starting proof generation`,
          `proving time: ${Math.floor(proving / 1000)}`,
          `${HOST} Proof successfully generated!`
        ]
      : [
          `${HOST} Starting proof generation`,
          `${HOST} Proof successfully generated! duration=${printed(proving)}`
        ]
    const lines = [...before, ...noises, ...middle, ...noises.toReversed(), ...after]
    const truth: Truth = {
      cycles,
      proverGas,
      execution: isPatched ? null : execution / 1000,
      proving: isPatched ? Math.floor(proving / 1000) : proving / 1000
    }
    return { text: `${lines.join('\n')}\n`, truth }
  })

const context = contextOf({ mode: 'prove', benchRequired: false })
const seeded = { seed: 20260714, numRuns: 400 }
const read = (stdout: string | Uint8Array): Reading => readLog(context, { stdout, exit: null }, 'rsp')

/** Whatever was given must be what the generator put there. */
const expectTrue = ({ outcome }: Reading, truth: Truth): void => {
  if (outcome.kind === 'failed') {
    expect(outcome.message).not.toMatch(/\p{Cc}/u)
    return
  }
  const { metrics } = outcome.sample
  expect(metrics.cycles?.value).toBe(truth.cycles)
  expect(metrics['proving-time']?.value).toBe(truth.proving)
  if (metrics['prover-gas'] !== undefined) expect(metrics['prover-gas'].value).toBe(truth.proverGas)
  if (metrics['execution-time'] !== undefined) expect(metrics['execution-time'].value).toBe(truth.execution)
}

test('a whole log is read in full, between any noise', () => {
  fc.assert(
    fc.property(transcript, ({ text, truth }) => {
      const reading = read(text)
      expectTrue(reading, truth)
      const metrics = reading.outcome.kind === 'measured' ? reading.outcome.sample.metrics : null
      expect(metrics?.['prover-gas']?.value).toBe(truth.proverGas)
      expect(metrics?.['execution-time']?.value ?? null).toBe(truth.execution)
      expect(reading.unreadCount).toBe(0)
    }),
    seeded
  )
})

test('a log that ends anywhere gives no figure that is cut', () => {
  fc.assert(
    fc.property(transcript, fc.double({ min: 0, max: 1, noNaN: true }), ({ text, truth }, share) => {
      const bytes = new TextEncoder().encode(text)
      expectTrue(read(bytes.subarray(0, Math.floor(bytes.length * share))), truth)
    }),
    seeded
  )
})

test('and so does one that ends in any of its last hundred bytes', () => {
  fc.assert(
    fc.property(transcript, ({ text, truth }) => {
      const bytes = new TextEncoder().encode(text)
      for (let cut = 1; cut <= 100; cut += 1) expectTrue(read(bytes.subarray(0, bytes.length - cut)), truth)
    }),
    { ...seeded, numRuns: 12 }
  )
})

test('bytes that are no digits, slipped in or written over, give no figure that was not there', () => {
  const wounds = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.constantFrom([0xff], [0xc3], [13], [27], [27, 91, 48, 109], [0], [0xe2, 0x95]),
      replaces: fc.boolean()
    }),
    { minLength: 1, maxLength: 4 }
  )
  fc.assert(
    fc.property(transcript, wounds, ({ text, truth }, list) => {
      const bytes = [...new TextEncoder().encode(text)]
      for (const { at, bytes: wound, replaces } of list) {
        const index = Math.floor(at * bytes.length)
        bytes.splice(index, replaces ? wound.length : 0, ...wound)
      }
      expectTrue(read(new Uint8Array(bytes)), truth)
    }),
    seeded
  )
})

test('line ends and colours change nothing', () => {
  fc.assert(
    fc.property(transcript, ({ text }) => {
      const plain = read(text)
      expect(read(text.replaceAll('\n', '\r\n')).outcome).toEqual(plain.outcome)
      const coloured = text
        .replaceAll(AT, '\u001b[2m2026-03-07T10:00:41.123456Z\u001b[0m \u001b[32m INFO\u001b[0m')
        .replaceAll(' duration=', ' \u001b[3mduration\u001b[0m\u001b[2m=\u001b[0m')
      expect(read(coloured).outcome).toEqual(plain.outcome)
    }),
    seeded
  )
})

test('any bytes at all are read without a crash', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom(
          HOST,
          'Execution report:\n',
          'gas: 1',
          'opcode counts (',
          'proving time: ',
          'Error: ',
          '\n',
          '\r'
        )
        .map((text) => new TextEncoder().encode(text))
    )
  )
  fc.assert(
    fc.property(pieces, pieces, pieces, (stdout, stderr, csv) => {
      const join = (list: readonly Uint8Array[]) => new Uint8Array(list.flatMap((piece) => [...piece]))
      const log = { stdout: join(stdout), stderr: join(stderr), csv: new TextDecoder().decode(join(csv)) }
      expect(readLog(context, { ...log, exit: { kind: 'exited', code: 1 } }, 'rsp').outcome.kind).toBe(
        'failed'
      )
    }),
    seeded
  )
})
