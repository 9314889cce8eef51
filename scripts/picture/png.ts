/** PNG, https://www.w3.org/TR/png-3/: as much of it as a screenshot of flat colours needs to become small. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = 8
const RGB = 3
const COLOURS = 256

interface Pixels {
  readonly width: number
  readonly height: number
  /** Three bytes each, row by row. */
  readonly rgb: Buffer
}

/** The picture with its 256 most frequent colours, each other one replaced by the nearest of these. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png)
  const { palette, indexOf } = paletteOf(rgb)
  // Each row begins with its filter, none: what helps with gradients only hinders where colours are flat.
  const rows = Buffer.alloc((width + 1) * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel + Math.floor(pixel / width) + 1
    rows[at] = indexOf.get(rgb.readUIntBE(pixel * RGB, RGB)) ?? 0
  }
  const header = Buffer.from(png.subarray(SIGNATURE + 8, SIGNATURE + 21))
  header.set([8, 3], 8)
  const chunks = [
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ]
  return Buffer.concat([png.subarray(0, SIGNATURE), ...chunks])
}

function paletteOf(rgb: Buffer): { palette: readonly number[]; indexOf: ReadonlyMap<number, number> } {
  const times = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += RGB) {
    const colour = rgb.readUIntBE(at, RGB)
    times.set(colour, (times.get(colour) ?? 0) + 1)
  }
  const colours = [...times].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
  const palette = colours.slice(0, COLOURS)
  return { palette, indexOf: new Map(colours.map((colour) => [colour, nearest(palette, colour)])) }
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((other) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
  )
  return distances.indexOf(Math.min(...distances))
}

function decode(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [depth, kind, interlaced] = [png[24], png[25], png[28]]
  if (depth !== 8 || kind !== 2 || interlaced !== 0) throw new Error('not a PNG as Chromium writes it')
  const filtered = inflateSync(Buffer.concat(dataOf(png)))
  const rgb = Buffer.alloc(width * height * RGB)
  for (let row = 0; row < height; row++) unfilter(filtered, rgb, { row, length: width * RGB })
  return { width, height, rgb }
}

function dataOf(png: Buffer): readonly Buffer[] {
  const data: Buffer[] = []
  for (let at = SIGNATURE; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return data
}

/** Section 9: a byte is stored as what it differs by from one left of it, above it, or both. */
function unfilter(filtered: Buffer, rgb: Buffer, { row, length }: { row: number; length: number }): void {
  const filter = filtered[row * (length + 1)]
  const start = row * length
  for (let at = 0; at < length; at++) {
    const left = at >= RGB ? (rgb[start + at - RGB] ?? 0) : 0
    const above = row > 0 ? (rgb[start + at - length] ?? 0) : 0
    const corner = at >= RGB && row > 0 ? (rgb[start + at - length - RGB] ?? 0) : 0
    const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0
    rgb[start + at] = (filtered[row * (length + 1) + 1 + at] ?? 0) + predicted
  }
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner
  const distances = [left, above, corner].map((value) => Math.abs(estimate - value))
  return [left, above, corner][distances.indexOf(Math.min(...distances))] ?? 0
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  framed.write(type, 4, 'latin1')
  data.copy(framed, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8)
  return framed
}
