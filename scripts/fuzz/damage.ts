import fc from 'fast-check'
import type { KeptFiles, KeptName } from '../../src/provers/prover.ts'
import { KEPT_NAMES, NO_FILES } from '../../src/provers/prover.ts'
import type { Transcript } from './transcript.ts'

/** What befalls a transcript on its way to a reader. Places are shares of the whole, from 0 to 1. */
export interface Damage {
  /** Lines of others, on their own. */
  readonly noise: readonly { readonly at: number; readonly line: string }[]
  readonly newline: '\n' | '\r\n'
  readonly structure: { readonly kind: 'none' | 'double' | 'swap' | 'drop'; readonly at: number }
  readonly wounds: readonly Wound[]
  /** Where it ends. */
  readonly cut: number
  readonly files: { readonly kind: 'kept' | 'gone' | 'cut'; readonly at: number }
  readonly stderr: readonly string[]
}

export interface Wound {
  /** A share of all bytes, or of the digits that are no time of the log: what stands there must not be cut. */
  readonly of: 'bytes' | 'digits'
  readonly at: number
  readonly bytes: readonly number[]
  readonly kind: 'inserted' | 'overwritten'
}

const AT = '2026-03-07T10:00:41.123456Z'
const REPORT = `[mainnet] Block: 1, Gas: 99, #Txs: 9, Execution Time: 09s 999ms | https://etherscan.io/block/1`

/** What docker, other crates, other phases and guests print, like ours or not. */
const NOISE = [
  '',
  'docker: pulling',
  'a8b2c3d4e5f6: Downloading [====>      ] 12MB/1.2GB',
  '10%\r20%\r100%',
  'stdout: gas: 9',
  'bytes that are no text: \ufffd',
  `${AT}  INFO ethrex_p2p::discv4: peer 7`,
  `${AT}  INFO prove_core: sp1_core_executor::syscalls::write: └╴9 cycles`,
  `${AT}  INFO sp1_prover: gas: 9`,
  `${AT} DEBUG risc0_zkvm::host::server::session: 9 user cycles (9.99%)`,
  `${AT}  INFO risc0_build: number of segments: 9`,
  `${AT}  INFO openvm_other::segment: Segment   0 | instret          0 |        9 instructions`,
  `${AT}  WARN ethrex_blockchain: [METRIC] BLOCK EXECUTION THROUGHPUT (9): 0.373 Ggas/s`,
  `x ${AT}  INFO ethrex_replay::report: ${REPORT}`
]

/** What a guest may print, and nothing of it counts. */
const STDERR = [
  'WARNING: Using insecure random number generator.',
  `${AT}  INFO ethrex_replay::report: ${REPORT}`,
  `stdout: ${AT}  INFO execute: sp1_prover: gas: 9`,
  'proving time: 9',
  'STEPS 9'
]

const bytesOf = (text: string): readonly number[] => [...new TextEncoder().encode(text)]

/** Bytes that no tool writes there. Plain digits or a newline alone could not be told from what the tool wrote. */
const WOUNDS = [[0xff], [0xc3], [0xe2, 0x95], [0]]
const SLIPPED_IN = [...WOUNDS, ...['\r', '\u001b', '\u001b[', '\u001b[0m', 'docker: pulling\n'].map(bytesOf)]

/** Even: a double of fast-check's is near 0 as a rule. */
const share = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1e6)

const place = { of: fc.constantFrom('bytes' as const, 'digits' as const), at: share }
const wounds: fc.Arbitrary<Wound> = fc.oneof(
  fc.record({ ...place, bytes: fc.constantFrom(...WOUNDS), kind: fc.constant('overwritten' as const) }),
  fc.record({ ...place, bytes: fc.constantFrom(...SLIPPED_IN), kind: fc.constant('inserted' as const) })
)

const kindOf = <T extends string>(usual: T, ...rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...rare) })

export const damages: fc.Arbitrary<Damage> = fc.record({
  noise: fc.array(fc.record({ at: share, line: fc.constantFrom(...NOISE) }), { maxLength: 4 }),
  newline: fc.constantFrom('\n', '\r\n'),
  structure: fc.record({ kind: kindOf('none', 'double', 'swap', 'drop'), at: share }),
  wounds: fc.oneof(fc.constant([]), fc.array(wounds, { minLength: 1, maxLength: 3 })),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: share }),
  files: fc.record({ kind: kindOf('kept', 'gone', 'cut'), at: share }),
  stderr: fc.array(fc.constantFrom(...STDERR), { maxLength: 2 })
})

export const UNHARMED: Damage = {
  noise: [],
  newline: '\n',
  structure: { kind: 'none', at: 0 },
  wounds: [],
  cut: 1,
  files: { kind: 'kept', at: 0 },
  stderr: []
}

/** One byte of no text, in some line. */
export const scratches: fc.Arbitrary<Wound> = fc.record({
  ...place,
  bytes: fc.constant([0xff]),
  kind: fc.constantFrom('inserted' as const, 'overwritten' as const)
})

/** Number of the line that a wound which replaces no newline is in. */
export const lineOfWound = (transcript: Transcript, damage: Damage): number => {
  const damaged = Buffer.from(stdoutOf(transcript, damage))
  const whole = Buffer.from(stdoutOf(transcript, UNHARMED))
  const first = damaged.findIndex((byte, index) => byte !== whole[index])
  return damaged.subarray(0, first).filter((byte) => byte === NEWLINE).length + 1
}

/** Only lines of others, and none where they would part what belongs together. */
export const isHarmless = ({ bearsNoise }: Transcript, damage: Damage): boolean =>
  damage.structure.kind === 'none' &&
  damage.wounds.length === 0 &&
  damage.cut === 1 &&
  damage.files.kind === 'kept' &&
  (bearsNoise || damage.noise.length === 0)

/** The bytes of stdout. */
export const stdoutOf = ({ lines, isPlain }: Transcript, damage: Damage): Uint8Array => {
  // A log that does not tell everything may be as right with a line twice as it is with one.
  const all = isPlain ? restructured(lines, damage) : [...lines]
  for (const { at, line } of damage.noise) all.splice(indexAt(at, all.length + 1), 0, line)
  const text = all.map((line) => line + damage.newline).join('')
  const wounded = damage.wounds.reduce(withWound, Buffer.from(text))
  return wounded.subarray(0, Math.floor(wounded.length * damage.cut))
}

const indexAt = (at: number, length: number): number =>
  Math.min(Math.floor(at * length), Math.max(0, length - 1))

/** That alone says where SP1 v6 without DEBUG has executed, and begins to prove. */
const ALL_THERE_IS = 'public_value_stream'

/** With one line twice, exchanged with the next, or missing. */
const restructured = (lines: readonly string[], { structure }: Damage): string[] => {
  const index = indexAt(structure.at, lines.length)
  const [own, next] = lines.slice(index, index + 2)
  if (structure.kind === 'none' || own === undefined) return [...lines]
  if (structure.kind === 'double') return lines.toSpliced(index, 0, own)
  if (structure.kind === 'drop') return own.includes(ALL_THERE_IS) ? [...lines] : lines.toSpliced(index, 1)
  return next === undefined ? [...lines] : lines.toSpliced(index, 2, next, own)
}

const withWound = (bytes: Buffer, { of, at, bytes: wound, kind }: Wound): Buffer => {
  const digits = of === 'digits' ? digitsOf(bytes) : []
  const index = digits[indexAt(at, digits.length)] ?? indexAt(at, bytes.length)
  if (wound.includes(NEWLINE) && isInName(bytes, index)) return bytes
  const rest = bytes.subarray(kind === 'inserted' ? index : index + wound.length)
  return Buffer.concat([bytes.subarray(0, index), Buffer.from(wound), rest])
}

/** Where digits stand, but for those of the time that an event begins with, coloured or not. */
const digitsOf = (bytes: Buffer): readonly number[] => {
  const found: number[] = []
  let begin = 0
  for (const [index, byte] of bytes.entries()) {
    const isOfTime = index - begin < TIME_END && (bytes[begin] === 0x32 || bytes[begin] === 0x1b)
    if (byte >= 0x30 && byte <= 0x39 && !isOfTime) found.push(index)
    if (byte === NEWLINE) begin = index + 1
  }
  return found
}

const TIME_END = 32
const NEWLINE = 10
const NAME = Buffer.from('┌╴')

/** A name of the guest's is any text: nobody could tell another's words in it. */
const isInName = (bytes: Buffer, index: number): boolean => {
  const begin = index === 0 ? 0 : bytes.lastIndexOf(NEWLINE, index - 1) + 1
  return bytes.subarray(begin, index).includes(NAME)
}

/** What lies beside the log. */
export const filesOf = (transcript: Transcript, damage: Damage): KeptFiles => {
  const { files, hasFilesOfAnother } = transcript
  const { kind, at } = damage.files
  // A log that lost its end would take them for those of the block that it ends with.
  if (hasFilesOfAnother && !isHarmless(transcript, damage)) return NO_FILES
  if (kind === 'kept') return files
  const left = (name: KeptName): KeptFiles[KeptName] => {
    const file = files[name]
    if (file === null || kind === 'gone') return null
    return { ...file, text: cutInDigits(file.text, at) }
  }
  return Object.fromEntries(KEPT_NAMES.map((name) => [name, left(name)])) as Record<
    KeptName,
    KeptFiles[KeptName]
  >
}

/** Without its end, from some digit on. */
const cutInDigits = (text: string, at: number): string => {
  const digits = [...text.matchAll(/\d/g)].map(({ index }) => index)
  return text.slice(0, digits[indexAt(at, digits.length)] ?? 0)
}
