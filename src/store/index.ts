export { backupStore, type Restored, restoreStore } from './backup.ts';
export type { OpenOptions } from './open-database.ts';
export { openStore } from './open-store.ts';
export { openReportSource } from './report-source.ts';
export { StoreError } from './store-error.ts';
