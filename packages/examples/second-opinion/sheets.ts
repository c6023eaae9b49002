// sheets.ts: the sheets of a folder as rows, with the line each row stands on

/** The text of every sheet, by its name without `.csv`. */
export type Folder = Readonly<Record<string, string>>

/** The columns of every sheet, in the order in which the sheets are read. */
export const columnsOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  doctors: ['hpr', 'name', 'kind', 'municipality_number', 'period_start'],
  departments: ['department', 'name', 'organisation_number', 'hospital'],
  department_doctors: ['department', 'hpr'],
  groups: ['group', 'name', 'municipality_number', 'registered_on', 'contact_hpr'],
  members: ['group', 'hpr', 'joined_on', 'left_on'],
  declarations: ['group', 'signed_on', 'signed_by_hpr', 'withdrawn_on'],
  offers: ['department', 'from', 'to', 'sessions_per_month', 'topics'],
  requests: ['request', 'groups', 'requested_on', 'department', 'topic', 'place'],
  sessions: [
    'session',
    'request',
    'starts',
    'ends',
    'place',
    'department',
    'host_hpr',
    'topics',
    'groups',
    'reported_on',
    'industry_contribution',
  ],
  attendance: ['session', 'group', 'hpr', 'arrived', 'left', 'role'],
  corrections: ['session', 'group', 'hpr', 'change', 'minutes', 'corrected_on', 'reason'],
}

export interface Row {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/** The rows of a sheet below its header; none where the folder has no such sheet. */
export const rowsOf = (folder: Folder, sheet: string): ReadonlyArray<Row> => {
  const [header, ...records] = csvRecords(folder[sheet] ?? '')
  const names = (header?.fields ?? []).map((name) => name.trim())
  return records.map(({ line, fields }) => {
    const cells = new Map<string, string>()
    for (const column of columnsOf[sheet] ?? []) {
      const at = names.indexOf(column)
      cells.set(column, at < 0 ? '' : (fields[at] ?? '').trim())
    }
    return { line, cells }
  })
}

export interface CsvRecord {
  readonly line: number
  readonly fields: ReadonlyArray<string>
}

/** Records with the line they start on; a line with nothing on it is no record. */
export const csvRecords = (text: string): ReadonlyArray<CsvRecord> => {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const header = body.split(/\r\n|\n|\r/)[0] ?? ''
  const delimiter = header.split(';').length > header.split(',').length ? ';' : ','
  const records: CsvRecord[] = []
  let line = 1
  let startLine = 1
  let fields: string[] = []
  let field = ''
  let quoted = false
  let anything = false
  const endRecord = (): void => {
    if (anything) records.push({ line: startLine, fields: [...fields, field] })
    fields = []
    field = ''
    anything = false
  }
  for (let i = 0; i < body.length; i++) {
    const c = body[i] ?? ''
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') {
        field += '"'
        i++
      } else if (c === '"') quoted = false
      else {
        if (c === '\n') line++
        field += c
      }
    } else if (c === '"' && field === '') {
      quoted = true
      anything = true
    } else if (c === delimiter) {
      fields.push(field)
      field = ''
      anything = true
    } else if (c === '\r' && body[i + 1] === '\n') {
      // the \n that follows ends the record
    } else if (c === '\n') {
      endRecord()
      line++
      startLine = line
    } else {
      field += c
      anything = true
    }
  }
  endRecord()
  return records
}
