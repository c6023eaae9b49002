#!/usr/bin/env node
// main.ts: runs the command on this process's words and streams

// Node 22 calls its own SQLite experimental each time; whoever runs the command can do nothing about it.
const { emitWarning } = process
process.emitWarning = (warning, ...rest: ReadonlyArray<never>) => {
  if (!String(warning).includes('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest)
}
const { run } = await import('./index.ts')
const { screenOf } = await import('./screen.ts')

// A reader that has seen enough (`smagruppe topics | head`) is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// The first Ctrl-C ends the command where everything stored is whole; the second one ends the process at once.
const interrupting = new AbortController()
process.once('SIGINT', () => interrupting.abort())

const code = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  screens: { out: screenOf(process.stdout), err: screenOf(process.stderr) },
  input: () => process.stdin,
  environment: process.env,
  interrupted: interrupting.signal,
})
// Work that was broken off may still be on its way to notice.
if (code === 130) process.exit(code)
process.exitCode = code
