import { defineConfig } from 'vitest/config';

const rooms = ['cluster', 'conformance', 'exercise', 'grading', 'gradebook'];

/** Tests of the rooms whose mutants are to be killed: those that need no server. */
export const config = defineConfig({
  test: {
    include: rooms.map((room) => `test/${room}/**/*.test.ts`),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

// biome-ignore lint/style/noDefaultExport: vitest reads it so
export default config;
