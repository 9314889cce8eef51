import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The end-to-end runs take as long as all the rest, so they begin first and the rest runs beside them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isEndToEnd = (file: TestSpecification): boolean => file.moduleId.includes('/e2e/')
    return [...sorted.filter(isEndToEnd), ...sorted.filter((file) => !isEndToEnd(file))]
  }
}

export default defineConfig({
  // Else a line for each file of a package that names a source map and does not bring it.
  logLevel: 'error',
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'end to end', include: ['__tests__/e2e/**/*.test.ts'] } },
      // Without a worker of its own for each file, which costs more than most of them: none leaves anything behind.
      {
        extends: true,
        test: {
          name: 'units',
          include: ['__tests__/**/*.test.ts'],
          exclude: ['__tests__/e2e/**', '**/node_modules/**'],
          isolate: false
        }
      }
    ],
    // The default leaves one core idle, which on two is half.
    maxWorkers: 2,
    // They import JSON in a way that only a bundler understands.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
