import type { SourceKind } from './observation.ts';

/** What captures of a kind are called, and what they can show. */
interface KindOfSource {
  readonly name: string;
  /** Where its calls stand, for who has a file without any. */
  readonly form: string;
  /** The kind that shows the same. */
  readonly like?: SourceKind;
  /** It holds what the code of pages asked, and nothing that services did: that is what is judged. */
  readonly isOfPages?: true;
  /** Who a caller is stands in its address alone. */
  readonly namesByAddress?: true;
  /** Who looks for messages shows only where one came. */
  readonly hidesEmptyLooks?: true;
  /** What none of them shows, however the service changed. */
  readonly unseen?: string;
}

export const SOURCE_KINDS: Readonly<Record<SourceKind, KindOfSource>> = {
  calls: {
    name: 'calls of Kubeshark',
    form: 'a capture holds one Kubeshark call a line, as `--save-calls` writes it',
  },
  har: {
    name: 'HAR',
    form: 'a HAR holds its exchanges in log.entries, each with a request, a response and when it began',
    isOfPages: true,
    unseen:
      'HAR holds what one client asked: calls that services make behind it were not judged; packets or traces of the same run show them',
  },
  // They show what Kubeshark does, who dissects them.
  packets: {
    name: 'packets',
    form: 'a packet capture holds whole packets, of which tshark reads calls',
    like: 'calls',
    namesByAddress: true,
  },
  traces: {
    name: 'traces',
    form: 'traces hold resourceSpans, as the OpenTelemetry collector writes them',
    hidesEmptyLooks: true,
    unseen:
      'traces hold no bodies, and of headers only what instrumentations were told to keep: lost fields and credentials were not judged; packets or HAR of the same run show them',
  },
};
