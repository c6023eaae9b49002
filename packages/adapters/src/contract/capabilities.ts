// capabilities.ts: in what event stores may differ; each says so, and is held to exactly what it says

/**
 * What an event store declares. Nothing else may differ from store to store, and no case is skipped for any of it: of each capability
 * both sides are asserted.
 */
export interface EventStoreCapabilities {
  /**
   * The bytes that one append may have. A store counts at least the UTF-8 of its events' data, and for each event no more than 1,024
   * bytes beside the UTF-8 of its data, type and actor.
   *
   * A number: what is larger is refused with `AppendTooLarge`, whose `limit` is this number and whose `bytes` are more, and nothing of
   * it is stored; what is just below is stored and read back, whatever the number. `'unlimited'`: the store takes what the machine has
   * room for, and refuses nothing for its size; the cases try that with appends of 32 MiB.
   */
  readonly maxAppendBytes: number | 'unlimited'

  /**
   * What comes of events that are in the log already. The same id twice in one batch is a `DuplicateEventId` everywhere.
   *
   * `'exact'`: ids are unique in the log, for all time. A whole batch again gives its first receipt, whatever is expected of its
   * stream now. A batch that overlaps with what is stored, or whose ids are in another stream, is a `DuplicateEventId`. Of none of them
   * anything is stored.
   *
   * `'exactRevisionOnly'`: ids are looked at in their own stream, and only where they were expected to be.
   * - A whole batch again that expects `noStream`, or exactly the revision, that it expected the first time gives its first receipt,
   *   whatever was written since, and nothing is stored.
   * - Again with the `any` or `streamExists` of the first time, it does so for a batch that the store still remembers; the cases ask at
   *   once.
   * - A batch that overlaps with what is stored and expects the `noStream`, or exactly the revision, of the first time is refused, as a
   *   `DuplicateEventId` or a `WrongExpectedRevision`, and nothing is stored.
   * - With any other expectation it is stored once more or not at all, but whole.
   * - The same ids in another stream are other events.
   *
   * So whoever appends with `exactly` or `noStream`, as handling a command does, may append again after a lost answer on either.
   */
  readonly idempotency: 'exact' | 'exactRevisionOnly'

  /**
   * Whose clocks cannot take the log back in time. `recordedAt` is never before the clock of who appends, and never before that of an
   * earlier append by the same handle.
   *
   * `true`: nor before that of any earlier event of the log, whoever appended it. `false`: several who append have clocks of their own,
   * and the log may go back where they differ. A log that was copied keeps the times of its source either way.
   */
  readonly monotoneRecordedAt: boolean

  /**
   * What becomes of a handle that is closed. `'refuses'`: appends that were answered are in the log; from then on every call, also a
   * subscription that waits, gives the failure `Closed` with `retry: false`. `'goesOn'`: there is nothing to close, and everything goes
   * on as before.
   */
  readonly onceClosed: 'refuses' | 'goesOn'
}
