import { join } from 'node:path'
import { journalEnd, journalStart, readJournal } from '../documents/journal.ts'
import { planDocument, planHashInput, readPlan } from '../documents/plan.ts'
import type { Build } from '../domain/build.ts'
import type { Machine } from '../domain/machine.ts'
import type { RunPlan } from '../domain/plan.ts'
import { MEBIBYTE, bytes } from '../domain/quantity.ts'
import type { BySide } from '../domain/revision.ts'
import type { Ending } from '../domain/run.ts'
import { isOfEarlierRun, type TrialRecord } from '../domain/trial.ts'
import type { Files, Journal, Log, OpenJournal } from '../io/ports.ts'
import { beforeBuilds } from '../plan/plan.ts'

/** Names in `report-dir`. */
export const REPORT_FILES = {
  plan: 'plan.json',
  journal: 'journal.jsonl',
  measurements: 'measurements.json',
  report: 'report.json',
  comment: 'comment.md',
  logs: 'logs',
  calibration: 'calibration.json',
  /** Report directories of a calibration's sessions. */
  sameBuild: 'same-build',
  rebuild: 'rebuild',
  previous: 'previous'
} as const

/** Marks the directory as one that we may write into, and keeps git from showing it as a change. */
const MARK = '.gitignore'
const MARK_TEXT = '# Written by proving-regression.\n*\n'

/** Why a report directory cannot be taken over, as the end of a sentence; null where it can. Touches nothing. */
export const whyNotTakeable = async (reportDir: string, files: Files): Promise<string | null> => {
  if (!(await files.isDirectory(reportDir))) return null
  if ((await files.readText(join(reportDir, MARK), MEBIBYTE)) === MARK_TEXT) return null
  const names = new Set(await files.names(reportDir))
  const taken = [...Object.values(REPORT_FILES), MARK].find((name) => names.has(name))
  return taken === undefined ? null : `holds ${JSON.stringify(taken)}, which is not of a run of ours`
}

export const logDirectoryIn = (reportDir: string): string => join(reportDir, REPORT_FILES.logs)

interface DirectoryPorts {
  readonly files: Files
  readonly log: Log
}

/** A journal of some ten thousand trials with all their spans. */
const JOURNAL_LIMIT = bytes(512 * MEBIBYTE)

/**
 * Takes the report directory over for a run. Records of an interrupted run with the same plan are given back,
 * to be continued; anything else that lies there is moved to `previous/`. `plan` is null where it cannot be
 * known yet, so that nothing can be continued.
 */
export const takeReportDirectory = async (
  reportDir: string,
  plan: RunPlan | null,
  { files, log }: DirectoryPorts
): Promise<readonly TrialRecord[]> => {
  const earlier = await recordsToContinue(reportDir, plan, { files, log })
  if (earlier === null) await setAside(reportDir, files)
  await files.write(join(reportDir, MARK), MARK_TEXT)
  await files.makeDirectory(logDirectoryIn(reportDir))
  return earlier ?? []
}

/**
 * Takes the report directory over for a calibration. Sessions of one that was interrupted stay where they are; with
 * anything else that lies there, they are moved to `previous/`.
 */
export const takeForCalibration = async (reportDir: string, files: Files): Promise<void> => {
  await files.makeDirectory(reportDir)
  const present = new Set(await files.names(reportDir))
  const { plan, journal, measurements, report, calibration } = REPORT_FILES
  const isOver = [plan, journal, measurements, report, calibration].some((name) => present.has(name))
  if (isOver) await setAside(reportDir, files)
  await files.write(join(reportDir, MARK), MARK_TEXT)
}

/** Null where there is nothing to continue. */
const recordsToContinue = async (
  reportDir: string,
  plan: RunPlan | null,
  { files, log }: DirectoryPorts
): Promise<readonly TrialRecord[] | null> => {
  await files.makeDirectory(reportDir)
  const path = join(reportDir, REPORT_FILES.journal)
  const text = await files.readText(path, JOURNAL_LIMIT)
  const journal = text === null ? null : readJournal(text)
  if (journal?.ok === false) log.warn(`the journal in ${reportDir} cannot be continued: ${journal.error}`)
  if (plan !== null && journal?.ok === true) {
    const { value } = journal
    if (value.ending === null && (await isPlanOf(reportDir, plan, files))) {
      if (value.intact !== text) await files.write(path, value.intact)
      const made = value.records.filter((record) => !record.kept || isOfEarlierRun(record)).length
      log.info(`continuing an interrupted run: ${made} finished trials are kept`)
      return value.records
    }
  }
  if (journal?.ok === true && journal.value.ending === null) await tellUnfinished(reportDir, { files, log })
  return null
}

/** Hours of a GPU may lie there: they are not thrown away, and whose they were is said. */
const tellUnfinished = async (reportDir: string, { files, log }: DirectoryPorts): Promise<void> => {
  const text = await files.readText(join(reportDir, REPORT_FILES.plan), MEBIBYTE)
  const plan = text === null ? null : readPlan(text)
  const head = plan?.ok === true ? plan.value.legs[0]?.revisions.head.sha : undefined
  const whose = head === undefined ? 'of a plan that cannot be read' : `of head ${head}`
  log.warn(
    `an unfinished run ${whose} is not continued by this one: it is moved to ${REPORT_FILES.previous}/`
  )
}

/** A longer journal is not read where nobody waits for it. */
const SHORT_JOURNAL = bytes(64 * MEBIBYTE)

/** The plan and the finished trials of a run; null where they cannot be read. */
export const readPlanAndJournal = async (
  reportDir: string,
  { files }: Pick<DirectoryPorts, 'files'>
): Promise<{ readonly plan: RunPlan; readonly records: readonly TrialRecord[] } | null> => {
  const text = await files.readText(join(reportDir, REPORT_FILES.journal), SHORT_JOURNAL)
  const journal = text === null ? null : readJournal(text)
  if (journal?.ok !== true) return null
  const planText = await files.readText(join(reportDir, REPORT_FILES.plan), MEBIBYTE)
  const plan = planText === null ? null : readPlan(planText)
  return plan?.ok === true ? { plan: plan.value, records: journal.value.records } : null
}

const isPlanOf = async (reportDir: string, plan: RunPlan, files: Files): Promise<boolean> => {
  const text = await files.readText(join(reportDir, REPORT_FILES.plan), MEBIBYTE)
  const kept = text === null ? null : readPlan(text)
  return kept?.ok === true && textBeforeBuilds(kept.value) === textBeforeBuilds(plan)
}

const textBeforeBuilds = ({ legs, reference }: RunPlan): string =>
  planHashInput({ legs: legs.map(beforeBuilds), reference })

/** What the figures of one journal are of: a plan, carried out with these binaries on this machine. */
interface Carried {
  readonly plan: RunPlan
  /** By leg. */
  readonly builds: readonly BySide<Build | null>[]
  readonly machine: Machine
  /** Digest of the variables that the user lets through to them. */
  readonly passed: string
}

/**
 * Opens the journal of a run whose plan and builds are whole, and writes the plan beside it. What an interrupted run
 * had in it is not continued, and moved away, where it is of other binaries or another machine.
 */
export const openRunJournal = async (
  reportDir: string,
  carried: Carried,
  ports: DirectoryPorts & { readonly openJournal: OpenJournal }
): Promise<{ readonly journal: Journal; readonly isContinued: boolean }> => {
  const { files, log } = ports
  const path = join(reportDir, REPORT_FILES.journal)
  const text = await files.readText(path, JOURNAL_LIMIT)
  const kept = text === null ? null : readJournal(text)
  const hash = runHash(carried, files)
  const isSame = kept?.ok === true && kept.value.plan === hash
  if (text !== null && !isSame) {
    log.warn(
      'the binaries, the machine or what is let through to them are not those of the interrupted run: it is measured anew, its journal moved away'
    )
    await files.makeDirectory(join(reportDir, REPORT_FILES.previous))
    await files.move(path, join(reportDir, REPORT_FILES.previous, REPORT_FILES.journal))
  }
  await files.write(join(reportDir, REPORT_FILES.plan), planDocument(carried.plan))
  const journal = await ports.openJournal(path)
  if (!isSame) await journal.append(journalStart(hash))
  return { journal, isContinued: isSame }
}

/** Says that the run is over: nothing is continued after this. */
export const closeJournal = async (
  reportDir: string,
  ending: Ending,
  { openJournal }: { readonly openJournal: OpenJournal }
): Promise<void> => {
  const journal = await openJournal(join(reportDir, REPORT_FILES.journal))
  await journal.append(journalEnd(ending))
  await journal.close()
}

/** Whether a block still has to be executed may be found out differently by then; what was measured holds. */
const runHash = ({ plan, builds, machine: { cpu, gpu, driver }, passed }: Carried, files: Files): string =>
  files.sha256OfText(
    [
      textBeforeBuilds(plan),
      ...builds.map(({ base, head }) => JSON.stringify([base?.sha256, head?.sha256])),
      JSON.stringify([cpu, gpu, driver]),
      passed
    ].join('\n')
  )

/** Only what a run wrote: the directory may be one that holds other things too. */
const setAside = async (reportDir: string, files: Files): Promise<void> => {
  const { previous, ...ours } = REPORT_FILES
  const present = new Set(await files.names(reportDir))
  const found = Object.values(ours).filter((name) => present.has(name))
  if (found.length === 0) return
  await files.emptyDirectory(join(reportDir, previous))
  for (const name of found) await files.move(join(reportDir, name), join(reportDir, previous, name))
}
