export { createSandboxes } from './create-sandboxes.ts';
export type * from './ports.ts';
export type * from './sandbox.ts';
export type * from './sandboxes.ts';
