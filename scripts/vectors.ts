/**
 * Checks the statistics of this tree against a file of test vectors, whoever computed them:
 *
 *     npm run -s vectors -- FILE
 *
 * A line for each value that differs, and one with the count of cases that agree. Ends 1 where a case differs, and 2,
 * with a line for each problem, where the file cannot be read.
 */
import { readFile } from 'node:fs/promises'
import { printableName } from '../src/io/text/printable.ts'
import { answerTo } from './vectors/answers.ts'
import { differencesBetween } from './vectors/difference.ts'
import type { Vector } from './vectors/format.ts'
import { readVectors } from './vectors/read.ts'

async function main(): Promise<number> {
  const [file, ...rest] = process.argv.slice(2)
  if (file === undefined || rest.length > 0) return unreadable(['usage: npm run -s vectors -- FILE'])
  const text = await readFile(file, 'utf8').catch(asError)
  if (typeof text !== 'string') return unreadable([`${printableName(file)}: ${printableName(text.message)}`])
  const read = readVectors(text)
  if (!read.ok) return unreadable(read.error.map((problem) => `${printableName(file)}: ${problem}`))
  return report(read.value)
}

const report = (vectors: readonly Vector[]): number => {
  const differing = vectors.map(differencesIn).filter((lines) => lines.length > 0)
  for (const line of differing.flat()) console.log(line)
  console.log(`${vectors.length - differing.length} of ${vectors.length} cases agree`)
  return differing.length === 0 ? 0 : 1
}

const differencesIn = (vector: Vector): readonly string[] => {
  const { expected, got } = answerTo(vector)
  return differencesBetween(expected, got).map(({ path, expected, got }) =>
    [
      `${printableName(vector.id, 80)}${path === '' ? '' : ` ${path}`}:`,
      `expected ${expected}, got ${got}`
    ].join(' ')
  )
}

const unreadable = (problems: readonly string[]): number => {
  for (const problem of problems) console.error(problem)
  return 2
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

process.exitCode = await main()
