import type { Line } from '../line.ts'
import type { Notebook } from '../notebook.ts'
import { createStderrFold, STDERR_LIMIT, type StderrFindings } from '../stderr.ts'

/** What an rsp that failed says on stderr. */
export interface RspFindings extends StderrFindings {
  /** What `main` returned, on one line, with its causes and without the place in the code. */
  readonly error: string | null
  /** reth's `ConsensusError::BlockGasUsed`; digits as printed. */
  readonly gasMismatch: { readonly got: string; readonly expected: string } | null
}

const ERROR = 'Error: '
const MISMATCH = 'block gas used mismatch'
/** Behind it comes the gas of every transaction of the block, thousands of characters. */
const GAS_USED = /block gas used mismatch: got (\d{1,20}), expected (\d{1,20})(?=;|$)/

/**
 * `main` returns an `eyre::Result` (`bin/host/src/main.rs`): `Error: …`, then `Caused by:` and causes, then
 * `Location:` and a place. Docker's client begins its complaints with the same word, so the last one counts.
 */
export const createRspStderrFold = (notebook: Notebook) => {
  const fold = createStderrFold(notebook)
  let error: string | null = null
  let gasMismatch: RspFindings['gasMismatch'] = null
  let isOpen = false
  return {
    line(line: Line): void {
      fold.line(line)
      if (line.text.startsWith(ERROR)) {
        isOpen = true
        gasMismatch = null
        error = ''
        const text = 'rsp ends with an error'
        notebook.add({ stream: 'stderr', line: line.number, kind: 'read', text })
      }
      if (line.text === 'Location:') isOpen = false
      if (!isOpen) return
      gasMismatch = mismatchIn(line) ?? gasMismatch
      error = continued(error ?? '', withoutGasList(line.text))
    },
    findings(): RspFindings {
      return { ...fold.findings(), error, gasMismatch }
    }
  }
}

/** A number at the end of a line is whole only where the line is. */
const mismatchIn = ({ text, end }: Line): RspFindings['gasMismatch'] => {
  const [whole, got, expected] = GAS_USED.exec(text) ?? []
  if (whole === undefined || got === undefined || expected === undefined) return null
  return end === 'newline' || !text.endsWith(whole) ? { got, expected } : null
}

const withoutGasList = (text: string): string => {
  const at = text.indexOf(MISMATCH)
  return at < 0 ? text : text.slice(0, at + MISMATCH.length)
}

const continued = (before: string, line: string): string => {
  if (before.length >= STDERR_LIMIT) return before
  const text = line.replace(/^(?:Error: |Caused by:| +(?:\d+: )?)/, '').trim()
  // Some errors end with the text of their cause.
  if (text === '' || before.endsWith(text)) return before
  return before === '' ? text.slice(0, STDERR_LIMIT) : `${before}: ${text.slice(0, STDERR_LIMIT)}`
}
