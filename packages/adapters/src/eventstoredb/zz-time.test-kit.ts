import { standIn } from './stand-in/stand-in.test-kit.ts'
import { openEventStoreDb } from './event-store.ts'
import { systemClock } from '../node/index.ts'
const client = process.argv[2] as any
const t = () => performance.now()
for (let i = 0; i < 4; i++) {
  let a = t()
  const s = await standIn(); let b = t(); console.log('standIn', (b - a).toFixed(0)); a = b
  const o = await openEventStoreDb(s.url(), { client, clock: systemClock })() as any; b = t(); console.log('open', o._tag, (b - a).toFixed(0)); a = b
  for await (const p of o.right.events.readAll()) {}
  b = t(); console.log('read', (b - a).toFixed(0)); a = b
  const o2 = await openEventStoreDb(s.url(), { client, clock: systemClock })() as any; b = t(); console.log('open2', (b - a).toFixed(0)); a = b
  await o.right.close(); b = t(); console.log('close', (b - a).toFixed(0)); a = b
  await o2.right.close(); b = t(); console.log('close', (b - a).toFixed(0)); a = b
  await s.close(); b = t(); console.log('sclose', (b - a).toFixed(0)); a = b
}
console.log(process.cpuUsage())
