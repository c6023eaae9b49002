import { standIn } from './stand-in/stand-in.test-kit.ts'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const bridge = createRequire(require.resolve('@kurrent/kurrentdb-client'))('@kurrent/bridge')
const t = () => performance.now()
const s = await standIn()
const port = s.endpoint.port
for (const extra of ['', '&discoveryInterval=0', '&discoveryInterval=1', '&discoveryInterval=10', '&discoveryInterval=50', '&discoveryInterval=100']) {
  const times = []
  for (let i = 0; i < 3; i++) {
    const c = bridge.createClient(`kurrentdb://127.0.0.1:${port}?tls=false${extra}`)
    const a = t()
    for await (const e of c.readAll({direction: 'forwards', fromPosition: 'start', maxCount: 1n, requiresLeader: false, resolvesLink: false})) {}
    times.push((t() - a).toFixed(0))
    const b = t()
    for await (const e of c.readAll({direction: 'forwards', fromPosition: 'start', maxCount: 1n, requiresLeader: false, resolvesLink: false})) {}
    times.push((t() - b).toFixed(0))
  }
  console.log(extra, times.join(' '))
}
await s.close()
process.exit(0)
