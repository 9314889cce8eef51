import { join } from 'node:path'
import type { Build } from '../domain/build.ts'
import type { Plan } from '../domain/plan.ts'
import { unreachable } from '../domain/problem.ts'
import type { Side } from '../domain/revision.ts'
import type { Settings } from '../domain/settings.ts'
import type { Files } from '../io/ports.ts'
import { beginBuilding, endBuilding } from './build-directory.ts'
import type { BuildStore } from './build.ts'
import { failedRun, type Stop } from './run-state.ts'

/** What a side is built from, and what the run knows of builds so far. */
interface Building {
  readonly settings: Settings
  readonly state: { readonly plan: Pick<Plan, 'purpose'>; readonly builds: Record<Side, Build | null> }
}

interface BuildPorts {
  readonly files: Files
  readonly buildStore: BuildStore
  readonly rebuildStore: BuildStore
}

/** Base's second build has a cache directory of its own: paths end up in what is built. */
export const rebuildCacheDir = (cacheDir: string): string => join(cacheDir, 'rebuild')

/**
 * Comes by head's build as the purpose of the run wants it: it is built with `build`, or is base's, or is base built
 * once more, in another directory and without what the store of builds holds. Null when done.
 */
export const buildHeadFor = async <B extends Building, P extends BuildPorts>(
  building: B,
  ports: P,
  build: (building: B, ports: P) => Promise<Stop | null>
): Promise<Stop | null> => {
  const { settings, state } = building
  const { purpose } = state.plan
  switch (purpose) {
    case 'compare':
      return build(building, ports)
    case 'same-build':
      state.builds.head = state.builds.base
      return null
    case 'rebuild': {
      const cacheDir = rebuildCacheDir(settings.cacheDir)
      const notOurs = await beginBuilding(cacheDir, ports.files)
      if (notOurs !== null) return failedRun('infrastructure', obstacle(notOurs))
      const elsewhere = { ...building, settings: { ...settings, cacheDir } }
      return build(elsewhere, { ...ports, buildStore: ports.rebuildStore })
    }
    default:
      return unreachable(purpose)
  }
}

/** Removes trees and targets after a run's last build, also those of a calibration that did not come to its end. */
export const endAllBuilding = async (cacheDir: string, files: Files): Promise<void> => {
  await endBuilding(cacheDir, files)
  await endBuilding(rebuildCacheDir(cacheDir), files)
}

/** Removes what a calibration built a second time: the next one builds anew. */
export const forgetRebuild = async (cacheDir: string, files: Files): Promise<void> => {
  const directory = rebuildCacheDir(cacheDir)
  await endBuilding(directory, files)
  await files.remove(join(directory, 'builds'))
}

const obstacle = (message: string): Stop['failures'][number] => ({
  side: null,
  stage: 'build',
  block: null,
  reason: 'bad-input',
  message,
  tail: ''
})
