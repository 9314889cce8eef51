import { readFile } from 'node:fs/promises'
import { marked } from 'marked'

/** Columns of a conversation on GitHub's page, in pixels of its style sheet. */
export const PAGE_WIDTH = 932

/**
 * A page with one comment, as GitHub shows it in its light theme. It is more generous than GitHub: no HTML is
 * taken out. What GitHub makes of plain text (mentions, references, emoji) is set on yellow, so that it is seen.
 */
export async function commentPage(markdown: string): Promise<string> {
  const styles = new URL(import.meta.resolve('github-markdown-css/github-markdown-light.css'))
  const body = withAlerts(marked.parse(markdown, { async: false, gfm: true }))
  return `<!doctype html>
<meta charset="utf-8">
<style>${await readFile(styles, 'utf8')}${LOOK}</style>
<main>
  <span class="avatar"><svg viewBox="0 0 24 24"><path d="M8 5.5v13l11-6.5z"/></svg></span>
  <section>
    <header><b>github-actions</b><span class="label">bot</span> commented</header>
    <article class="markdown-body">${body}</article>
  </section>
</main>
<script>${MARK_REFERENCES}
document.documentElement.dataset.height = Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)</script>
`
}

/** https://docs.github.com/en/get-started/writing-on-github: a quote whose first line is `[!WARNING]` is an alert. */
function withAlerts(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*([^]*?)<\/blockquote>/g,
    (_quote, word: string, rest: string) => {
      const name = word.charAt(0) + word.slice(1).toLowerCase()
      return `<div class="markdown-alert markdown-alert-${word.toLowerCase()}"><p class="markdown-alert-title">${ICON}${name}</p><p>${rest}</div>`
    }
  )
}

const ICON =
  '<svg class="icon" viewBox="0 0 16 16"><path fill="none" stroke="currentColor" stroke-width="1.5" d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2zM8 4.5v4.2M8 10.4v1.4"/></svg>'

const LOOK = `
body { margin: 0; background: #fff; font: 14px/1.5 "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328 }
main { display: flex; gap: 16px; box-sizing: border-box; width: ${PAGE_WIDTH}px; padding: 16px 20px 20px 16px }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #24292f }
.avatar svg { width: 22px; margin: 9px; fill: #fff }
section { position: relative; flex: 1; min-width: 0; border: 1px solid #d1d9e0; border-radius: 6px }
section::before { content: ""; position: absolute; left: -6px; top: 14px; width: 10px; height: 10px;
  background: #f6f8fa; border: 1px solid #d1d9e0; border-width: 0 0 1px 1px; transform: rotate(45deg) }
header { padding: 8px 16px; color: #59636e; background: #f6f8fa; border-bottom: 1px solid #d1d9e0;
  border-radius: 6px 6px 0 0 }
header b { font-weight: 600; color: #1f2328 }
.label { margin: 0 4px 0 6px; padding: 1px 6px; border: 1px solid #d1d9e0; border-radius: 2em; font-size: 12px }
.markdown-body { padding: 16px; font: inherit; border-radius: 0 0 6px 6px }
.icon { width: 16px; margin-right: 8px }
mark { background: #ff0 }
`

/** Roughly what GitHub looks for in text that is in no code and no link. */
const MARK_REFERENCES = String.raw`
const REFERENCE = /(?<![\w/])@[a-z\d][\w/-]*|(?<!\w)(?:[\w.-]+\/[\w.-]+)?#\d+|\bGH-\d+|\b(?:GHSA|CVE)-[\w-]+|\b(?=[a-f\d]*[a-f])[a-f\d]{7,40}\b|:[a-z\d_+-]+:|\b(?:https?:\/\/|www\.)\S+/gi
const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT)
const found = []
while (texts.nextNode()) {
  const { parentElement, textContent } = texts.currentNode
  if (parentElement.closest('code, pre, a') === null && REFERENCE.test(textContent)) found.push(texts.currentNode)
  REFERENCE.lastIndex = 0
}
for (const text of found) {
  const marked = document.createElement('span')
  let done = 0
  for (const { 0: match, index } of text.textContent.matchAll(REFERENCE)) {
    const mark = document.createElement('mark')
    mark.textContent = match
    marked.append(text.textContent.slice(done, index), mark)
    done = index + match.length
  }
  marked.append(text.textContent.slice(done))
  text.replaceWith(marked)
}
`
