// doctor-asked.ts: the doctor whom a command was asked about, by number

import type { DoctorId, HprNumber, Register } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import type { Stores } from './options.ts'

/** The doctor with that number; a failure that says where the numbers are where nobody has it. */
export const doctorAsked = async (
  register: Register,
  hpr: HprNumber,
  { store }: Pick<Stores, 'store'>,
): Promise<Either<Failure, DoctorId>> => {
  const doctor = await register.doctorWithHpr(hpr)()
  if (isLeft(doctor)) return doctor
  return doctor.right === null
    ? left({
        message: `no doctor with HPR number ${hpr} is registered in ${store}; see the numbers with: smagruppe points --store ${store}`,
      })
    : right(doctor.right)
}
