import { runService } from './service.ts';

/** Kubernetes' health probes, from the node. */
runService([], {
  every: (has) => (has('background') ? 350 : 1000),
  run: async ({ calls }) => {
    const services = ['gateway', 'orders', 'inventory', 'payment', 'audit'];
    const headers = { 'user-agent': 'kube-probe/1.34' };
    await Promise.all(
      services.map((name) => calls.http(`${name}:8080`, 'GET', '/healthz', { headers })),
    );
  },
});
