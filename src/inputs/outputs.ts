/** An output of the action: what a later step reads. */
interface Output {
  readonly name: string
  readonly description: string
}

/** The outputs, in the order in which they are documented. */
export const OUTPUTS: readonly Output[] = [
  {
    name: 'verdict',
    description: 'What the run says of head, in one word; empty where there is no report.'
  },
  {
    name: 'cycles-verdict',
    description: 'The verdict on cycles alone; `mixed` where one block went up and one down.'
  },
  { name: 'time-verdict', description: 'The verdict on proving time alone.' },
  {
    name: 'cycles-percent',
    description: 'Geometric mean of the change of cycles, such as `+0.13`; empty if unknown.'
  },
  {
    name: 'time-percent',
    description: 'Geometric mean of the change of proving time, such as `-29.2`; empty if unknown.'
  },
  { name: 'proofs', description: 'Number of timed proofs, without the warm-up.' },
  { name: 'gpu-minutes', description: 'Wall minutes of all proofs, the warm-up too.' },
  { name: 'comment-url', description: 'Address of the comment; empty where none was written.' },
  { name: 'report-json', description: 'Absolute path of `report.json`; empty where there is none.' },
  {
    name: 'report-markdown',
    description: 'Absolute path of `comment.md`; empty where there is none.'
  },
  { name: 'report-html', description: 'Absolute path of the report as a page; empty, not supported yet.' }
]
