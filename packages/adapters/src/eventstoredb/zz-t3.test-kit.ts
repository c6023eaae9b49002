import { standIn } from './stand-in/stand-in.test-kit.ts'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const bridge = createRequire(require.resolve('@kurrent/kurrentdb-client'))('@kurrent/bridge')
const s = await standIn()
const port = s.endpoint.port
const c = bridge.createClient(`kurrentdb://127.0.0.1:${port}?tls=false&discoveryInterval=10`)
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|#\s]/g, '\\$&')
const texts = ['', ' ', '\' -- " \\ % _', '\u0001 \u001f \u007f \\u0000', 'line\r\nline\rline\u2028line\u2029', '\t\u00a0\u200b\u200d\ufeff', 'é e\u0301 ﬁ Å \u212b', '日本語 العربية', '😀 👩‍⚕️ 𝒳 \u{10ffff} \uffff \ue000 \ud7ff', 'x'.repeat(8000), 'x'.repeat(20000), 'x'.repeat(50000), 'x'.repeat(100_000)]
for (const t of texts) {
  try {
    let n = 0
    for await (const e of c.readAll({direction: 'forwards', fromPosition: 'start', maxCount: 10n, requiresLeader: false, resolvesLink: false, filter: {filterOn: 'eventType', regex: `^(${escaped(t)})$`}})) n++
    console.log('ok', JSON.stringify(t).slice(0, 40), n)
  } catch (e) { console.log('ERR', JSON.stringify(t).slice(0, 40), t.length, e) }
}
await s.close()
process.exit(0)
