import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line for machines: "N passed, N failed, N skipped". */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        counts[test.result().state]++;
        tests++;
      }
      if (tests === 0 || module.errors().length > 0) counts.failed++;
    }
    const { passed, failed, skipped } = counts;
    // After the default reporter's own summary, which waits for a tick.
    process.on('exit', () => {
      process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
}
