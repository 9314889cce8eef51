import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reading } from '../../src/provers/prover.ts'
import { contextOf, readLog } from './read-log.ts'

/** A guest's execution as the generator knows it. */
interface Node {
  readonly name: string
  readonly own: number
  readonly children: readonly Node[]
}

interface Truth {
  readonly total: bigint
  readonly gas: bigint
  readonly spans: ReadonlyMap<string, string>
}

const AT = '2026-03-07T10:00:41.123456Z  INFO'
const WRITE = `${AT} execute: sp1_core_executor::syscalls::write:`
const REPORT =
  `${AT} ethrex_replay::report: [mainnet] Block: 23769083, Gas: 44943006, #Txs: 312, Execution Time: 45s 123ms` +
  ' | https://etherscan.io/block/23769083'

const nodesTo = (depth: number): fc.Arbitrary<readonly Node[]> =>
  fc.array(
    fc.record({
      name: fc.constantFrom('execution', 'read_input', 'validate: block', 'x y', '23 cycles', 'ünï'),
      own: fc.integer({ min: 0, max: 2 ** 40 }),
      children: depth === 0 ? fc.constant([]) : nodesTo(depth - 1)
    }),
    { maxLength: 3 }
  )

const noise = fc.constantFrom(
  'docker: pulling',
  'stdout: hello',
  `${AT} ethrex_p2p: peer 7`,
  '',
  `${AT} prove_core: sp1_core_executor::syscalls::write: └╴9 cycles`,
  '10%\r20%\r100%',
  `x ${REPORT.replace('312', '9')}`
)

const cyclesOf = (node: Node): bigint =>
  node.children.reduce((sum, child) => sum + cyclesOf(child), BigInt(node.own))

/** The lines of a tree; a name that is open cannot begin again, so it is made to differ. */
const print = (
  list: readonly Node[],
  parents: readonly string[],
  truth: Map<string, string>
): readonly string[] =>
  list.flatMap((node) => {
    const name = parents.includes(node.name) ? `${node.name}${parents.length}` : node.name
    const path = [...parents, name]
    const cycles = cyclesOf(node)
    const key = path.join('>')
    const [sum, calls] = (truth.get(key) ?? '0/0').split('/')
    truth.set(key, `${BigInt(sum!) + cycles}/${Number(calls) + 1}`)
    const prefix = `${WRITE} ${'│ '.repeat(parents.length)}`
    const digits = cycles.toLocaleString('en-US')
    return [`${prefix}┌╴${name}`, ...print(node.children, path, truth), `${prefix}└╴${digits} cycles`]
  })

const transcript = fc
  .record({
    tree: nodesTo(3),
    gas: fc.bigInt({ min: 0n, max: 2n ** 63n }),
    noises: fc.array(noise, { maxLength: 6 })
  })
  .map(({ tree, gas, noises }) => {
    const spans = new Map<string, string>()
    const lines = [...print(tree, [], spans), `${AT} execute: sp1_prover: gas: ${gas}`]
    noises.forEach((text, index) => lines.splice((index * 7919) % (lines.length + 1), 0, text))
    const total = tree.reduce((sum, node) => sum + cyclesOf(node), 0n)
    return { text: `${[...lines, REPORT].join('\n')}\n`, truth: { total, gas, spans } satisfies Truth }
  })

const context = contextOf({ benchRequired: false })
const seeded = { seed: 20260307, numRuns: 400 }

/** Whatever was given must be what the generator put there. */
const expectTrue = (reading: Reading, truth: Truth): void => {
  expect(reading.gas === null || reading.gas === 44_943_006n).toBe(true)
  expect(reading.transactions === null || reading.transactions === 312).toBe(true)
  if (reading.outcome.kind === 'failed') {
    expect(reading.outcome.message).not.toMatch(/\p{Cc}/u)
    return
  }
  const { metrics, spans } = reading.outcome.sample
  if (metrics.cycles !== undefined) expect(metrics.cycles.value).toBe(truth.total)
  if (metrics['prover-gas'] !== undefined) expect(metrics['prover-gas'].value).toBe(truth.gas)
  expect(metrics['execution-time']?.value).toBe(45.123)
  for (const { path, cycles, calls } of spans) {
    expect(`${path.join('>')} ${cycles}/${calls}`).toBe(
      `${path.join('>')} ${truth.spans.get(path.join('>'))}`
    )
  }
}

test('a whole log is read in full, between any noise', () => {
  fc.assert(
    fc.property(transcript, ({ text, truth }) => {
      const reading = readLog(context, { stdout: text })
      expectTrue(reading, truth)
      const sample = reading.outcome.kind === 'measured' ? reading.outcome.sample : null
      expect(sample?.spans).toHaveLength(truth.spans.size)
      expect(sample?.metrics['prover-gas']?.value).toBe(truth.gas)
      if (truth.spans.size > 0) expect(sample?.metrics.cycles?.value).toBe(truth.total)
    }),
    seeded
  )
})

test('a log that ends anywhere gives no figure that is cut', () => {
  fc.assert(
    fc.property(transcript, fc.double({ min: 0, max: 1, noNaN: true }), ({ text, truth }, share) => {
      const bytes = new TextEncoder().encode(text)
      const cut = bytes.subarray(0, Math.floor(bytes.length * share))
      expectTrue(readLog(context, { stdout: cut }), truth)
    }),
    seeded
  )
})

test('bytes that are overwritten or slipped in give no figure that was not there', () => {
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
      expectTrue(readLog(context, { stdout: new Uint8Array(bytes) }), truth)
    }),
    seeded
  )
})

test('line ends and colours change nothing', () => {
  fc.assert(
    fc.property(transcript, ({ text, truth }) => {
      const plain = readLog(context, { stdout: text })
      const crlf = readLog(context, { stdout: text.replaceAll('\n', '\r\n') })
      const coloured = readLog(context, { stdout: text.replaceAll(AT, `\u001b[2m${AT}\u001b[0m`) })
      expect(crlf.outcome).toEqual(plain.outcome)
      expect(coloured.outcome).toEqual(plain.outcome)
      expectTrue(plain, truth)
    }),
    seeded
  )
})

test('any bytes at all are read without a crash', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom(AT, WRITE, REPORT, '┌╴', '└╴1 cycles', '\n', '\r', ' ERROR ')
        .map((text) => new TextEncoder().encode(text))
    )
  )
  fc.assert(
    fc.property(pieces, pieces, (stdout, stderr) => {
      const join = (list: readonly Uint8Array[]) => new Uint8Array(list.flatMap((piece) => [...piece]))
      expect(readLog(context, { stdout: join(stdout), stderr: join(stderr) }).outcome.kind).toBeTypeOf(
        'string'
      )
    }),
    seeded
  )
})
