import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './terminal.ts'

/** A stand-in `nvidia-smi` in a folder of its own, to be put first in PATH. */
export interface NvidiaSmi {
  readonly bin: string
  /** What it answers from now on: a shell fragment, see stand-in/nvidia-smi.sh. */
  readonly show: (scenario: string) => void
  /** How often a GPU's state was asked for. */
  readonly samples: () => number
}

export const installNvidiaSmi = (bin: string, scenario = ''): NvidiaSmi => {
  mkdirSync(bin, { recursive: true })
  symlinkSync(join(ROOT, 'stand-in/nvidia-smi.sh'), join(bin, 'nvidia-smi'))
  const path = join(bin, 'nvidia-smi.scenario')
  const show = (text: string): void => {
    // Whole or not at all: it may be asked at any moment.
    writeFileSync(`${path}.new`, `${text}\n`)
    renameSync(`${path}.new`, path)
  }
  show(scenario)
  return { bin, show, samples: () => countLines(join(bin, 'nvidia-smi.samples')) }
}

const countLines = (path: string): number => {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
}
