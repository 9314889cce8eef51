import { stripVTControlCharacters } from 'node:util'
import type { Reason, Stage } from '../domain/failure.ts'
import { shortSha, type Sha } from '../domain/revision.ts'

/** What failed in a build, and how it is told. */
export interface BuildFailure {
  readonly stage: Extract<Stage, 'fetch' | 'build'>
  readonly reason: Extract<Reason, 'fetch-failed' | 'build-failed' | 'host-does-not-build' | 'disk-full'>
  readonly message: string
}

/** What is known of the cargo command that failed. */
export interface FailedCargo {
  readonly command: 'fetch' | 'build'
  /** Its log, or the end of it. */
  readonly log: string
  /** Names of the host's own packages. */
  readonly hostPackages: readonly string[]
  /** Name of the host, for the message. */
  readonly hostName: string
  readonly host: Sha
  readonly ethrex: Sha
}

const DISK_FULL = /no space left on device|os error 28\b/i
/** What cargo says where the two trees do not go together, before any compiler runs. */
const MISFIT =
  /does not have that feature|does not contain (?:this|these) features?|does not contain packages matching|no bin target named|failed to select a version/

/** A tree that cargo cannot even read: trying again does not mend it. */
const MANIFEST = /failed to parse (?:manifest|lock file)|failed to load manifest|no matching package/

/** Whether trying the same fetch again may help: unless the trees themselves are at fault. */
export const mayHelpToFetchAgain = (log: string): boolean => !MISFIT.test(log) && !MANIFEST.test(log)

/** Says whose fault a failed cargo command is: the network's, ethrex's, or that the two do not fit. */
export const explainBuildFailure = (failed: FailedCargo): BuildFailure => {
  const { command, log } = failed
  const detail = firstErrors(log)
  const because = detail === '' ? '' : `: ${detail}`
  if (DISK_FULL.test(log))
    return { stage: command, reason: 'disk-full', message: `the disk is full${because}` }
  if (isMisfit(failed))
    return { stage: 'build', reason: 'host-does-not-build', message: misfit(failed, because) }
  // Nothing was compiled yet: git, registries and proxies fail in more words than anyone can list.
  if (command === 'fetch' && !MANIFEST.test(log)) {
    return { stage: 'fetch', reason: 'fetch-failed', message: `cargo could not fetch dependencies${because}` }
  }
  const message = `ethrex ${shortSha(failed.ethrex)} does not build${because}`
  return { stage: 'build', reason: 'build-failed', message }
}

const isMisfit = ({ log, hostPackages }: FailedCargo): boolean => {
  const broken = brokenPackages(log)
  if (broken.length > 0) return broken.every((name) => hostPackages.includes(name))
  return MISFIT.test(log) && hostPackages.some((name) => log.includes(name))
}

/** A host that does not fit this ethrex, and the input that mends it. */
export const hostDoesNotBuild = ({
  hostName,
  host,
  ethrex
}: Omit<FailedCargo, 'command' | 'log' | 'hostPackages'>): string =>
  `${hostName} ${shortSha(host)} does not build with this ethrex (${shortSha(ethrex)}); name one that does in \`host-ref\``

const misfit = (failed: FailedCargo, because: string): string => hostDoesNotBuild(failed) + because

const BROKEN = /^error: (?:could not compile|failed to run custom build command for) `([^\s`]+)/gm

const brokenPackages = (log: string): readonly string[] =>
  [...log.matchAll(BROKEN)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** The first few errors, a line each, without those that only repeat that something failed. */
const firstErrors = (log: string): string =>
  stripVTControlCharacters(log)
    .split('\n')
    .map((line) =>
      line
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 300)
    )
    .filter(
      (line) => /^error(\[E\d+\])?: /.test(line) && !/^error: (could not compile|aborting due to)/.test(line)
    )
    .slice(0, 3)
    .join('; ')
