// track.test-kit.ts: for tests of tracks: a doctor who meets some days of every year, and says when training began and ended

import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, doctorStream, inOslo, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Track } from '../values/track.ts'
import { points } from './points.ts'
import { programme } from './programme.ts'

export const kari = doctorNamed('Kari')
export const years = [2019, 2020, 2021, 2022, 2023, 2024]

/** Sixty hours a year: ten sessions, two days apart from 1 January. */
const sessions = (aYear: number): ReadonlyArray<SessionRow> =>
  years.flatMap((year) =>
    Array.from({ length: aYear }, (_, nth) => ({
      session: `S${year}-${nth + 10}`,
      starts: `${year}-${String(nth + 1).padStart(2, '0')}-10 09:00`,
      minutes: 360,
      present: { G1: ['Kari', 'Ola'] },
    })),
  )

export const story = (anchor: string | null, aYear = 5) => {
  const register = registerWith({
    doctors: { Kari: anchor },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions: sessions(aYear),
  })
  const say = (
    type: 'SpecialistTrainingStarted' | 'SpecialtyGranted' | 'SpecialistTrainingLeft',
    on: string,
    name = 'Kari',
  ) => register.record(doctorStream(name), { type, data: { on: legalDate(on) } } satisfies DoctorEvent)
  const question = (asOf: string) => ({ effectiveThrough: legalDate(asOf), asKnownAt: inOslo('2100-01-01') })
  return {
    ...register,
    say,
    asked: (track: Track, asOf: string) => points(kari, register.evidence(), defaultPack, question(asOf), track),
    programme: (asOf: string) => programme(kari, register.evidence(), defaultPack, question(asOf)),
  }
}
