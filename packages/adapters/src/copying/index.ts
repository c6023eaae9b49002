// index.ts: registers copied from any store to any other

export {
  type Copied,
  type CopyError,
  type CopyOptions,
  type CopyProgress,
  copyRegister,
  type NotACopy,
} from './copy.ts'
export type { Batch, CopySource, CopyTarget } from './copyable.ts'
export { oneByOne } from './one-by-one.ts'
