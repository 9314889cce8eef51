/** Puts stars where secrets were, as the runner does in all that it keeps. */
export interface Masker {
  /** A value, and each of its lines. */
  readonly add: (secret: string) => void
  readonly mask: (text: string) => string
}

/**
 * Values are masked as they are and in the forms that the runner knows: actions/runner
 * `src/Sdk/DTLogging/Logging/ValueEncoders.cs`, as listed in `src/Runner.Common/HostContext.cs` (not the two that are
 * for PowerShell).
 */
export const createMasker = (): Masker => {
  const needles = new Set<string>()
  const addOne = (value: string): void => {
    if (value === '' || needles.has(value)) return
    for (const form of [value, ...formsOf(value)]) if (form !== '') needles.add(form)
  }
  return {
    add: (secret) => {
      addOne(secret)
      for (const line of secret.split(/[\r\n]/)) addOne(line.trim())
    },
    mask: (text) => maskAll(text, needles)
  }
}

const formsOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value)
  const shifted = [0, 1, 2].map((by) => (bytes.length > by ? bytes.subarray(by) : bytes).toString('base64'))
  const xml = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
  return [
    ...shifted,
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    xml,
    /^".{7,}"$/su.test(value) ? value.slice(1, -1) : ''
  ]
}

/** One run of stars for finds that overlap or touch, as `SecretMasker.MaskSecrets` joins them. */
const maskAll = (text: string, needles: ReadonlySet<string>): string => {
  const finds = [...needles].flatMap((needle) => findsOf(text, needle)).sort((a, b) => a.from - b.from)
  let [masked, done, wasFound] = ['', 0, false]
  for (const { from, to } of finds) {
    if (from > done || !wasFound) masked += `${text.slice(done, from)}***`
    done = Math.max(done, to)
    wasFound = true
  }
  return masked + text.slice(done)
}

const findsOf = (text: string, needle: string): readonly { from: number; to: number }[] => {
  const finds = []
  for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + 1)) {
    finds.push({ from, to: from + needle.length })
  }
  return finds
}
