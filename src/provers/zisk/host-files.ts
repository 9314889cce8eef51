import type { Mode } from '../../domain/workload.ts'
import type { AfterCommand, TrialCommand } from '../prover.ts'

/**
 * Directories of ethrex's prover crate, whose backend for ZisK has its files there, by an absolute path that is compiled
 * in (`src/backend/zisk.rs`, `CARGO_MANIFEST_DIR`): the crate's place at e8f2e60d, and since 0edbbc29.
 */
const CRATES = ['crates/l2/prover', 'crates/prover'] as const

/** The guest's input in the framing that this ethrex gives it, and the guest: both written before each start. */
const INPUT = 'zisk_input.bin'
const ELF = 'zkvm-zisk-program'
const OUTPUT = 'zisk_output'
/**
 * A file that is left counts for the next trial: cargo-zisk v0.16 writes no `result.json` and the host reads the one that
 * lies there; and the first backends take whatever ELF they find for their own, under this name or that of 0025cb6e.
 */
const LEFT = [OUTPUT, INPUT, ELF, 'zisk_elf'] as const

/** What a trial with ZisK needs beside the host: docs/notes/zisk.md. */
export const ziskFiles = (
  checkout: string,
  mode: Mode
): Pick<TrialCommand, 'keepFiles' | 'directories' | 'removeFirst' | 'after'> => {
  const directories = CRATES.map((crate) => `${checkout}/${crate}`)
  const results = directories.map((directory) => `${directory}/${OUTPUT}/result.json`)
  return {
    keepFiles: mode === 'prove' ? [{ name: 'result', paths: results }] : [],
    directories,
    removeFirst: directories.flatMap((directory) => LEFT.map((name) => `${directory}/${name}`)),
    after: mode === 'execute' ? directories.map(emulation) : []
  }
}

/** Counts what the host has executed. Never `-x`: an older report, which was seen with no steps. */
const emulation = (directory: string): AfterCommand => {
  const [elf, input] = [`${directory}/${ELF}`, `${directory}/${INPUT}`]
  return {
    program: 'ziskemu',
    args: ['-e', elf, '-i', input, '-X'],
    env: {},
    keeps: 'emulator',
    needs: [elf, input]
  }
}
