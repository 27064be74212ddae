import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.world.test.ts'],
          testTimeout: 120_000,
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
          // Far beyond what they take: a busy machine fails no test, a stuck one still ends.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
