// api.ts: writes down what the packages export now; scripts/api.test.ts compares with it
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './code-blocks.ts'
import { published } from './entries.ts'
import { apiFolder, publicApi } from './public-api.ts'

const pages = publicApi()
for (const folder of published) {
  rmSync(join(root, apiFolder(folder)), { recursive: true, force: true })
  mkdirSync(join(root, apiFolder(folder)))
}
for (const { file, text } of pages) {
  writeFileSync(join(root, file), text)
  console.log(file)
}
