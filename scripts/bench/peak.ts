/** Loaded before a program whose memory and time are measured: tells both when it ends. */
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const seconds = ((userCPUTime + systemCPUTime) / 1_000_000).toFixed(1);
  process.stderr.write(`peak RSS ${Math.round(maxRSS / 1024)} MiB, processor ${seconds} s\n`);
});
