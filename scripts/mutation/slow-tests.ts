/** Files whose tests simulate whole systems. */
export const SLOW_FILES: ReadonlySet<string> = new Set([
  'test/compare/gate.test.ts',
  'test/compare/calls/index.test.ts',
  'test/compare/visible.test.ts',
]);

/** Tests of bounds, of chance and of bytes, that take longer than all the others of their file. */
export const SLOW_TESTS: ReadonlySet<string> = new Set([
  '500 unchanged operations looked at after each call are called slower at most once',
  'agrees wherever generated objects lost, gained or retyped a field',
  'are none in %s, against the like [0]',
  'are none in %s, against the like [3]',
  'are none in %s, against the like [4]',
  'are the same in another run, to the byte',
  'are told, so that no verdict rests on them, also from a stored profile',
  'but working longer itself is one',
  'bounds what nested names can take, in any order and split',
  'either side of an example, compared with itself, gives no finding',
  'is asked a hundred different questions, of the first',
  'is bounded, and says how much it leaves out',
  'is bounded in elements',
  'is bounded, whatever comes',
  'keeps a map with 200,000 distinct keys small and says so',
  'stays small under paths made up by the hundred thousand',
  'takes an object of 100,000 fields as a map',
  'volatile values: ids, times, tokens, counters, texts, prices, urls',
  'takes longer for them: that is no second finding',
  'windows of one capture have each call once, with what it caused',
]);
