/** The run that wrote a comment: the forge's id of the run, and which attempt of it. */
export interface RunId {
  readonly id: number
  readonly attempt: number
}

/** What the first line of our comment says. */
export interface Marker {
  /** 0 outside a pull request. */
  readonly pullRequest: number
  /** The `comment-key` input. */
  readonly key: string
  readonly run: RunId
}

const MARKER =
  /^<!-- proving-regression v1 pr=(\d{1,10}) key=([a-z0-9-]{1,40}) run=(\d{1,15})\.(\d{1,6}) -->(?:\n|$)/

/** Names a comment as ours, and says which run wrote it; it stands at byte 0. */
export const markerLine = ({ pullRequest, key, run: { id, attempt } }: Marker): string => {
  const line = `<!-- proving-regression v1 pr=${pullRequest} key=${key} run=${id}.${attempt} -->`
  if (!MARKER.test(line)) throw new Error(`Internal error: not a marker: ${JSON.stringify(line)}`)
  return line
}

/** The marker at byte 0 of a comment, or null. Whoever wrote the comment may have written the marker too. */
export const parseMarker = (body: string): Marker | null => {
  // GitHub stores line breaks as its web page sends them.
  const [, pullRequest, key, id, attempt] = MARKER.exec(body.slice(0, 200).replaceAll('\r\n', '\n')) ?? []
  if (pullRequest === undefined || key === undefined || id === undefined || attempt === undefined) return null
  return { pullRequest: Number(pullRequest), key, run: { id: Number(id), attempt: Number(attempt) } }
}

/** Negative where `a` began before `b`: by the run, then by its attempt. */
export const compareRuns = (a: RunId, b: RunId): number => a.id - b.id || a.attempt - b.attempt
