import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** How a capture is profiled in shards, and how they are put together. */
export const SHARD_OPTIONS = {
  shard: {
    schema: values.shard,
    value: 'I/N',
    input: false,
    verbs: ['profile'],
    help: 'only the part I of N of the time, counted from 0 or from 1; merge the N profiles afterwards',
  },
  into: {
    schema: values.text,
    value: 'PLACE',
    input: false,
    verbs: ['profile'],
    help: "where all shards' profiles go, a folder or s3://BUCKET/PREFIX; one that is there already is not made again",
  },
  from: {
    schema: values.text,
    value: 'PLACE',
    input: false,
    verbs: ['merge'],
    help: 'merge the shards that `profile --into` PLACE left there',
  },
  shards: {
    schema: values.shards,
    value: 'N',
    input: false,
    verbs: ['merge'],
    help: 'how many there must be of them',
  },
  wait: {
    schema: values.duration,
    value: 'DURATION',
    input: false,
    verbs: ['merge'],
    help: 'wait so long for those that are not there yet (not at all)',
  },
  part: {
    schema: values.flag,
    input: false,
    verbs: ['merge'],
    help: 'some of the shards are enough: the result is to be merged with the others',
  },
} as const satisfies Record<string, OptionSpec>;
