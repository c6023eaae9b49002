// index.ts: importing the sheets of a contact point

export {
  checkFolder,
  type FolderUnreadable,
  type ImportError,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  importFolder,
} from './importing.ts'
export type { SheetRead } from './loading.ts'
export type { RecordingFailure } from './recording.ts'
export type { Flag, FlagCode, Rejection, RejectionCode } from './row.ts'
