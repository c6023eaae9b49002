// surroundings.test-kit.ts: what the stand-in says of itself and its cluster before anything is read or written (a test fixture, not a product)

import { randomUUID } from 'node:crypto'
import {
  features,
  type GossipServer,
  gossip,
  type ServerFeaturesServer,
  StreamsService,
  shared,
} from './definitions.test-kit.ts'
import type { Endpoint } from './errors.test-kit.ts'
import type { Node } from './node.test-kit.ts'

/** The version that it stands in for. */
export const serverVersion = '23.10.6'

/** The methods that clients ask for before they choose between two ways to append. */
export const featuresServer = (node: Node): ServerFeaturesServer => ({
  getSupportedMethods: (_call, callback) =>
    node.faults.whenAnswering(() => {
      const methods = new features.SupportedMethods().setEventStoreServerVersion(serverVersion)
      for (const { path } of Object.values(StreamsService)) {
        const [, service = '', method = ''] = path.split('/')
        methods.addMethods(
          new features.SupportedMethod().setServiceName(service.toLowerCase()).setMethodName(method.toLowerCase()),
        )
      }
      callback(null, methods)
    }),
})

const member = ({ address, port }: Endpoint, state: 'LEADER' | 'FOLLOWER') =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(randomUUID()))
    .setTimeStamp(String(Date.now()))
    .setState(gossip.MemberInfo.VNodeState[state])
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port))

/** Who is in the cluster: it alone, or it and the leader that it follows. */
export const gossipServer = (node: Node, itself: () => Endpoint): GossipServer => ({
  read: (_call, callback) =>
    node.faults.whenAnswering(() => {
      const leader = node.faults.leader()
      const members = [member(itself(), leader === undefined ? 'LEADER' : 'FOLLOWER')]
      if (leader !== undefined) members.push(member(leader, 'LEADER'))
      callback(null, new gossip.ClusterInfo().setMembersList(members))
    }),
})
