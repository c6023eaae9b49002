#!/usr/bin/env node
// main.ts: runs the command on this process's words and streams

import { run } from './index.ts'

// A reader that has seen enough (`smagruppe topics | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
