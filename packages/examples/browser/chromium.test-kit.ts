// chromium.test-kit.ts: a real browser out of an npm package, with the libraries that a bare Linux lacks

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import packed, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { onTestFinished, vi } from 'vitest'

// Without any font Chromium ends at the first date field.
const fontsIn = (folder: string): string =>
  `<fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`

/** A browser for one test. The package has Chromium for Linux on x64; elsewhere `SMAGRUPPE_CHROMIUM` names another. */
export const browser = async (): Promise<Browser> => {
  const launched = await (process.env.SMAGRUPPE_CHROMIUM === undefined
    ? unpacked()
    : chromium.launch({ executablePath: process.env.SMAGRUPPE_CHROMIUM }))
  onTestFinished(() => launched.close())
  return launched
}

const unpacked = async (): Promise<Browser> => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  // It unpacks into the system's folder for such things, where another test may be unpacking the same.
  vi.stubEnv('TMPDIR', folder)
  packed.setGraphicsMode = false
  const executablePath = await packed.executablePath()
  const libraries = await inflate(
    join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../bin/al2023.tar.br'),
  )
  vi.unstubAllEnvs()
  const fonts = join(folder, 'fonts.conf')
  writeFileSync(fonts, fontsIn(join(folder, 'fonts')))
  const env = { ...process.env, LD_LIBRARY_PATH: join(libraries, 'lib'), FONTCONFIG_FILE: fonts }
  return chromium.launch({ executablePath, args: packed.args, env })
}
