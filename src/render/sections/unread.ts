import type { Trial, UnreadLine } from '../../domain/trial.ts'
import { plural } from '../format.ts'
import { code, details, fence } from '../markdown.ts'
import { firstOf } from '../rows.ts'
import { wholeIn } from '../run-link.ts'
import type { RunView } from '../run-view.ts'

const FEW = 5

/** A line, and the trial that printed it. */
interface Found extends UnreadLine {
  readonly trial: Trial
}

/** A line, and how often it was met. */
interface Met {
  readonly first: Found
  readonly times: number
}

/** Lines that looked like figures and were not understood: what a tool prints has changed, and somebody should know. */
export const unread = (view: RunView): string | null => {
  const lines = view.legs.flatMap(({ report: { unread, trials } }) =>
    unread.flatMap((line): readonly Found[] => {
      const trial = trials.find(({ id }) => id === line.trial)
      return trial === undefined ? [] : [{ ...line, trial }]
    })
  )
  const [example] = lines
  if (example === undefined) return null
  const met = [...Map.groupBy(lines, ({ stream, text }) => `${stream} ${text}`).values()].flatMap(
    ([first, ...rest]): readonly Met[] => (first === undefined ? [] : [{ first, times: 1 + rest.length }])
  )
  const { shown, hidden } = firstOf(met, FEW, view.detail)
  const more = hidden > 0 ? [`And ${plural(hidden, 'more line')} in ${wholeIn(view.context)}.`] : []
  return details(
    `Not understood: ${plural(met.length, 'line')}`,
    [WHY, ...shown.map(quoted), ...more, SEND, fence(command(example), { info: 'sh' })].join('\n\n')
  )
}

const WHY =
  'These lines look like figures and could not be read. No figure was made of them: what they would have said is missing here.'

const SEND =
  'To have them read, open an issue of proving-regression with these lines and the version of the tool that printed them. What is understood of such a log, and what is not:'

/** As in the report directory, where the logs are. */
const command = ({ trial: { id, zkvm, mode, block } }: Found): string =>
  `node dist/cli.js parse --host ethrex-replay --zkvm ${zkvm} --mode ${mode} --block ${block} \\\n` +
  `  --stdout logs/${id}.stdout.log --stderr logs/${id}.stderr.log --explain`

const quoted = ({ first: { trial, stream, line, text }, times }: Met): string => {
  const again = times > 1 ? `, and ${plural(times - 1, 'more time')} elsewhere` : ''
  return `${code(trial.id)}, ${stream}:${line}${again}\n\n${fence(text)}`
}
