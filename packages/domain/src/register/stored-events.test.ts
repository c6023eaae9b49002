// stored-events.test.ts: what was ever stored can be read, for ever; and there is no field for what must not be stored

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { doctorCommands } from '../doctor/doctor-commands.ts'
import { groupCommands } from '../group/group.ts'
import { hospitalCommands } from '../hospital/hospital.ts'
import { rulesCommands } from '../rules/rules-commands.ts'
import { sessionCommands } from '../session/session-commands.ts'
import { statementCommands } from '../statement/statement.ts'
import { storedEvent } from '../testing/index.ts'
import { topicCommands } from '../topic/topic.ts'
import { registerEvents } from './events.ts'

const Golden = t.array(t.strict({ type: t.string, version: t.number, data: t.string }))

/** A sample of every type and version that was ever stored. A format that was released stays; a new version adds a sample. */
const samples = (): t.TypeOf<typeof Golden> => {
  const read = Golden.decode(JSON.parse(readFileSync(join(import.meta.dirname, 'stored-events.golden.json'), 'utf8')))
  if (isLeft(read)) throw new Error('the golden file is no list of stored events')
  return read.right
}

describe('the golden file', () => {
  test.for(samples().map((sample, index) => [`${index + 1}: ${sample.type} ${sample.version}`, sample] as const))(
    '%s is read, and stored again as the same text',
    ([, sample]) => {
      const decoded = registerEvents.decode(storedEvent(sample))
      if (isLeft(decoded)) throw new Error(decoded.left.reason)
      expect(registerEvents.encode(decoded.right.event)).toEqual(right(sample))
    },
  )

  test('has every fact in every version, a correction and a retraction', () => {
    const sampled = new Set(samples().map(({ type, version }) => `${type} ${version}`))
    const known = [...registerEvents.facts.values()].flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, older) => `${type} ${older + 1}`),
    )
    const corrections = ['SessionMovedCorrected 1', 'DoctorRegisteredCorrected 1', 'MemberJoinedRetracted 1']
    expect([...sampled]).toEqual([...known, ...corrections])
  })
})

/** The names of all fields in a JSON value, at any depth. */
const namesIn = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value)
    ? value.flatMap(namesIn)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
      : []

/** The names of all fields that a codec takes, at any depth. */
const namesTaken = (codec: unknown): ReadonlyArray<string> => {
  if (typeof codec !== 'object' || codec === null) return []
  const props =
    'props' in codec && typeof codec.props === 'object' && codec.props !== null ? Object.entries(codec.props) : []
  return [
    ...props.flatMap(([name, inner]) => [name, ...namesTaken(inner)]),
    ...('type' in codec ? namesTaken(codec.type) : []),
    ...('types' in codec && Array.isArray(codec.types) ? codec.types.flatMap(namesTaken) : []),
  ]
}

const distinct = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(names)].sort()

describe('S1-44 patients are only mentioned: no field for patient data exists', () => {
  test('S1-44 these are all the fields of stored events', () => {
    expect(distinct(samples().flatMap(({ data }) => namesIn(JSON.parse(data))))).toEqual([
      'absorbed',
      'activity',
      'address',
      'anchor',
      'asKnownAt',
      'attendance',
      'basis',
      'box',
      'by',
      'colleague',
      'corrects',
      'countedMinutes',
      'country',
      'course',
      'date',
      'denominator',
      'department',
      'digest',
      'doctor',
      'effectiveThrough',
      'elective',
      'ends',
      'event',
      'fact',
      'facts',
      'form',
      'from',
      'ground',
      'group',
      'groups',
      'hospital',
      'hosts',
      'hpr',
      'id',
      'intervals',
      'joined',
      'kind',
      'layer',
      'least',
      'legalEntity',
      'mandatory',
      'minutes',
      'missing',
      'months',
      'most',
      'municipalities',
      'municipality',
      'name',
      'numerator',
      'on',
      'oneOf',
      'organisationNumber',
      'origin',
      'outcome',
      'overflow',
      'parameters',
      'pendingMinutes',
      'period',
      'permission',
      'person',
      'place',
      'points',
      'presence',
      'quorum',
      'range',
      'reason',
      'reference',
      'request',
      'role',
      'rules',
      'scope',
      'sealed',
      'sessionsPerMonth',
      'signed',
      'signedBy',
      'source',
      'starts',
      'subject',
      'title',
      'to',
      'topic',
      'topics',
      'track',
      'type',
      'until',
      'value',
      'what',
      'window',
      'wording',
      'zone',
    ])
  })

  test('S1-44 these are all the fields of commands', () => {
    const commands = [
      groupCommands,
      sessionCommands,
      doctorCommands,
      hospitalCommands,
      topicCommands,
      statementCommands,
      rulesCommands,
    ]
    const codecs = commands.flatMap((some) => Object.values<unknown>(some))
    expect(codecs).toHaveLength(8 + 13 + 16 + 5 + 3 + 2 + 3)
    expect(distinct(codecs.flatMap(namesTaken))).toEqual([
      'absorbed',
      'activity',
      'anchor',
      'attendance',
      'basis',
      'by',
      'colleague',
      'country',
      'course',
      'data',
      'department',
      'digest',
      'doctor',
      'effectiveThrough',
      'ends',
      'form',
      'from',
      'ground',
      'group',
      'groups',
      'hospital',
      'hosts',
      'hpr',
      'id',
      'intervals',
      'joined',
      'kind',
      'layer',
      'legalEntity',
      'minutes',
      'months',
      'municipalities',
      'municipality',
      'name',
      'on',
      'organisationNumber',
      'origin',
      'outcome',
      'parameters',
      'period',
      'place',
      'points',
      'presence',
      'reason',
      'reference',
      'request',
      'role',
      'scheme',
      'scope',
      'session',
      'sessionsPerMonth',
      'signed',
      'signedBy',
      'source',
      'starts',
      'statement',
      'subject',
      'to',
      'topic',
      'topics',
      'track',
      'type',
      'until',
      'what',
      'wording',
      'zone',
    ])
  })

  test('S1-44 what is not a field is left out, not stored', () => {
    const asked = {
      type: 'NameTopic',
      data: {
        topic: '6c6c2a4e-53a9-5d0e-8f6a-0c1d2e3f4a5b',
        name: 'Asthma',
        patient: 'somebody',
        notes: 'what was said',
      },
    }
    expect(topicCommands.NameTopic?.decode(asked)).toEqual(
      right({ type: 'NameTopic', data: { topic: asked.data.topic, name: 'Asthma' } }),
    )
  })
})
