// client.ts: the little that is asked of an EventStoreDB client, whichever package it comes from

/** What an append expects of its stream, in the words that both clients share. */
export type Expectation = 'any' | 'no_stream' | 'stream_exists' | bigint

/** An event on its way to the server. Bytes, so that no client reads or writes JSON on the way. */
export interface ProposedEvent {
  readonly id: string
  readonly type: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event as a client hands it out: ours, somebody else's, or the server's own. */
export interface KeptEvent {
  readonly id: string
  readonly stream: string
  readonly revision: bigint
  /** Its place in $all; each event has its own. */
  readonly position: bigint
  readonly type: string
  /** The bytes, where it was not stored as JSON. */
  readonly data: unknown
  /** Parsed where it is JSON. */
  readonly metadata: unknown
}

/** What the server said to an append. Whatever else happens is thrown. */
export type AppendAnswer =
  | { readonly _tag: 'Stored'; readonly last: bigint; readonly position: bigint | null }
  | { readonly _tag: 'Unexpected'; readonly actual: bigint | null }
  | { readonly _tag: 'TooLarge'; readonly limit: number }

/** What a server is asked to leave out; a client that cannot ask for it leaves it to the reader. */
export type Filter = { readonly streamsBeginWith: string } | { readonly types: ReadonlyArray<string> }

/** Where reading $all begins: at that event's position, with that event. */
export type From = 'start' | 'end' | bigint

export interface ReadingOfAll {
  readonly from: From
  readonly direction: 'forwards' | 'backwards'
  readonly limit: number
  readonly filter: Filter | null
}

/** Events as they come. Leaving before the end is said by `leave`. Rejects with what went wrong, once what came before was handed out. */
export interface Reading {
  /** Those that came meanwhile, in their order, or else the next that comes. None at the end. */
  readonly next: () => Promise<ReadonlyArray<KeptEvent>>
  readonly leave: () => void
}

/** A subscription that only says that something came. */
export interface Hearing {
  /** When it has ended, for whatever reason. Never rejects. */
  readonly ended: Promise<void>
  readonly stop: () => void
}

/** A client that is connected, or will be at its first call. */
export interface Client {
  readonly append: (
    stream: string,
    expected: Expectation,
    events: ReadonlyArray<ProposedEvent>,
  ) => Promise<AppendAnswer>
  /** By revision, from that one on. One that does not exist has no events. */
  readonly readStream: (stream: string, from: bigint, limit: number) => Reading
  readonly readAll: (which: ReadingOfAll) => Reading
  /** Calls `heard` for every event that is stored from now on in a stream with that beginning; in any stream that is not the server's own where it is empty. */
  readonly hear: (streamsBeginWith: string, heard: () => void) => Hearing
  /** Ends what goes on. Never rejects. */
  readonly dispose: () => Promise<void>
}

/** A package that clients come from. */
export interface Binding {
  readonly name: ClientName
  /** The word that its connection strings begin with. */
  readonly scheme: string
  /** Whether reading $all leaves out at the server what does not fit. */
  readonly filtersReads: boolean
  /** Throws where the connection string is not one, or names files that are not there. */
  readonly connect: (connectionString: string) => Client
}

/** The packages that the adapter works with. */
export type ClientName = 'kurrentdb-client' | 'db-client'
