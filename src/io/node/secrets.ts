/** Masks secrets in a text, in each form in which they could turn up. */
export type Redact = (text: string) => string

const MASK = '***'
/** A shorter piece is no secret worth the name, and masking it would eat ordinary text. */
const SHORTEST = 6
/** Parts of an endpoint's path that are no key. Everything else of six characters and more is taken for one. */
const ORDINARY = new Set(
  'mainnet sepolia hoodi holesky ethereum eth rpc api json jsonrpc http https archive full node nodes public v1 v2 v3'.split(
    ' '
  )
)

/** Makes a redactor. An empty list, or empty secrets, mask nothing. */
export const createRedactor = (secrets: readonly string[]): Redact => {
  const needles = new Set(secrets.flatMap(piecesOf).filter(isLong).flatMap(formsOf))
  return (text) => mask(text, needles)
}

const isLong = (text: string): boolean => text.length >= SHORTEST

const isOrdinary = (text: string): boolean =>
  text
    .toLowerCase()
    .split(/[-_.]/)
    .every((word) => ORDINARY.has(word))

const piecesOf = (secret: string): readonly string[] => {
  const whole = secret.trim()
  const lines = whole.split(/\r\n|\n|\r/)
  const url = URL.parse(whole)
  return [secret, whole, ...lines, ...(url === null ? [] : piecesOfUrl(url, whole))]
}

const piecesOfUrl = (url: URL, whole: string): readonly string[] => {
  const [userinfo, rest] = [`${url.username}:${url.password}`, `${url.host}${url.pathname}${url.search}`]
  const keys = [
    url.username,
    url.password,
    ...url.pathname.split('/'),
    ...url.searchParams.values(),
    url.hash.slice(1)
  ]
  const hasUser = url.username !== '' || url.password !== ''
  // Without its scheme, and with its dots and slashes made regular, it is no less secret. A bare host is not.
  const hasMore = url.pathname.length > 1 || url.search !== ''
  return [
    ...(hasUser ? [userinfo, `${userinfo}@`, decode(userinfo)] : []),
    ...(hasMore
      ? [rest, `${url.pathname}${url.search}`, whole.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''), url.href]
      : []),
    ...keys.flatMap((key) => [key, decode(key)]).filter((key) => !isOrdinary(key))
  ]
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return text
  }
}

const formsOf = (piece: string): readonly string[] => {
  const percent = encodeURIComponent(piece.toWellFormed())
  // RFC 3986 escapes five characters more than the function does, URL in a query some of them.
  const strict = percent.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  )
  const query = percent.replaceAll("'", '%27')
  const lower = percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  const json = JSON.stringify(piece).slice(1, -1)
  const html = piece
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  const plain = [
    piece,
    decode(piece),
    encodeURI(piece.toWellFormed()),
    percent,
    lower,
    percent.replaceAll('%20', '+'),
    strict,
    query,

    json,
    json.replaceAll('/', '\\/'),
    html
  ]
  return [...plain, ...base64FormsOf(piece)].filter(isLong)
}

/** The characters that a piece makes in base64 wherever in a longer text it began: there are three cases. */
const base64FormsOf = (piece: string): readonly string[] =>
  [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(piece)]).toString('base64')
    const [start, end] = [
      Math.ceil((offset * 8) / 6),
      Math.floor(((offset + Buffer.byteLength(piece)) * 8) / 6)
    ]
    const inner = encoded.slice(start, end)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })

/** Masks the union of all finds, so that secrets that overlap do not leave a part of each other. */
const mask = (text: string, needles: ReadonlySet<string>): string => {
  const finds = [...needles].flatMap((needle) => findAll(text, needle)).sort((a, b) => a.from - b.from)
  let [masked, done] = ['', 0]
  for (const { from, to } of finds) {
    if (from >= done) masked += text.slice(done, from) + MASK
    done = Math.max(done, to)
  }
  return masked + text.slice(done)
}

const findAll = (text: string, needle: string): { from: number; to: number }[] => {
  const finds = []
  for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + 1)) {
    finds.push({ from, to: from + needle.length })
  }
  return finds
}
