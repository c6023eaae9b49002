// subject.test.ts: whom each parameter is about

import { expect, test } from 'vitest'
import { ruleNames } from './changes.ts'
import { subject } from './subject.ts'

test('what is about a doctor or a group is about no attendance', () => {
  expect(ruleNames.filter((name) => subject[name] === 'doctor')).toEqual([
    'periodYears',
    'nextPeriod',
    'mandatory',
    'electiveMax',
    'coursePoints',
    'courseSubjects',
    'clinicalCourses',
    'clinicalCoursePoints',
    'acuteMedicineCourses',
    'courseDemandsSince',
    'smallGroupSince',
    'practiceVisits',
    'electivePoints',
    'practiceVisitDayCap',
    'practiceVisitCap',
    'sameColleagueVisits',
    'observershipDayCap',
    'observershipCap',
    'clinicDayCap',
    'clinicCap',
    'clinicDaysAbroad',
    'internHalfYearCap',
    'onlineCourseCap',
    'onlineClinicalCourses',
    'onlineCapsSuspended',
    'subjectCap',
    'feeLapsesSince',
  ])
  expect(ruleNames.filter((name) => subject[name] === 'group')).toEqual(['groupSize', 'groupSizeEffect'])
})
