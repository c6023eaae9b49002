// headings.test.ts: the parts of an explanation are headed as its text has them

import { expect, test } from 'vitest'
import { headingsOf } from './headings.ts'

test('each part has its heading, and each level of the rules its name', () => {
  expect(headingsOf.en).toMatchObject({
    facts: 'Facts:',
    judgedBy: 'Judged by:',
    totalFollows: 'The total follows these rules:',
    periodRestsOn: 'The period rests on:',
    thresholdsRestOn: 'The thresholds also rest on:',
    plannedSessions: 'Planned:',
    stillMissing: 'Still missing:',
    layer: {
      national: 'the national rules',
      region: 'the region’s adaptation',
      hospital: 'the hospital’s adaptation',
      group: 'the group’s adaptation',
      dispensation: 'the doctor’s dispensation',
    },
  })
  expect(headingsOf.nb).toMatchObject({
    facts: 'Fakta:',
    judgedBy: 'Vurdert etter:',
    totalFollows: 'Summen følger disse reglene:',
    periodRestsOn: 'Perioden bygger på:',
    thresholdsRestOn: 'Kravene til møter og timer bygger også på:',
    plannedSessions: 'Planlagt:',
    stillMissing: 'Mangler fortsatt:',
    layer: {
      national: 'de nasjonale reglene',
      region: 'regionens tilpasning',
      hospital: 'sykehusets tilpasning',
      group: 'smågruppens tilpasning',
      dispensation: 'legens dispensasjon',
    },
  })
})
