import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.world.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'world',
          include: ['test/**/*.world.test.ts'],
          globalSetup: ['test/support/shared-world.ts'],
          setupFiles: ['test/support/label.ts'],
          // One world, one clock: files take turns.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
