// execute-names.ts: what people call things, in place of the ids that a command takes: HPR numbers, and the names of sheets

import {
  type CommandMalformed,
  DepartmentId,
  DoctorId,
  GroupId,
  HospitalId,
  type Named,
  parseHprNumber,
  type Register,
  SessionId,
  type StoreFailure,
  Text,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'

/** Why the ids of a command are not known: a line that says what nobody is called, or a store that could not be asked. */
export type NoId = NameUnknown | CommandMalformed | StoreFailure | VaultFailure

/** A name that stands for nothing here. */
export interface NameUnknown {
  readonly _tag: 'NameUnknown'
  readonly reason: string
}

/** What a name stands for. */
type LookUp = (name: string) => Promise<Either<NoId, string>>

/** A kind of name: the fields of commands that it can stand in, the id that it stands for, and whose that is. */
interface Kind {
  /** The codec of the id. */
  readonly id: { readonly name: string }
  readonly fields: ReadonlyArray<string>
  readonly lookUp: LookUp
}

/** Each kind of name, by the one field of the object that says it: `{ "hpr": "4618619" }`, `{ "group": "G1" }`. */
export type NamesInLines = Readonly<Record<string, Kind>>

/** The same, and what it has found is looked up no more: reading costs far more than a command. Not for numbers, which change hands. */
const foundOnce = (lookUp: LookUp): LookUp => {
  const before = new Map<string, Either<NoId, string>>()
  return async (name) => {
    const found = before.get(name) ?? (await lookUp(name))
    if (!isLeft(found)) before.set(name, found)
    return found
  }
}

/** The names that a line may say; those of sheets as that source uses them. */
export const namesInLines = (register: Register, source: string): NamesInLines => {
  const inSheets =
    (named: Named): LookUp =>
    async (id) => {
      const found = await register.named(named, { source, id })()
      if (isLeft(found)) return found
      return found.right === null
        ? unknown(`no ${named} is called ${id} in the sheets of ${source}`)
        : right(found.right.id)
    }
  const doctorWithHpr: LookUp = async (written) => {
    const number = parseHprNumber(written)
    if (!isSome(number)) return unknown(`${written} is no HPR number: it has 1 to 9 digits and is not zero`)
    const doctor = await register.doctorWithHpr(number.value)()
    if (isLeft(doctor)) return doctor
    return doctor.right === null ? unknown(`no doctor with HPR number ${written} is registered`) : right(doctor.right)
  }
  const hospitalCalled: LookUp = async (name) => {
    const known = await register.hospitals(register.question())()
    if (isLeft(known)) return known
    const [one, other] = known.right.hospitals.filter((hospital) => hospital.name === name)
    if (one === undefined) return unknown(`no hospital is called ${name}`)
    return other === undefined ? right(one.hospital) : unknown(`several hospitals are called ${name}: say its id`)
  }
  return {
    hpr: {
      id: DoctorId,
      fields: ['doctor', 'absorbed', 'by', 'signedBy', 'colleague', 'hosts'],
      lookUp: doctorWithHpr,
    },
    group: { id: GroupId, fields: ['group', 'groups'], lookUp: foundOnce(inSheets('group')) },
    session: { id: SessionId, fields: ['session'], lookUp: foundOnce(inSheets('session')) },
    request: { id: SessionId, fields: ['session'], lookUp: foundOnce(inSheets('request')) },
    department: { id: DepartmentId, fields: ['department'], lookUp: foundOnce(inSheets('department')) },
    hospital: { id: HospitalId, fields: ['hospital', 'to'], lookUp: foundOnce(hospitalCalled) },
  }
}

const unknown = (reason: string): Either<NameUnknown, never> => left({ _tag: 'NameUnknown', reason })

const malformed = (what: string): CommandMalformed => ({
  _tag: 'CommandMalformed',
  found: `data: found ${what}, expected data of a command`,
})

/** What else can stand where the register expected an id; nothing where it expected something else. */
export const namesBeside = ({ found }: CommandMalformed, names: NamesInLines): string => {
  const beside = Object.entries(names).filter(([, { id }]) => found.includes(`expected ${id.name}`))
  return beside.length === 0 ? '' : `; ${beside.map(([said]) => `{"${said}":"…"}`).join(' or ')} can stand there too`
}

/** The data of a command, and what the line calls the ids in it. */
export interface WithIds {
  readonly data: Readonly<Record<string, unknown>>
  readonly called: ReadonlyMap<string, string>
}

// As many as the register takes.
const deepest = 32

/** The data of a command with ids where it says names; a name where no such id belongs is left for the register to refuse. */
export const withIds = async (
  data: Readonly<Record<string, unknown>>,
  names: NamesInLines,
): Promise<Either<NoId, WithIds>> => {
  const called = new Map<string, string>()
  let wrong: NoId | null = null
  const resolved = async (field: string, value: unknown, depth: number): Promise<unknown> => {
    if (wrong !== null) return null
    if (typeof value === 'string' && !Text.is(value)) wrong = malformed('text with a lone surrogate or U+0000')
    if (typeof value !== 'object' || value === null) return value
    if (depth > deepest) {
      wrong = malformed(`more than ${deepest} levels`)
      return null
    }
    if (Array.isArray(value)) {
      const list: unknown[] = []
      for (const part of value) list.push(await resolved(field, part, depth + 1))
      return list
    }
    const [[said, name] = ['', null], ...others] = Object.entries(value)
    const kind = Object.hasOwn(names, said) && others.length === 0 ? names[said] : undefined
    if (!kind?.fields.includes(field) || typeof name !== 'string') return fieldsOf(value, depth)
    const id = await kind.lookUp(name)
    if (!isLeft(id)) {
      called.set(id.right, `${said} ${name}`)
      return id.right
    }
    wrong = id.left
    return null
  }
  const fieldsOf = async (value: object, depth: number): Promise<Readonly<Record<string, unknown>>> => {
    const fields: [string, unknown][] = []
    for (const [field, part] of Object.entries(value)) {
      if (!Text.is(field)) wrong = malformed('a field named with a lone surrogate or U+0000')
      fields.push([field, await resolved(field, part, depth + 1)])
    }
    return Object.fromEntries(fields)
  }
  const ids = await fieldsOf(data, 0)
  return wrong === null ? right({ data: ids, called }) : left(wrong)
}
