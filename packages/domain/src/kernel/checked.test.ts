// checked.test.ts: what a codec takes comes back, and nothing else

import { expect, test } from 'vitest'
import { checked } from './checked.ts'
import { Revision } from './event.ts'

test('what a codec takes comes back as it is, and anything else is told by its name', () => {
  expect(checked(Revision, 7)).toBe(7)
  expect(() => checked(Revision, -1)).toThrow(new RangeError(`not ${Revision.name}: -1`))
})
