import { z } from 'zod';
import type { NamedAddress } from './names.ts';

const text = z.string();

const Metadata = z.object({
  name: text,
  namespace: text.optional(),
  labels: z.record(text, text).optional(),
});

const Pod = z.object({
  kind: z.literal('Pod'),
  metadata: Metadata,
  spec: z.object({ hostNetwork: z.boolean().optional() }).optional(),
  status: z.object({
    podIP: text.optional(),
    podIPs: z.array(z.object({ ip: text })).optional(),
  }),
});

const Service = z.object({
  kind: z.literal('Service'),
  metadata: Metadata,
  spec: z.object({
    clusterIP: text.optional(),
    clusterIPs: z.array(text).optional(),
    selector: z.record(text, text).optional(),
  }),
});

const List = z.object({ kind: text, items: z.array(z.unknown()) });

/** What `kubectl get pods,svc -o json` says: a pod is called by the service that selects it. */
export function kubernetesNames(documents: readonly unknown[]): NamedAddress[] {
  const items = documents.flatMap((document) => {
    const list = List.safeParse(document);
    return list.success ? list.data.items : [document];
  });
  const services = items.flatMap((item) => Service.safeParse(item).data ?? []);
  const pods = items.flatMap((item) => Pod.safeParse(item).data ?? []);
  return [
    ...services.flatMap(({ metadata, spec }) =>
      [...new Set([...(spec.clusterIPs ?? []), spec.clusterIP ?? 'None'])]
        .filter((ip) => ip !== 'None' && ip !== '')
        .map((ip) => ({ ip, svc: metadata.name, ...namespace(metadata) })),
    ),
    // Pods in their node's network share its address with all others there.
    ...pods
      .filter(({ spec }) => spec?.hostNetwork !== true)
      .flatMap(({ metadata, status }) => {
        const svc = services.find((service) => selects(service, metadata))?.metadata.name;
        const ips = new Set([...(status.podIPs ?? []).map(({ ip }) => ip), status.podIP ?? '']);
        return [...ips]
          .filter((ip) => ip !== '')
          .map((ip) => ({ ip, pod: metadata.name, ...(svc && { svc }), ...namespace(metadata) }));
      }),
  ];
}

type Meta = z.infer<typeof Metadata>;

function namespace(metadata: Meta): { ns?: string } {
  return metadata.namespace === undefined ? {} : { ns: metadata.namespace };
}

function selects({ metadata, spec }: z.infer<typeof Service>, pod: Meta): boolean {
  const wanted = Object.entries(spec.selector ?? {});
  if (wanted.length === 0 || metadata.namespace !== pod.namespace) return false;
  return wanted.every(([name, value]) => pod.labels?.[name] === value);
}
