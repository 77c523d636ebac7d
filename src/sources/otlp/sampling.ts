/** Threshold of rejection in OpenTelemetry's part of `tracestate`; 0 rejects nothing. */
const THRESHOLD = /(?:^|,)\s*ot=(?:[^,]*;)?th:([\da-f]{1,14})(?:[;,]|$)/;
/** The same in an older form: the negative logarithm of the probability. */
const EXPONENT = /(?:^|,)\s*ot=(?:[^,]*;)?p:(\d{1,2})(?:[;,]|$)/;
const PROBABILITIES = ['sampling.probability', 'sampler.param', 'SampleRate'] as const;

/** Whether a span says that it stands for others, which a sampler let go. */
export function isSampled(traceState: string, attributes: ReadonlyMap<string, string>): boolean {
  const threshold = THRESHOLD.exec(traceState)?.[1] ?? EXPONENT.exec(traceState)?.[1];
  if (threshold !== undefined) return !/^0+$/.test(threshold);
  return PROBABILITIES.some((name) => {
    if (name === 'sampler.param' && attributes.get('sampler.type') !== 'probabilistic')
      return false;
    const value = Number(attributes.get(name) ?? '1');
    return name === 'SampleRate' ? value > 1 : value > 0 && value < 1;
  });
}
