#!/usr/bin/env node
// main.ts: runs the command on this process's words and streams

// Node 22 calls its own SQLite experimental each time; whoever runs the command can do nothing about it.
const { emitWarning } = process
process.emitWarning = (warning, ...rest: ReadonlyArray<never>) => {
  if (!String(warning).includes('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest)
}
const { run } = await import('./index.ts')

// A reader that has seen enough (`smagruppe topics | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
