// binding.test.ts: what is told apart where a client package cannot be loaded

import { expect, test } from 'vitest'
import { isNotInstalled } from './binding.ts'

const loading = (specifier: string): Promise<unknown> => import(specifier).catch((error: unknown) => error)

test('a package that is not there is one that can be installed; anything else that goes wrong is not', async () => {
  const missing = await loading('@kurrent/nowhere')
  expect(isNotInstalled(missing, '@kurrent/nowhere')).toBe(true)
  // Something that the package itself asks for.
  expect(isNotInstalled(missing, '@kurrent/kurrentdb-client')).toBe(false)
  expect(isNotInstalled(await loading('data:text/javascript,throw new Error("no")'), '@kurrent/nowhere')).toBe(false)
})
