// whom.ts: for whom rules are published: the whole country, a region, a hospital, a group, or one doctor

import {
  type DoctorId,
  type Layer,
  MunicipalityNumber,
  parseHprNumber,
  type Register,
  type Scope,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'
import { doctorAsked } from './doctor-asked.ts'
import type { Failure } from './opening.ts'
import type { Stores } from './options.ts'

/** For whom rules are published. */
export type Whom =
  | { readonly layer: 'national' }
  | Scope
  | { readonly layer: 'dispensation'; readonly doctor: DoctorId }

interface Said {
  readonly layer: Layer
  readonly for?: string
  readonly until?: string
}

/** What is wrong with these options together; null: nothing. */
export const wrongTogether = ({ layer, for: whom, until }: Said): string | null => {
  if (layer === 'national') {
    if (whom !== undefined) return "option '--for' goes with '--layer', national rules are for everybody."
    return until === undefined
      ? null
      : "option '--until' is not for national rules: they hold until the next ones' day."
  }
  if (whom === undefined) return `option '--for' is needed with '--layer ${layer}': ${meant[layer]}.`
  return layer === 'dispensation' && until === undefined
    ? "option '--until' is needed with '--layer dispensation': a dispensation ends."
    : null
}

const meant = {
  region: 'the numbers of its municipalities, with commas between',
  hospital: 'its name or id',
  group: 'what the sheets call it, or its id',
  dispensation: 'the HPR number of the doctor',
} as const

/** Finds those whom the rules are for. */
export const forWhom = async (
  register: Register,
  { layer, for: whom = '', store }: Said & Pick<Stores, 'store'>,
): Promise<Either<Failure, Whom>> => {
  switch (layer) {
    case 'national':
      return right({ layer })
    case 'region': {
      const numbers = whom.split(',').map((number) => number.trim())
      const municipalities = numbers.filter(MunicipalityNumber.is)
      return municipalities.length === numbers.length
        ? right({ layer, municipalities })
        : left({ message: `${whom} are no municipality numbers: write four digits each, as 4601,4602` })
    }
    case 'hospital': {
      const known = await register.hospitals(register.question())()
      if (isLeft(known)) return known
      const found = known.right.hospitals.filter(({ hospital, name }) => hospital === whom || name === whom)
      const next = 'write its name as the sheets do, or its id'
      return onlyOne(found, `hospital ${whom}`, next, ({ hospital }) => ({ layer, hospital }))
    }
    case 'group': {
      const known = await register.groupRegister(register.question())()
      if (isLeft(known)) return known
      const found = known.right.filter(({ group, label }) => group === whom || label === whom)
      const next = `see the groups with: smagruppe register --store ${store}`
      return onlyOne(found, `group ${whom}`, next, ({ group }) => ({ layer, group }))
    }
    case 'dispensation': {
      const number = parseHprNumber(whom)
      if (!isSome(number)) return left({ message: `${whom} is no HPR number: write 1 to 9 digits` })
      const doctor = await doctorAsked(register, number.value, { store })
      return isLeft(doctor) ? doctor : right({ layer, doctor: doctor.right })
    }
  }
}

const onlyOne = <A>(
  found: ReadonlyArray<A>,
  what: string,
  next: string,
  as: (one: A) => Whom,
): Either<Failure, Whom> => {
  const [one, other] = found
  if (one === undefined) return left({ message: `no ${what} is registered; ${next}` })
  return other === undefined
    ? right(as(one))
    : left({ message: `${found.length} are called ${what}: name the one by its id` })
}
