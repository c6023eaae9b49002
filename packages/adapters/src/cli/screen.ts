// screen.ts: what a stream is shown on

import { styleText } from 'node:util'

/** What a stream is shown on. */
export interface Screen {
  readonly kind: 'terminal' | 'file'
  /** How wide it is, in characters. */
  readonly columns: number
  readonly colours: 'none' | 'sixteen'
}

/** What is not looked at while it is written. */
export const file: Screen = { kind: 'file', columns: 80, colours: 'none' }

type MaybeTerminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** What a stream of this process is shown on. `NO_COLOR` and `FORCE_COLOR` are heeded as Node heeds them. */
export const screenOf = (stream: MaybeTerminal): Screen => ({
  kind: stream.isTTY === true && process.env.TERM !== 'dumb' ? 'terminal' : 'file',
  columns: (stream.isTTY === true && stream.columns) || file.columns,
  colours: styleText('bold', '', { stream, validateStream: true }) === '' ? 'none' : 'sixteen',
})
