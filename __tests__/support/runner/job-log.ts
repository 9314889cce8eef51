/** What the runner keeps of a job's output: masked lines. */
export interface JobLog {
  readonly text: string
  readonly print: (line: string) => void
  /** Resolves once a line matches, now or later; rejects if none does until the end. */
  readonly waitFor: (wanted: string | RegExp) => Promise<void>
  readonly close: () => void
}

interface Waiter {
  readonly wanted: string | RegExp
  readonly settle: () => void
  readonly reject: (error: Error) => void
}

export const createJobLog = (): JobLog => {
  const lines: string[] = []
  let waiters: readonly Waiter[] = []
  let isClosed = false
  const inVain = (wanted: string | RegExp): Error =>
    new Error(`The job ended without a line like ${String(wanted)}:\n${lines.slice(-40).join('\n')}`)
  return {
    get text() {
      return lines.map((line) => `${line}\n`).join('')
    },
    print: (line) => {
      lines.push(line)
      const heard = waiters.filter(({ wanted }) => matches(line, wanted))
      waiters = waiters.filter((waiter) => !heard.includes(waiter))
      for (const { settle } of heard) settle()
    },
    waitFor: (wanted) =>
      new Promise((settle, reject) => {
        if (lines.some((line) => matches(line, wanted))) settle()
        else if (isClosed) reject(inVain(wanted))
        else waiters = [...waiters, { wanted, settle, reject }]
      }),
    close: () => {
      isClosed = true
      for (const { wanted, reject } of waiters) reject(inVain(wanted))
      waiters = []
    }
  }
}

const matches = (line: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string'
    ? line.includes(wanted)
    : new RegExp(wanted.source, wanted.flags.replace('g', '')).test(line)
