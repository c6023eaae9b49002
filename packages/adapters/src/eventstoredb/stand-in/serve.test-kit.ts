// serve.test-kit.ts: a stand-in in a process of its own, for tests whose own process is busy: `node serve.test-kit.ts`
//
// It prints its connection string and runs until its standard input ends.
import { standIn } from './stand-in.test-kit.ts'

const server = await standIn()
console.log(server.url())
process.stdin.resume().on('end', () => process.exit(0))
