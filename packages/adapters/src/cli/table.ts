// table.ts: rows set in columns that fit a width; a long cell goes on below itself, nothing is cut

import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** A column: its heading, whether it is set to the right, and how wide it is at most, however much place there is. */
export interface Column {
  readonly heading: string
  readonly align?: 'right'
  readonly width?: number
  /** Names that somebody may have to write are broken as late as numbers are. */
  readonly breaks?: 'late'
}

export interface TableLook {
  /** How wide the table may be; 80 where left out. */
  readonly width?: number
  /** How a heading is dressed up; as it is where left out. */
  readonly heading?: (text: string) => string
}

/** A table for people. The widest columns of words give way first; numbers are broken only where nothing else is left. */
export const table = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  { width = 80, heading = (text) => text }: TableLook = {},
): string => {
  const headings = columns.map((column) => column.heading)
  const cells = rows.map((row) => columns.map((_, index) => printable(row[index] ?? '')))
  const widths = fitting(columns, [headings, ...cells], width)
  const set = (row: ReadonlyArray<string>): ReadonlyArray<string> => {
    const wrapped = row.map((cell, index) => wrappedTo(widths[index] ?? 1, cell))
    const height = Math.max(...wrapped.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      columns
        .map(({ align }, index) => padded(wrapped[index]?.[line] ?? '', widths[index] ?? 0, align ?? 'left'))
        .join(' ')
        .trimEnd(),
    )
  }
  return [...set(headings).map(heading), ...cells.flatMap(set)].join('\n')
}

/** Text that a terminal takes for nothing but text: what a sheet says must not move the cursor. */
export const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

/** The lines of a text that is wrapped at spaces, and inside words only where a word is longer than a line. */
export const wrappedTo = (width: number, text: string): ReadonlyArray<string> =>
  stringWidth(text) <= width ? [text] : wrapAnsi(text, width, { hard: true }).split('\n')

/** The lines of a sentence, broken at spaces only, so that an address stays whole, even where it is longer than a line. */
export const brokenAtSpaces = (width: number, text: string): ReadonlyArray<string> =>
  stringWidth(text) <= width ? [text] : wrapAnsi(text, width).split('\n')

const fewest = 6

const fitting = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  most: number,
): ReadonlyArray<number> => {
  const widths = columns.map(({ width = Number.POSITIVE_INFINITY }, index) =>
    rows.reduce((widest, row) => Math.max(widest, Math.min(width, stringWidth(row[index] ?? ''))), 1),
  )
  const place = most - (columns.length - 1)
  const excess = () => widths.reduce((sum, width) => sum + width, 0) - place
  for (const [gives, least] of [
    [(column: Column | undefined) => column?.align !== 'right' && column?.breaks !== 'late', fewest],
    [() => true, 1],
  ] as const) {
    while (excess() > 0) {
      let widest = -1
      for (const [index, width] of widths.entries())
        if (gives(columns[index]) && width > least && width > (widths[widest] ?? 0)) widest = index
      if (widest === -1) break
      widths[widest] = (widths[widest] ?? 0) - 1
    }
  }
  return widths
}

const padded = (text: string, width: number, align: 'left' | 'right'): string => {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}
