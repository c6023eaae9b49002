// topic.test.ts: what the vocabulary takes, and what it refuses

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { anybody, deciderLaws, given, topicNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { type TopicCommand, type TopicEvent, topic, topicCommands, topicEvents } from './topic.ts'

const asthma = topicNamed('asthma')
const wheezing = topicNamed('wheezing')
const on = legalDate('2024-01-01')

const named: TopicEvent = { type: 'TopicNamed', data: { name: 'Asthma in children' } }
const merged: TopicEvent = { type: 'TopicsMerged', data: { absorbed: wheezing, on } }
const unmerged: TopicEvent = { type: 'TopicsUnmerged', data: { absorbed: wheezing, on } }

const name = (text: string): TopicCommand => ({ type: 'NameTopic', data: { topic: asthma, name: text } })
const merge = (absorbed: typeof asthma): TopicCommand => ({
  type: 'MergeTopics',
  data: { topic: asthma, absorbed, on },
})
const unmerge: TopicCommand = { type: 'UnmergeTopics', data: { topic: asthma, absorbed: wheezing, on } }

describe('a topic', () => {
  test('is named once', () => {
    given(topic)().when(name('Asthma in children')).accepts(named)
    given(topic)(named).when(name('Asthma in children')).doesNothing()
    given(topic)(named).when(name('Asthma')).refuses('TopicNamedAlready', { topic: asthma, name: 'Asthma in children' })
  })

  test('without a name is no command', () => {
    expect(topicCommands.NameTopic?.decode(name(' '))._tag).toBe('Left')
  })

  test('comes before it is merged', () => {
    given(topic)().when(merge(wheezing)).refuses('TopicUnknown', { topic: asthma })
    given(topic)().when(unmerge).refuses('TopicUnknown', { topic: asthma })
  })
})

describe('merging', () => {
  test('S1-16a takes another topic in, once, and lets it go again', () => {
    given(topic)(named).when(merge(wheezing)).accepts(merged)
    given(topic)(named, merged).when(merge(wheezing)).doesNothing()
    given(topic)(named, merged).when(unmerge).accepts(unmerged)
    given(topic)(named, merged, unmerged).when(merge(wheezing)).accepts(merged)
  })

  test('into itself is refused, and so is letting go what was not taken in', () => {
    given(topic)(named).when(merge(asthma)).refuses('TopicIntoItself', { topic: asthma })
    given(topic)(named).when(unmerge).refuses('TopicNotMerged', { absorbed: wheezing })
    given(topic)(named, merged, unmerged).when(unmerge).refuses('TopicNotMerged', { absorbed: wheezing })
  })

  test('survives a new name', () => {
    const renamed: TopicEvent = { type: 'TopicNamed', data: { name: 'Asthma' } }
    given(topic)(named, merged, renamed).when(merge(wheezing)).doesNothing()
    given(topic)(named, renamed).when(name('Asthma')).doesNothing()
  })

  test('of a topic that was never named leaves it unknown', () => {
    expect(topic.evolve(topic.initial, merged)).toEqual({ stage: 'unknown' })
  })
})

describe('the laws of deciders', () => {
  const date = anyDate(legalDate('2024-01-01'), legalDate('2024-01-05'))
  const absorbed = fc.constantFrom(asthma, wheezing, topicNamed('fever'))
  const anyCommand = fc.oneof(
    fc.constantFrom('Asthma', 'Fever').map(name),
    fc
      .record({ absorbed, on: date })
      .map((data): TopicCommand => ({ type: 'MergeTopics', data: { topic: asthma, ...data } })),
    fc
      .record({ absorbed, on: date })
      .map((data): TopicCommand => ({ type: 'UnmergeTopics', data: { topic: asthma, ...data } })),
  )
  const asked = fc.record({ command: anyCommand, context: fc.constant(anybody) })
  for (const { law, holdsFor } of deciderLaws(topic, topicEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(asked, { maxLength: 20 }), (commands) => {
          holdsFor(commands)
        }),
      )
    })
  }
})
