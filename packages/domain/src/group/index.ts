// index.ts: what others may use of the group's stream

export {
  type Group,
  type GroupCommand,
  type GroupEvent,
  type GroupRefusal,
  group,
  groupCommands,
  groupEvents,
} from './group.ts'
