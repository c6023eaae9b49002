// topic.ts: a topic of the vocabulary, and that two topics turned out to be one

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { TopicId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { Label } from '../values/text.ts'

// events: these names and fields are what is stored

export const topicNamed = eventType('TopicNamed', t.strict({ name: Label }))
/** The topic `absorbed` is counted as this one from now on; entries keep the wording they were written with. */
export const topicsMerged = eventType('TopicsMerged', t.strict({ absorbed: TopicId, on: LegalDate }))
export const topicsUnmerged = eventType('TopicsUnmerged', t.strict({ absorbed: TopicId, on: LegalDate }))

/** The catalogue of a topic's events, each in every version ever stored. */
export const topicEvents = emptyCatalogue.with(topicNamed).with(topicsMerged).with(topicsUnmerged)

/** Everything that can have happened to a topic, in the newest version of each. */
export type TopicEvent = EventOf<typeof topicNamed> | EventOf<typeof topicsMerged> | EventOf<typeof topicsUnmerged>

// state: what a decision needs to know, and no more

/** A topic as decisions see it. */
export type Topic =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'named'; readonly name: string; readonly absorbed: ReadonlySet<TopicId> }

export const evolve = (topic: Topic, event: TopicEvent): Topic => {
  if (event.type === 'TopicNamed') {
    return { stage: 'named', name: event.data.name, absorbed: topic.stage === 'unknown' ? new Set() : topic.absorbed }
  }
  if (topic.stage === 'unknown') return topic
  const absorbed = new Set(topic.absorbed)
  if (event.type === 'TopicsMerged') absorbed.add(event.data.absorbed)
  else absorbed.delete(event.data.absorbed)
  return { ...topic, absorbed }
}

// commands: data that may come from outside

export const NameTopic = command('NameTopic', { topic: TopicId, name: Label })
export const MergeTopics = command('MergeTopics', { topic: TopicId, absorbed: TopicId, on: LegalDate })
export const UnmergeTopics = command('UnmergeTopics', { topic: TopicId, absorbed: TopicId, on: LegalDate })

/** Everything that can be asked of a topic. */
export type TopicCommand = t.TypeOf<typeof NameTopic> | t.TypeOf<typeof MergeTopics> | t.TypeOf<typeof UnmergeTopics>

/** The codecs of a topic's commands, by type: untrusted JSON is read by them. */
export const topicCommands: Commands<TopicCommand> = { NameTopic, MergeTopics, UnmergeTopics }

// decisions: one switch onto named functions

/** Why a command of a topic is refused, with what says more. */
export type TopicRefusal =
  | { readonly _tag: 'TopicUnknown'; readonly topic: TopicId }
  | { readonly _tag: 'TopicNamedAlready'; readonly topic: TopicId; readonly name: string }
  | { readonly _tag: 'TopicIntoItself'; readonly topic: TopicId }
  | { readonly _tag: 'TopicNotMerged'; readonly absorbed: TopicId }

type TopicDecision = Decision<TopicEvent, TopicRefusal>
type Named = Exclude<Topic, { readonly stage: 'unknown' }>
type Asked<Type extends TopicCommand['type']> = Extract<TopicCommand, { readonly type: Type }>['data']

export const decide =
  (asked: TopicCommand, _context: Context) =>
  (topic: Topic): TopicDecision => {
    if (asked.type === 'NameTopic') return nameTopic(asked.data, topic)
    if (topic.stage === 'unknown') return refuse({ _tag: 'TopicUnknown', topic: asked.data.topic })
    return asked.type === 'MergeTopics' ? mergeTopics(asked.data, topic) : unmergeTopics(asked.data, topic)
  }

const nameTopic = ({ topic: id, name }: Asked<'NameTopic'>, topic: Topic): TopicDecision =>
  topic.stage === 'unknown'
    ? accept(topicNamed.of({ name }))
    : topic.name === name
      ? nothing
      : refuse({ _tag: 'TopicNamedAlready', topic: id, name: topic.name })

const mergeTopics = ({ topic: id, absorbed, on }: Asked<'MergeTopics'>, topic: Named): TopicDecision =>
  absorbed === id
    ? refuse({ _tag: 'TopicIntoItself', topic: id })
    : topic.absorbed.has(absorbed)
      ? nothing
      : accept(topicsMerged.of({ absorbed, on }))

const unmergeTopics = ({ absorbed, on }: Asked<'UnmergeTopics'>, topic: Named): TopicDecision =>
  topic.absorbed.has(absorbed)
    ? accept(topicsUnmerged.of({ absorbed, on }))
    : refuse({ _tag: 'TopicNotMerged', absorbed })

/** A topic as a decider: its stream is `topic-<TopicId>`. */
export const topic: Decider<Topic, TopicCommand, TopicEvent, TopicRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
}
