// observe.test.ts: the stand-in answers every question as a real EventStoreDB answered it, through both clients

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realServer, serverForTests, serverName } from './server-for-tests.test-kit.ts'

const recorded = join(import.meta.dirname, '../recorded')
const adapters = join(import.meta.dirname, '../../..')

/** Asks all questions through a client, in a process of its own as whoever recorded the answers did. */
const answers = async (client: string): Promise<ReadonlyArray<string>> => {
  const server = await serverForTests()
  onTestFinished(server.close)
  const asking = spawn(process.execPath, [join(recorded, 'observe.mjs')], {
    cwd: adapters,
    env: { ...process.env, CLIENT: client, EVENTSTOREDB_URL: server.url },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  asking.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise((resolve) => asking.on('close', resolve))
  expect(code).toBe(0)
  return output.trimEnd().split('\n')
}

const realAnswers = (file: string): ReadonlyArray<string> =>
  readFileSync(join(recorded, file), 'utf8').trimEnd().split('\n')

// Questions about the end of `$all` want a server of their own; a real one is asked by one client after the other.
const each = realServer === undefined ? describe.concurrent : describe

each(`${serverName} answers as EventStoreDB 23.10.6 did`, () => {
  test.each([
    ['@eventstore/db-client', 'answers.db-client-6.2.1.jsonl'],
    ['@kurrent/kurrentdb-client', 'answers.kurrentdb-client-1.3.1.jsonl'],
  ])('through %s', async (client, file) => {
    const expected = realAnswers(file)
    expect(expected).toHaveLength(94)
    expect(await answers(client)).toEqual(expected)
  })
})
