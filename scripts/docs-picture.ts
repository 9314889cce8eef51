/**
 * Draws the picture of a comment for the README, in GitHub's look:
 *
 *     npm run docs:picture                             docs/pictures/comment.png from docs/pictures/comment.md
 *     npm run docs:picture -- COMMENT.md PICTURE.png   any comment, to look at it
 *
 * Browsers and fonts differ, so the picture itself is compared with nothing; the comment it shows is:
 * `npm run docs` writes it, and the docs gate wants it to be what the renderer gives.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { drawPage } from './picture/browser.ts'
import { commentPage, PAGE_WIDTH } from './picture/page.ts'
import { withPalette } from './picture/png.ts'

const PICTURES = resolve(import.meta.dirname, '..', 'docs', 'pictures')

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [comment = join(PICTURES, 'comment.md'), picture = join(PICTURES, 'comment.png')] = positionals
  const drawn = await drawPage(await commentPage(await readFile(comment, 'utf8')), PAGE_WIDTH)
  const small = withPalette(drawn)
  await writeFile(picture, small)
  console.log(`wrote ${picture}, ${Math.ceil(small.length / 1024)} KiB`)
}

await main()
