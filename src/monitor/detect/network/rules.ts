import type { AlertRule } from '../../alert-rule.ts';

const READINGS =
  'Differences between readings of the L4 flows, where counters only grow (a fall is a restart), else the readings themselves.';

export const HANDSHAKE: AlertRule = {
  id: 'network.handshake',
  category: 'network',
  severity: 'warning',
  title: 'Connections take longer to open',
  meaning:
    'The handshakes of TCP between two workloads take at least 3 times as long as they learned, and 2 ms more: a network path, a node or a full backlog.',
  method: `Logarithm of the median handshake time of a reading against the mean and the variance of those learned, 6 standard deviations off. ${READINGS}`,
  within: '15 minutes, where the Hub tells handshake times',
  confirm: 3,
  clear: 3,
  remedy: 'Look at the nodes of both ends, their CPU, and what else changed in the network.',
  symptom: true,
};

export const RESETS: AlertRule = {
  id: 'network.resets',
  category: 'network',
  severity: 'warning',
  title: 'Connections are reset',
  meaning:
    'A larger share of the connections between two workloads is reset than they learned, three times as many and 5 % more at least.',
  method: `Tail of Pólya's urn (beta-binomial) around the learned share of resets a connection, of which two count as one. ${READINGS}`,
  within: 'two intervals, where the Hub tells resets',
  confirm: 2,
  clear: 3,
  remedy: 'Look for crashes, full queues and time limits that differ between both ends.',
  symptom: true,
};

export const RETRANSMISSIONS: AlertRule = {
  id: 'network.retransmissions',
  category: 'network',
  severity: 'warning',
  title: 'Packets are sent again',
  meaning:
    'A larger share of the packets between two workloads is sent again than they learned, three times as many and 1 % more at least: packets are lost.',
  method: `Tail of Pólya's urn (beta-binomial) around the learned share of packets, of which ten count as one since losses come in bursts. ${READINGS}`,
  within: 'two intervals, where the Hub tells retransmissions',
  confirm: 2,
  clear: 3,
  remedy:
    'Look at the nodes of both ends and what is between them: loss, a full link, a wrong MTU.',
  symptom: true,
};

export const CHURN: AlertRule = {
  id: 'network.churn',
  category: 'network',
  severity: 'warning',
  title: 'Connections are opened far more often',
  meaning:
    'A workload opens many more connections for the calls that it makes than it learned: a pool or keep-alive was lost.',
  method:
    "Distinct connections of the calls of an edge in a slot: at least 2.5 times the learned share of calls, twice the most that was seen of late, and improbable under Pólya's urn (beta-binomial) with the variation learned from slot to slot.",
  within: 'two intervals, where calls name their connections',
  confirm: 2,
  clear: 3,
  remedy:
    'Look at what was deployed to the caller or in between: the size of its pool, keep-alive, time limits for idle connections.',
  symptom: false,
};
