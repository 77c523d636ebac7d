/** Log of the mean of what is given as logs; the mean of e-values is an e-value. */
export function logMean(logs: readonly number[]): number {
  return logs.length === 0 ? 0 : logSumExp(logs) - Math.log(logs.length);
}

/** Log of the sum of what is given as logs. */
export function logSumExp(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
