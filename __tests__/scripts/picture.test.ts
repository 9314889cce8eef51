import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { commentPage, PAGE_WIDTH } from '../../scripts/picture/page.ts'
import { withPalette } from '../../scripts/picture/png.ts'

const PICTURE = resolve(import.meta.dirname, '../../docs/pictures/comment.png')

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Rows as they are stored: a filter, then three bytes a pixel. */
const pngOf = (width: number, rows: readonly (readonly number[])[]): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(rows.length, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0))
  ])
}

const chunksOf = (png: Buffer): ReadonlyMap<string, Buffer> => {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)))
    chunks.set(type, png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return chunks
}

/** The colour of each pixel of a picture with a palette, row by row. */
const coloursOf = (png: Buffer): readonly (readonly number[])[] => {
  const chunks = chunksOf(png)
  const width = chunks.get('IHDR')!.readUInt32BE(0)
  const palette = chunks.get('PLTE')!
  const rows = inflateSync(chunks.get('IDAT')!)
  return Array.from({ length: rows.length / (width + 1) }, (_, row) =>
    [...rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1))].map((index) =>
      palette.readUIntBE(index * 3, 3)
    )
  )
}

describe('a palette', () => {
  test('keeps every colour of rows under any of the five filters', () => {
    const png = pngOf(2, [
      [0, 10, 20, 30, 250, 251, 252],
      [1, 10, 20, 30, 5, 5, 5],
      [2, 1, 1, 1, 6, 7, 8],
      [3, 100, 100, 100, 3, 3, 3],
      [4, 2, 2, 2, 250, 4, 4]
    ])
    // Worked out by hand: nothing, left, above, the mean of both, and whichever Paeth's estimate is nearest to.
    expect(coloursOf(withPalette(png))).toEqual([
      [0x0a141e, 0xfafbfc],
      [0x0a141e, 0x0f1923],
      [0x0b151f, 0x15202b],
      [0x696e73, 0x424a52],
      [0x6b7075, 0x3c4e56]
    ])
  })

  test('takes the nearest of the 256 most frequent where there are more', () => {
    const greys = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey])
    const png = pngOf(257, [
      [0, ...greys.flat(), 10, 20, 30],
      [0, ...greys.flat(), 0, 0, 0]
    ])
    const colours = coloursOf(withPalette(png))
    expect(new Set(colours.flat()).size).toBe(256)
    expect(colours[0]!.at(-1)).toBe(0x141414)
  })

  test('is refused to what Chromium does not write', () => {
    const png = pngOf(1, [[0, 1, 2, 3]])
    png[25] = 6
    expect(() => withPalette(png)).toThrow('not a PNG as Chromium writes it')
  })
})

describe('the page', () => {
  test('has alerts and tables as GitHub has, and takes no HTML out', async () => {
    const page = await commentPage('> [!CAUTION]\n> Mind.\n> \n> More.\n\n| a |\n| - |\n| 1 |\n\n<img src=x>')
    expect(page).toMatch(
      /<div class="markdown-alert markdown-alert-caution">.*Caution<\/p><p>Mind\.<\/p>\s*<p>More\.<\/p>\s*<\/div>/
    )
    expect(page).toContain('<td>1</td>')
    expect(page).toContain('<img src=x>')
  })

  test('leaves a quote a quote', async () => {
    expect(await commentPage('> said')).toContain('<blockquote>')
  })
})

test('the committed picture is whole, as wide as the page, and small', () => {
  const png = readFileSync(PICTURE)
  const header = chunksOf(png).get('IHDR')!
  expect(header.readUInt32BE(0)).toBe(2 * PAGE_WIDTH)
  expect(png.length).toBeLessThan(300 * 1024)
})
