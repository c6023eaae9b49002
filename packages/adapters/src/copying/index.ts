// index.ts: registers copied from any store to any other, and what a kind of store offers for that

export {
  type Becoming,
  becoming,
  type Claim,
  type Contents,
  type CopyableVault,
  keepTheSame,
  type OpenContents,
  type PersonsKey,
  type VaultContents,
} from '../vault/contents.ts'
export {
  type Copied,
  type CopyError,
  type CopyOptions,
  type CopyProgress,
  copyRegister,
  type NotACopy,
} from './copy.ts'
export { type Batch, type CopySource, type CopyTarget, withContents } from './copyable.ts'
export { oneByOne } from './one-by-one.ts'
