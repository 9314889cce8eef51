/**
 * The proof of the verdict: our own schedule and judge, and the rules of others, on simulated machines whose truth is
 * known. Ends 1 where a number misses its limit.
 *
 *     npm run bench:verdict -- [--sessions 20000] [--seed 1] [--threads N] [--json] [--write]
 *
 * `--write` keeps the result in docs/verdict-bench.json, from which `npm run docs` makes the tables of docs/method.md.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { isHeld } from './verdict/limits.ts'
import { measureAll } from './verdict/measure.ts'
import { renderResult } from './verdict/render.ts'
import { RESULT_FILE } from './verdict/result-file.ts'
import type { Result } from './verdict/result.ts'

const OPTIONS = {
  sessions: { type: 'string', default: '20000' },
  seed: { type: 'string', default: '1' },
  threads: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false }
} as const

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} is not a whole number from 1: ${text}`)
  return Number(text)
}

async function keep(result: Result): Promise<void> {
  const file = join(resolve(import.meta.dirname, '..'), RESULT_FILE)
  const text = await format(JSON.stringify(result), { ...(await resolveConfig(file)), filepath: file })
  await writeFile(file, text)
  console.error(`wrote ${RESULT_FILE}`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  const began = performance.now()
  const result = await measureAll({
    sessions: wholeNumber('sessions', values.sessions),
    seed: wholeNumber('seed', values.seed),
    threads: wholeNumber('threads', values.threads),
    date: new Date().toISOString().slice(0, 10),
    progress: (done, of, { rule, machine }) => {
      const seconds = Math.round((performance.now() - began) / 1000)
      console.error(`${done}/${of} after ${seconds} s: ${rule}, ${machine}`)
    }
  })
  console.log(values.json ? JSON.stringify(result, null, 2) : renderResult(result))
  if (values.write) await keep(result)
  if (!result.limits.every(isHeld)) process.exitCode = 1
}

await main()
