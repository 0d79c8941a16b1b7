import { randomUUID } from 'node:crypto';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';

const INSTANCE = randomUUID();

/**
 * `Gossip.Read`: a cluster of one, which leads.
 * @param authority host and port under which the client reached this door, where it says so.
 */
export function clusterInfo(authority: string, host: string, port: number): ClusterInfo {
  const reached = /^(.*?):(\d+)$/.exec(authority);
  const address = (reached?.[1] ?? (authority || host)).replace(/^\[(.*)\]$/, '$1');
  const endPoint = new gossip.EndPoint().setAddress(address).setPort(reached ? Number(reached[2]) : port);
  const member = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(INSTANCE))
    // Ticks of 100 ns, as all times of this protocol.
    .setTimeStamp(`${Date.now()}0000`)
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(endPoint);
  return new gossip.ClusterInfo().setMembersList([member]);
}
