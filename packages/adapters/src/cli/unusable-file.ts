// unusable-file.ts: why a file could not be read or written, said of the file and not of the system

/** In a few words that go on after a colon; what the system says where nothing better is known. */
export const whyUnusable = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EISDIR':
      return 'it is a folder, name a file in it'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of its path is a file and no folder'
    case 'EACCES':
    case 'EPERM':
      return 'you may not, ask for the right to it or name another file'
    case 'ENOSPC':
      return 'there is no room left on the disk'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
