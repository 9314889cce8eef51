import { marked } from 'marked'

/** What a reader of GitHub-flavoured markdown makes of a comment. It takes no HTML out, so GitHub shows no more. */
export interface Html {
  /** Names of the tags, each once, sorted. */
  readonly tags: readonly string[]
  /** Where links lead. */
  readonly links: readonly string[]
  /** What is read: no code, no tags, entities resolved. */
  readonly text: string
}

export const htmlOf = (markdown: string): Html => {
  const html = marked.parse(markdown, { async: false, gfm: true }).replaceAll(/<!--[^]*?-->/g, '')
  const opened = [...html.matchAll(/<([a-z][a-z\d]*)([^>]*)>/gi)]
  const tags = opened.map(([, name]) => name!.toLowerCase())
  const links = opened.flatMap(([, , attributes]) =>
    [...attributes!.matchAll(/(?:href|src)\s*=\s*"([^"]*)"/gi)].map(([, address]) => address!)
  )
  const text = html
    .replaceAll(/<pre>[^]*?<\/pre>|<code>[^]*?<\/code>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  return { tags: [...new Set(tags)].sort(), links, text }
}
