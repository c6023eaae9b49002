// troubles.test-kit.ts: what can stand between a register and an EventStoreDB, and what each is answered by, as docs/errors.md says it too

import type { AppendError, StoreFailure } from '@smagruppe/domain'

/** What comes of a trouble: the reason of a `StoreFailure`, or the `_tag` of another error, and whether to ask again. */
export type Answered = readonly [
  reason: StoreFailure['reason'] | Exclude<AppendError['_tag'], 'StoreFailure'>,
  retry: 'yes' | 'no',
]

export const troubles = {
  'nobody listens there': ['Unavailable', 'yes'],
  'no node of the cluster answers': ['Unavailable', 'yes'],
  'the node is not the leader, and the leader is not to be found': ['Unavailable', 'yes'],
  'the node is only starting': ['Unavailable', 'yes'],
  'the node has too much to do': ['Unavailable', 'yes'],
  'the cluster is electing a leader': ['Unavailable', 'yes'],
  'the node stops while it answers': ['Unavailable', 'yes'],
  'the server ran out of time for it': ['Unavailable', 'yes'],
  'a wrong password': ['Denied', 'no'],
  'no user where one is asked for': ['Denied', 'no'],
  'a certificate that nobody vouches for': ['Unavailable', 'no'],
  'a file of a certificate that is not there': ['Missing', 'no'],
  'TLS where the server speaks plain text': ['Unavailable', 'no'],
  'plain text where the server speaks TLS': ['Unavailable', 'yes'],
  'no answer in time': ['Unavailable', 'yes'],
  'an append of more than 1 MiB': ['AppendTooLarge', 'no'],
  'stopped in order, and not started again': ['Unavailable', 'yes'],
  'killed, and not started again': ['Unavailable', 'yes'],
  'a stream that somebody deleted': ['Damaged', 'no'],
  'a URL that is none': ['Unsupported', 'no'],
  'the other client is loaded already': ['Unsupported', 'no'],
  'the store was closed': ['Closed', 'no'],
} as const satisfies Readonly<Record<string, Answered>>
