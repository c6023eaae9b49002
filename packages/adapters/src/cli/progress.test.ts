// progress.test.ts: when something is said of how far work has come, and how it is taken back

import { describe, expect, test } from 'vitest'
import { progressOn } from './progress.ts'
import { file, type Screen } from './screen.ts'

const terminal: Screen = { kind: 'terminal', columns: 20, colours: 'none' }

/** Progress on a clock that a test sets. */
const told = (screen: Screen) => {
  let written = ''
  let time = 5_000
  const progress = progressOn(
    (text) => {
      written += text
    },
    screen,
    () => time,
  )
  return {
    at: (milliseconds: number, line: string) => {
      time = 5_000 + milliseconds
      progress.tell(line)
    },
    clear: progress.clear,
    written: () => written,
  }
}

describe('into a file', () => {
  test('nothing is said in the first second, then few lines', () => {
    const { at, clear, written } = told(file)
    at(0, 'one')
    at(999, 'two')
    expect(written()).toBe('')
    at(1_000, 'three')
    at(5_999, 'four')
    at(6_000, 'five')
    expect(written()).toBe('three\nfive\n')
    clear()
    expect(written()).toBe('three\nfive\n')
  })
})

describe('on a terminal', () => {
  test('one line is written over, and taken back before anything else is written', () => {
    const { at, clear, written } = told(terminal)
    at(199, 'one')
    expect(written()).toBe('')
    at(200, 'two')
    at(299, 'three')
    at(300, 'four')
    expect(written()).toBe('\r\u001b[Ktwo\r\u001b[Kfour')
    clear()
    clear()
    expect(written()).toBe('\r\u001b[Ktwo\r\u001b[Kfour\r\u001b[K')
  })

  test('where nothing was said, nothing is taken back', () => {
    const { clear, written } = told(terminal)
    clear()
    expect(written()).toBe('')
  })

  test('a line is kept to one line and to plain text', () => {
    const { at, written } = told(terminal)
    at(300, `åå ${'\u001b[2J'}${'x'.repeat(40)}`)
    expect(written()).toBe(`\r\u001b[Kåå  [2J${'x'.repeat(12)}`)
  })
})
