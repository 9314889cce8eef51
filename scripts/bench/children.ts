import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import type { Command } from '../../src/io/ports.ts'

const execute = promisify(execFile)

export const cliOf = (root: string): string => join(root, 'dist/cli.js')

/** Null where a signal ended it. Rejects where it could not be started. */
export const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })

/** A start of a command without us: milliseconds from spawn to exit, its output in these files. */
export const timeBare = async (command: Command, stdout: string, stderr: string): Promise<number> => {
  const outputs = [openSync(stdout, 'w'), openSync(stderr, 'w')]
  try {
    const { program, args, cwd, env } = command
    const began = performance.now()
    const code = await exitOf(spawn(program, [...args], { cwd, env, stdio: ['ignore', ...outputs] }))
    const elapsed = performance.now() - began
    if (code !== 0) throw new Error(`${program} without us ended with ${code}`)
    return elapsed
  } finally {
    for (const output of outputs) closeSync(output)
  }
}

/** Runs a script of ours in a process of its own and reads the JSON that it prints. */
export const askScript = async <Schema extends v.GenericSchema>(
  args: readonly string[],
  schema: Schema
): Promise<v.InferOutput<Schema>> => {
  const { stdout } = await execute(process.execPath, [...args])
  return v.parse(schema, JSON.parse(stdout))
}
