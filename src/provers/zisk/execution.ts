import type { Figure } from '../../domain/sample.ts'
import type { GuestFigures, GuestFold, RoundedDown } from '../guest-fold.ts'
import type { KeptFile, KeptFiles } from '../prover.ts'
import { parseEmulator, type EmulatorOutput } from './emulator.ts'
import { parseResultFile, type ProofResult } from './result-file.ts'

/**
 * ZisK's figures. The host keeps what cargo-zisk and ziskemu print to itself, so its log has none of them; they are in
 * the file that cargo-zisk leaves after a proof, and in what ziskemu prints when it is run once more
 * (docs/notes/zisk.md).
 */
export const createZiskFold = (): GuestFold => ({
  concerns: () => false,
  accept: () => null,
  damaged: () => null,
  figures: (files, proved = null) => figuresOf(files, proved)
})

/** What was made of a file; without remarks where there is none. */
interface Told<What> {
  readonly what: What | null
  readonly remarks: readonly string[]
}

const figuresOf = ({ result, emulator }: KeptFiles, printed: RoundedDown | null): GuestFigures => {
  const proof = ofResult(result, printed)
  const emulated = ofEmulator(emulator)
  const remarks = [...proof.remarks, ...emulated.remarks]
  const [proved, executed] = [proof.what?.steps ?? null, emulated.what?.steps ?? null]
  if (proved !== null && executed !== null && proved !== executed) {
    const remark = `cargo-zisk proved ${proved} steps, but ziskemu executed ${executed}: no count is given.`
    return { ...NOTHING, remarks: [...remarks, remark] }
  }
  const steps = proved ?? executed
  if (steps === null) return { ...NOTHING, remarks: remarks.length === 0 ? ['ZisK told no steps.'] : remarks }
  const figure: Figure = { value: steps, unit: 'steps', exactness: 'exact' }
  const costs = emulated.what?.costs ?? []
  return { metrics: { cycles: figure, steps: figure }, spans: [], costs, remarks }
}

const NOTHING: Omit<GuestFigures, 'remarks'> = { metrics: {}, spans: [], costs: [] }

/** The host reads the file without a look at its age. */
const STALE_RESULT =
  'result.json of cargo-zisk is from before this process: its steps count for nothing, and the proving time may be its.'
const STALE_OUTPUT = 'What ziskemu printed is from before this process: it counts for nothing.'

const ofResult = (file: KeptFile | null, printed: RoundedDown | null): Told<ProofResult> => {
  if (file === null) return { what: null, remarks: [] }
  if (!file.fresh) return { what: null, remarks: [STALE_RESULT] }
  const what = parseResultFile(file.text)
  if (what === null) {
    return { what, remarks: ['result.json of cargo-zisk is no whole result: it counts for nothing.'] }
  }
  return { what, remarks: ofTime(what.time, printed) }
}

/** The host takes its time from the file; where the two differ, the file may be of another proof. */
const ofTime = (time: number, printed: RoundedDown | null): readonly string[] => {
  if (printed === null) return []
  const slack = 1e-6 * Math.max(1, time)
  const isSame = time >= printed.seconds - slack && time <= printed.seconds + printed.resolution + slack
  const remark = `result.json of cargo-zisk says that the proof took ${time} s, the report line ${printed.seconds} s.`
  return isSame ? [] : [remark]
}

const ofEmulator = (file: KeptFile | null): Told<EmulatorOutput> => {
  if (file === null) return { what: null, remarks: [] }
  if (!file.fresh) return { what: null, remarks: [STALE_OUTPUT] }
  const what = parseEmulator(file.text)
  return { what, remarks: what.remarks }
}
