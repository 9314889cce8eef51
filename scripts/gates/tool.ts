import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { GateResult } from './gate.ts'

/** A gate that is a tool of node_modules/.bin, run by this very node in the tree to be judged. */
export function tool(program: string, ...args: readonly string[]): (root: string) => Promise<GateResult> {
  return (root) => runNode(root, [join(root, 'node_modules/.bin', program), ...args])
}

/** A gate that is a script of the tree to be judged. */
export function script(path: string, ...args: readonly string[]): (root: string) => Promise<GateResult> {
  return (root) => runNode(root, [join(root, path), ...args])
}

async function runNode(cwd: string, args: readonly string[]): Promise<GateResult> {
  const env = { ...process.env, NO_COLOR: '1' }
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(child, 'close')
  return { passed: child.exitCode === 0, output: Buffer.concat(chunks).toString('utf8').trimEnd() }
}
