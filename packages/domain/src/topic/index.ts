// index.ts: what others may use of the topic's stream

export {
  type Topic,
  type TopicCommand,
  type TopicEvent,
  type TopicRefusal,
  topic,
  topicCommands,
  topicEvents,
} from './topic.ts'
