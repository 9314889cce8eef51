import { createLog } from '../../src/io/node/log.ts'
import type { LogStream } from '../../src/io/node/log.ts'
import { createRedactor } from '../../src/io/node/secrets.ts'
import { childStream } from '../../stand-in/child-streams.ts'
import { commandsIn } from '../../stand-in/runner-commands.ts'
import type { Bench } from './row.ts'

const STREAMS = 100_000
const SECRET = 'k3y-of-the-node'

/** What the Actions runner would take for commands, and who would see a secret, when a child prints what it likes. */
export const childStreams: Bench = {
  name: 'child-streams',
  run: () => {
    const redact = createRedactor([SECRET])
    const sums = { ours: 0, raw: 0, prefixed: 0, told: 0 }
    for (let seed = 0; seed < STREAMS; seed++) {
      const bytes = childStream(seed, SECRET)
      const text = Buffer.from(bytes).toString('utf8')
      const lines = printed(text, redact)
      sums.ours += commandsIn(lines).length
      sums.told += lines.includes(SECRET) ? 1 : 0
      sums.raw += commandsIn(bytes).length
      sums.prefixed += commandsIn(Buffer.from(text.replace(/^/gm, '| '))).length
    }
    const each = `${STREAMS} generated streams, each as a line, a warning, progress and a quote`
    return Promise.resolve([
      {
        name: 'child-streams',
        what: 'commands that the runner finds in our lines and that are not ours',
        measured: sums.ours,
        limit: 0,
        unit: 'commands',
        how: `${each}; it finds ${sums.raw} in the streams themselves, ${sums.prefixed} with a prefix to each line`
      },
      {
        name: 'child-streams',
        what: 'streams that bring a secret into our lines',
        measured: sums.told,
        limit: 0,
        unit: 'streams',
        how: 'of the same, which print it whole, parted and among what is stripped'
      }
    ])
  }
}

const printed = (text: string, redact: (text: string) => string): Buffer => {
  let lines = ''
  const stream: LogStream = { write: (more) => (lines += more), on: () => undefined }
  const log = createLog(stream, { terminal: false, redact })
  log.info(text)
  log.warn(text)
  log.progress(text)
  log.info(`head does not build: ${text}`)
  return Buffer.from(lines)
}
