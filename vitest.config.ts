import { defineConfig } from 'vitest/config'

// The end-to-end runs share the machine lock and both cores, so they run one file after another;
// everything else runs beside them.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['__tests__/**/*.test.ts'], exclude: ['__tests__/e2e/**'] } },
      {
        test: {
          name: 'e2e',
          include: ['__tests__/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
