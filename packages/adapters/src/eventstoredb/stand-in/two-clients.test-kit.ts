// two-clients.test-kit.ts: a process with two clients for two servers, one of which dies; run by neighbours.test.ts

import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { standIn } from './stand-in.test-kit.ts'

/** What of the clients is used here, which both have. */
interface Package {
  readonly jsonEvent: (event: object) => unknown
  readonly EventStoreDBClient?: Connecting
  readonly KurrentDBClient?: Connecting
}
interface Connecting {
  readonly connectionString: (url: string) => Client
}
interface Client {
  readonly appendToStream: (stream: string, events: ReadonlyArray<unknown>) => Promise<unknown>
}

const name = process.argv[2] ?? ''
const client = createRequire(import.meta.url)(name) as Package
const { connectionString } = client.EventStoreDBClient ??
  client.KurrentDBClient ?? { connectionString: () => undefined }

const uncaught: string[] = []
process.on('uncaughtException', ({ name }) => uncaught.push(name))

const [dying, healthy] = [await standIn(), await standIn()]
const clients = [dying, healthy].map(({ url }) => {
  const connected = connectionString(url())
  if (connected === undefined) throw new Error(`${name} is no client`)
  return (stream: string): Promise<string> =>
    connected.appendToStream(stream, [client.jsonEvent({ type: 'E', data: {} })]).then(
      () => 'answered',
      (error) => String(error.type),
    )
})
const [toDying, toHealthy] = clients
if (toDying === undefined || toHealthy === undefined) throw new Error('there are two')

await toDying('a')
await toHealthy('a')
healthy.hang()
const inFlight = Array.from({ length: 32 }, () => toHealthy('in flight'))
dying.loseAnswer({ nth: 1, instead: 'die', events: 'not stored' })
const ofTheDying = await toDying('a')
await sleep(50)
healthy.resume()
while (healthy.log.stream('in flight').length < 32) await sleep(5)
const laterAnswer = toHealthy('later')
while (healthy.log.stream('later').length === 0) await sleep(5)
const unanswered = sleep(1500).then(() => 'not answered')
const later = await Promise.race([laterAnswer, unanswered])
const answers = await Promise.all(inFlight.map((one) => Promise.race([one, unanswered])))
console.log(
  JSON.stringify({
    ofTheDying,
    inFlight: [...new Set(answers)],
    stored: healthy.log.stream('in flight').length,
    later,
    uncaught,
  }),
)
process.exit(0)
