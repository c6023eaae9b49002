/// <reference lib="dom" />
// page.ts: what runs in the browser: takes the log that came with the page, folds it, and shows every doctor's points on a date

import { memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import {
  compareText,
  type DoctorPoints,
  endOf,
  instantOf,
  openRegister,
  oslo,
  parseLegalDate,
  promised,
  shownPoints,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { isNone } from 'fp-ts/lib/Option.js'
import { Carried, storeOf } from './carried.ts'

const the = <E extends Element>(id: string, kind: abstract new () => E): E => {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no #${id}`)
}

const decoded = Carried.decode(JSON.parse(the('carried', HTMLScriptElement).text))
if (isLeft(decoded)) throw new Error('the log that came with the page is not one')
const { events, hprOf, date } = decoded.right

const register = openRegister({
  events: await storeOf(events),
  rows: memoryProjectionStore(),
  vault: memoryVault(),
  now: () => instantOf(Date.now()),
  newId: () => crypto.randomUUID(),
})
const numbers = new Map<string, string>(hprOf)

/** The columns of points.csv. */
const cells = ({ doctor, period, lines, ...points }: DoctorPoints): ReadonlyArray<string> => [
  numbers.get(doctor) ?? doctor,
  period?.from ?? '',
  period?.to ?? '',
  String(points.countedMinutes),
  shownPoints(points.mandatory),
  shownPoints(points.elective),
  shownPoints(points.overflow),
  String(points.pendingMinutes),
  lines
    .flatMap(({ label, shortfall }) => (shortfall === null ? [] : [`${label}:${shortfall.reason}`]))
    .sort()
    .join(';'),
]

const row = ([number = '', ...rest]: ReadonlyArray<string>): HTMLTableRowElement => {
  const made = document.createElement('tr')
  const heading = document.createElement('th')
  heading.scope = 'row'
  heading.textContent = number
  made.append(heading)
  for (const text of rest) made.insertCell().textContent = text
  return made
}

const [asOf, knownAt] = [the('as-of', HTMLInputElement), the('known-at', HTMLInputElement)]
const [caption, body, status] = [
  the('caption', HTMLTableCaptionElement),
  the('doctors', HTMLTableSectionElement),
  the('status', HTMLElement),
]

const show = async (): Promise<void> => {
  const [effectiveThrough, known] = [parseLegalDate(asOf.value), parseLegalDate(knownAt.value)]
  if (isNone(effectiveThrough) || isNone(known)) {
    status.textContent = 'Choose two dates.'
    return
  }
  const question = { effectiveThrough: effectiveThrough.value, asKnownAt: endOf(oslo, known.value) }
  const rows = (await promised(register.everyonesPoints(question))).map(cells)
  rows.sort(([one = ''], [other = '']) => one.length - other.length || compareText(one, other))
  caption.textContent = `Points on ${asOf.value}, as known at the end of ${knownAt.value}`
  body.replaceChildren(...rows.map(row))
  status.textContent = `${rows.length} doctors, from ${events.length} events. An indication, not a decision.`
}

const told = (error: unknown): void => {
  status.textContent = error instanceof Error ? error.message : String(error)
}

for (const input of [asOf, knownAt]) {
  input.value = date
  input.addEventListener('change', () => show().catch(told))
}
await show().catch(told)
