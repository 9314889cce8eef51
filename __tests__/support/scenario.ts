import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { commit } from '../../stand-in/repositories.ts'
import type { EthrexSources } from '../../stand-in/sources.ts'
import { writeWitness } from '../../stand-in/witnesses.ts'
import type { GitHub, Snapshot } from './github/github.ts'
import { startGitHub } from './github/server.ts'
import type { TokenSetup } from './github/github.ts'
import { openLaboratory, type Laboratory } from './laboratory.ts'
import { runWorkflow, type RunResult, type Skipped, type StartedRun } from './runner/workflow.ts'
import type { Happening } from './runner/github-context.ts'
import type { StageResult } from './runner/job.ts'
import type { Delays } from './runner/step-process.ts'
import { ROOT } from './terminal.ts'

/** The blocks that the examples measure: they name none. */
const BLOCKS = [23_426_993, 23_426_994, 23_426_995, 23_426_996]

const ETHREX = 'lambdaclass/ethrex'
const BOT = 'github-actions[bot]'

export type Where = ReturnType<GitHub['pullRequest']>
type EventName = Parameters<GitHub['eventPayload']>[0]
type Details<N extends EventName> = Parameters<typeof GitHub.prototype.eventPayload<N>>[1]

export interface Occasion {
  readonly actor?: string
  readonly attempt?: number
  readonly triggeringActor?: string
  readonly runId?: number
  readonly secrets?: Readonly<Record<string, string>>
  readonly delays?: Partial<Delays>
  /** A second runner of the machine, for what happens while the first is busy. */
  readonly isOnOtherRunner?: true
}

/** A GitHub with a stand-in ethrex and host, people, and a runner that is set up for the examples. */
export interface Scenario extends Laboratory {
  readonly github: GitHub
  /** Where the runner keeps its work: the report is below it. */
  readonly reportDir: string
  /** A commit on a branch of its own, after main. */
  readonly commitOn: (branch: string, head: EthrexSources) => Promise<string>
  /** Makes a commit reachable only as GitHub keeps it for a fork's pull request. */
  readonly keepForFork: (number: number, sha: string, branch: string) => void
  /** Lets an event happen to a workflow file. */
  readonly happen: <N extends EventName>(
    file: string,
    name: N,
    details: Details<N>,
    occasion?: Occasion
  ) => StartedRun
  /** Comments and lets the event happen to the bot's example. */
  readonly say: (where: Where, login: string, body: string, occasion?: Occasion) => Said
  /** Waits until the forge is in some state; throws if the run ends before. */
  readonly meanwhile: (ended: Promise<unknown>, condition: () => boolean) => Promise<void>
  /** Comments by our bot, oldest first. */
  readonly ours: (where: Where) => readonly Snapshot[]
  /** Lines of the journal of the run that was started last. */
  readonly journal: () => readonly string[]
  readonly close: () => Promise<void>
}

export interface Said extends StartedRun {
  readonly comment: number
}

export const openScenario = async (head: EthrexSources, base: EthrexSources = {}): Promise<Scenario> => {
  const laboratory = await openLaboratory(head, base)
  for (const number of BLOCKS)
    await writeWitness(laboratory.witnesses, { number, gas: 10_000_000 + (number % 1000), transactions: 3 })
  const github = await startGitHub({
    repositories: [
      { owner: 'lambdaclass', name: 'ethrex', git: laboratory.ethrex },
      { owner: 'lambdaclass', name: 'ethrex-replay', git: laboratory.host },
      { owner: 'stranger', name: 'ethrex', git: laboratory.ethrex, forkOf: ETHREX }
    ]
  })
  github.user('maintainer', { permission: 'write' })
  github.user('author', { permission: 'write' })
  github.user('reader', { permission: 'read' })
  github.user('stranger', { permission: 'none' })
  const directory = join(laboratory.directory, 'runner')
  let runId = 1000
  const happen: Scenario['happen'] = (file, name, details, occasion = {}) => {
    const { secrets = {}, delays = {}, isOnOtherRunner = false, ...rest } = occasion
    runId += 1
    const happening: Happening = {
      name,
      payload: github.eventPayload(name, details),
      runId,
      sha: laboratory.baseSha,
      ...rest
    }
    return runWorkflow({
      file: resolve(ROOT, file),
      event: happening,
      github: {
        apiUrl: github.apiUrl,
        serverUrl: github.serverUrl,
        repository: ETHREX,
        token: (scopes) => github.token({ as: BOT, scopes: scopesOf(scopes) })
      },
      vars: { PROVING_WITNESSES: laboratory.witnesses },
      secrets,
      delays,
      directory: isOnOtherRunner ? `${directory}-2` : directory,
      run: 'bash'
    })
  }
  return {
    ...laboratory,
    github,
    reportDir: join(directory, '_work/ethrex/ethrex/proving-regression'),
    commitOn: (branch, sources) =>
      commit({ repository: laboratory.ethrex, branch, message: `perf: ${branch}`, sources }),
    keepForFork: (number, sha, branch) => {
      const git = (...args: readonly string[]): void => {
        execFileSync('git', ['-C', laboratory.ethrex, ...args])
      }
      git('update-ref', `refs/pull/${number}/head`, sha)
      git('branch', '--quiet', '-D', branch)
    },
    happen,
    say: (where, login, body, occasion) => {
      const comment = github.comment(where, login, body)
      const started = happen(
        'examples/prove-command.yml',
        'issue_comment',
        { action: 'created', comment },
        occasion
      )
      return {
        comment,
        cancel: started.cancel,
        shutdown: started.shutdown,
        waitFor: started.waitFor,
        ended: started.ended,
        get log() {
          return started.log
        }
      }
    },
    meanwhile: async (ended, condition) => {
      const isMet = github.until(condition).then(() => true)
      if (!(await Promise.race([isMet, ended.then(() => false)]))) throw new Error('the run ended before')
    },
    ours: (where) => github.comments(where).filter(({ login }) => login === BOT),
    journal: () => {
      const path = join(directory, '_work/ethrex/ethrex/proving-regression/journal.jsonl')
      return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
    },
    close: async () => {
      await github.close()
      laboratory.remove()
    }
  }
}

/** Workflows write a scope as it is granted, the forge as it is asked for. */
const scopesOf = (scopes: Readonly<Record<string, string>>): TokenSetup['scopes'] =>
  Object.fromEntries(Object.entries(scopes).map(([name, level]) => [name.replaceAll('-', '_'), level]))

/** The run's step that is our action; throws where the run was skipped. */
export const ourStep = (
  result: RunResult | Skipped
): { readonly main: StageResult; readonly post: StageResult } => {
  if (result.skipped !== null) throw new Error(`skipped: ${result.skipped}`)
  const step = result.jobs.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'ours')
  if (step === undefined || step.main === null || step.post === null)
    throw new Error(`our step was not run:\n${'log' in result ? result.log : ''}`)
  return { main: step.main, post: step.post }
}
