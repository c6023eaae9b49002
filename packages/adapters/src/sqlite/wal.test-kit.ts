// wal.test-kit.ts: for the crash tests: the write-ahead log of SQLite, read by its published format (sqlite.org/fileformat2.html)

/** A page as one transaction left it. */
export interface Frame {
  /** Where in the file it begins and ends. */
  readonly start: number
  readonly end: number
  readonly page: number
  /** Whether a transaction ends here. */
  readonly commits: boolean
}

const headerLength = 32
const frameHeaderLength = 24
const littleEndianChecksums = 0x377f0682

/** The frames that a reader would take: those of the header's generation, as far as their checksums go on. */
export const framesIn = (log: Buffer): ReadonlyArray<Frame> => {
  if (log.length < headerLength) return []
  const read = log.readUInt32BE(0) === littleEndianChecksums ? log.readUInt32LE : log.readUInt32BE
  let [one, other] = [0, 0]
  const goOn = (from: number, to: number): void => {
    for (let at = from; at < to; at += 8) {
      one = (one + read.call(log, at) + other) >>> 0
      other = (other + read.call(log, at + 4) + one) >>> 0
    }
  }
  const agreesAt = (at: number): boolean => one === log.readUInt32BE(at) && other === log.readUInt32BE(at + 4)

  goOn(0, 24)
  if (!agreesAt(24)) return []
  const salts = log.subarray(16, 24)
  const length = frameHeaderLength + log.readUInt32BE(8)
  const frames: Frame[] = []
  for (let start = headerLength; start + length <= log.length; start += length) {
    goOn(start, start + 8)
    goOn(start + frameHeaderLength, start + length)
    if (!log.subarray(start + 8, start + 16).equals(salts) || !agreesAt(start + 16)) break
    frames.push({
      start,
      end: start + length,
      page: log.readUInt32BE(start),
      commits: log.readUInt32BE(start + 4) !== 0,
    })
  }
  return frames
}

/** Where the last transaction of a log ends; where its frames begin, if it has none. */
export const lastCommitEnd = (log: Buffer): number =>
  framesIn(log).findLast(({ commits }) => commits)?.end ?? headerLength
