import { setTimeout } from 'node:timers/promises'
import { getExecOutput } from '@actions/exec'
import type { Milliseconds } from '../../domain/quantity.ts'
import { printableName } from '../text/printable.ts'

export interface ToolVersionsOptions {
  /** The whole environment of the tools. */
  readonly env: Readonly<Record<string, string>>
  /** For all of them: these lines are for people, nothing waits for them. */
  readonly deadline: Milliseconds
}

/** What a run leans on, in the order in which it does. */
const TOOLS = ['git', 'cargo', 'rustc', 'docker']

/** A printable line for each tool with what it says of its version, for the log. Never throws. */
export const readToolVersions = ({ env, deadline }: ToolVersionsOptions): Promise<readonly string[]> => {
  const late = setTimeout(deadline, 'did not say in time', { ref: false })
  return Promise.all(
    TOOLS.map(async (tool) => `${tool}: ${await Promise.race([versionOf(tool, env), late])}`)
  )
}

const versionOf = async (tool: string, env: ToolVersionsOptions['env']): Promise<string> => {
  try {
    // Not where an earlier job checked something out: a rust-toolchain.toml there would say which cargo is run.
    const options = { cwd: '/', env: { ...env }, silent: true, ignoreReturnCode: true }
    const { exitCode, stdout } = await getExecOutput(tool, ['--version'], options)
    const [line = ''] = stdout.trim().split(/\r\n|[\n\r]/)
    return exitCode === 0 && line !== '' ? printableName(line, 120) : `does not say (exit ${exitCode})`
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // A tool that is not in the path, and one that cannot be started, differ by sentences alone.
    return 'not found'
  }
}
