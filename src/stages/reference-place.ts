import { join } from 'node:path'
import type { Files } from '../io/ports.ts'
import { referenceWorkDir } from './reference-request.ts'

/**
 * The directory that a process of the reference runs in, empty. rsp takes up a `.env` of any directory above, an endpoint
 * among the rest: the first that it finds is one of ours with nothing in it.
 */
export const emptyPlace = async (
  cacheDir: string,
  files: Pick<Files, 'emptyDirectory' | 'write'>
): Promise<string> => {
  const shield = referenceWorkDir(cacheDir)
  const directory = join(shield, 'run')
  await files.emptyDirectory(directory)
  await files.write(join(shield, '.env'), '')
  return directory
}

/** Without what rsp would take an endpoint from, should the user let it through to what is measured. */
export const withoutEndpoints = (
  environment: Readonly<Record<string, string>>
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^RPC_\d+$/.test(name)))
