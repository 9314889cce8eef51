import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UNHARMED } from '../../../scripts/fuzz/damage.ts'
import { fuzz, transcripts } from '../../../scripts/fuzz/fuzz.ts'
import { faultsOf, readingOf } from '../../../scripts/fuzz/oracle.ts'
import type { Transcript } from '../../../scripts/fuzz/transcript.ts'
import { count, gas } from '../../../src/domain/quantity.ts'
import type { Sample } from '../../../src/domain/sample.ts'
import type { Reading } from '../../../src/provers/prover.ts'

const SEED = 20260307

test('2,000 transcripts, damaged in every way: no figure that was not put there, none that is missing for nothing', () => {
  const { runs, fault, measured } = fuzz(2000, SEED)
  expect(fault).toBeNull()
  expect(runs).toBe(2000)
  // Else nothing was tried: a damaged log without figures is always right.
  expect(measured).toBeGreaterThan(300)
})

const samples = fc.sample(transcripts, { numRuns: 600, seed: SEED })
const whole = samples.filter(({ truth }) => truth.outcome === 'measured')

test('every host, zkVM, mode and form is drawn, and measured', () => {
  const drawn = new Set(whole.map(({ host, context }) => `${host} ${context.zkvm} ${context.mode}`))
  expect([...drawn].sort()).toEqual([
    'ethrex-replay null execute',
    'ethrex-replay openvm execute',
    'ethrex-replay openvm prove',
    'ethrex-replay risc0 execute',
    'ethrex-replay risc0 prove',
    'ethrex-replay sp1 execute',
    'ethrex-replay sp1 prove',
    'ethrex-replay zisk execute',
    'ethrex-replay zisk prove',
    'rsp sp1 execute',
    'rsp sp1 prove'
  ])
  const words = whole.map(({ what }) => what).join('\n')
  for (const word of ['before', 'since', 'verbose', 'SP1 v5', 'SP1 v6', '2c57180', 'patched', 'd1d8123']) {
    expect(words).toContain(word)
  }
  for (const reason of ['execution-failed', 'proving-failed', 'report-line-missing']) {
    expect(samples.some(({ truth }) => truth.outcome === reason)).toBe(true)
  }
})

describe('a reading that is wrong is found out', () => {
  const measuredWith = (has: (transcript: Transcript) => boolean): readonly [Transcript, Reading, Sample] => {
    for (const transcript of whole.filter(has)) {
      const reading = readingOf(transcript, UNHARMED)
      if (reading.outcome.kind === 'measured') return [transcript, reading, reading.outcome.sample]
    }
    throw new Error('there is no such transcript')
  }
  const withSample = (reading: Reading, sample: Sample): Reading => ({
    ...reading,
    outcome: { kind: 'measured', sample }
  })
  const hasCycles = ({ truth }: Transcript): boolean => typeof truth.metrics.cycles?.value === 'bigint'

  test('cycles of which one digit is missing', () => {
    const [transcript, reading, sample] = measuredWith(hasCycles)
    const cycles = sample.metrics.cycles!
    const wrong = { ...cycles, value: BigInt(cycles.value) / 10n - 1n }
    const read = withSample(reading, { ...sample, metrics: { ...sample.metrics, cycles: wrong } })
    expect(faultsOf(reading, transcript, UNHARMED)).toEqual([])
    expect(faultsOf(read, transcript, UNHARMED).join('\n')).toContain('cycles is')
  })

  test('cycles that are called more exact than they are', () => {
    const [transcript, reading, sample] = measuredWith(
      ({ truth }) => truth.metrics.cycles?.exactness === 'tracked-spans'
    )
    const cycles = { ...sample.metrics.cycles!, exactness: 'exact' as const }
    const read = withSample(reading, { ...sample, metrics: { ...sample.metrics, cycles } })
    expect(faultsOf(read, transcript, UNHARMED).join('\n')).toContain('cycles is')
  })

  test('a figure that is not there', () => {
    const [transcript, reading, sample] = measuredWith(hasCycles)
    const { cycles, ...metrics } = sample.metrics
    expect(cycles).toBeDefined()
    expect(faultsOf(withSample(reading, { ...sample, metrics }), transcript, UNHARMED).join('\n')).toContain(
      'no cycles'
    )
  })

  test('a call of a span too few, and a span too few', () => {
    const [transcript, reading, sample] = measuredWith(
      ({ truth, isPlain }) => isPlain && truth.spans.length > 0
    )
    const [first, ...others] = sample.spans
    const few = [{ ...first!, calls: first!.calls - 1 }, ...others]
    const other = withSample(reading, { ...sample, spans: few })
    expect(faultsOf(other, transcript, UNHARMED).join('\n')).toContain('span [')
    const less = withSample(reading, { ...sample, spans: others })
    expect(faultsOf(less, transcript, UNHARMED).join('\n')).toContain('spans, not')
  })

  test('a cost of ZisK, the gas of the block', () => {
    const [transcript, reading, sample] = measuredWith(({ truth }) => truth.costs.length > 0)
    const [first, ...others] = sample.costs
    const costs = [{ ...first!, cost: count(first!.cost + 1n) }, ...others]
    expect(faultsOf(withSample(reading, { ...sample, costs }), transcript, UNHARMED).join('\n')).toContain(
      'cost '
    )
    const read = { ...reading, gas: gas(reading.gas! + 1n) }
    expect(faultsOf(read, transcript, UNHARMED).join('\n')).toContain('gas ')
  })

  test('figures of a failure', () => {
    const failed = samples.find(({ truth }) => truth.outcome === 'proving-failed')!
    const [, , sample] = measuredWith(hasCycles)
    const read = withSample(readingOf(failed, UNHARMED), sample)
    expect(faultsOf(read, failed, UNHARMED).join('\n')).toContain('measured, but it is proving-failed')
  })
})
