import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/commands/config/config.ts';
import { parseConfig } from '../../src/commands/config/read.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import { parseCommandLine } from '../../src/commands/parse-command-line.ts';
import { documentsOf, exampleAt, MANIFESTS } from './example-files.ts';

const FOLDER = 'examples/kubernetes/';
const files = MANIFESTS.filter(({ path }) => path.startsWith(FOLDER));
const documents = new Map(
  files.flatMap((file) => documentsOf(file).map((one) => [file.path.slice(FOLDER.length), one])),
) as ReadonlyMap<string, { kind: string; metadata?: { namespace?: string } }>;
const [kustomization, monitoring] = ['kustomization.yaml', 'service-monitor.yaml'].map((name) =>
  documents.get(name),
) as [
  { resources: string[] } | undefined,
  {
    spec: {
      selector: { matchLabels: Record<string, string> };
      endpoints: { port: string; path: string }[];
    };
  },
];

// What is no kind of Kubernetes' own.
const FOREIGN = ['Kustomization', 'ServiceMonitor'];
const KINDS = {
  ConfigMap,
  Deployment,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  Secret,
  Service,
};

function made<K extends keyof typeof KINDS>(kind: K): InstanceType<(typeof KINDS)[K]> {
  const [found] = [...documents.values()].filter((one) => one.kind === kind);
  const Kind = KINDS[kind] as unknown as new (json: unknown) => InstanceType<(typeof KINDS)[K]>;
  return new Kind(found);
}

const deployment = made('Deployment');
const pod = deployment.spec?.template.spec;
const [container] = pod?.containers ?? [];
const labels = deployment.spec?.template.metadata?.labels;
const args = container?.args ?? [];
const argument = (name: string) =>
  args.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);

describe.each([...documents].filter(([, { kind }]) => !FOREIGN.includes(kind)))(
  '%s',
  (_, document) => {
    it('is what the schema of Kubernetes says of its kind', () => {
      expect(Object.keys(KINDS)).toContain(document.kind);
      expect(() => made(document.kind as keyof typeof KINDS).validate()).not.toThrow();
    });
  },
);

it('the schema sees what is wrong', () => {
  const { spec, metadata } = deployment;
  const broken = new Deployment({ metadata, spec: { ...spec, replicas: 'one' } } as never);
  expect(() => broken.validate()).toThrow('replicas');
});

it('everything is in one namespace, and listed but for what needs an operator', () => {
  const listed = [...documents.keys()].filter(
    (name) => !['kustomization.yaml', 'service-monitor.yaml'].includes(name),
  );
  expect(kustomization?.resources.toSorted()).toEqual(listed.toSorted());
  for (const { kind, metadata } of documents.values()) {
    if (['Kustomization', 'Namespace'].includes(kind)) continue;
    expect(metadata?.namespace, kind).toBe(made('Namespace').metadata?.name);
  }
});

it('selectors fit the labels of the pod, and ports are those that it names', () => {
  const service = made('Service');
  const { podSelector, ingress } = made('NetworkPolicy').spec ?? {};
  for (const selector of [
    deployment.spec?.selector.matchLabels,
    service.spec?.selector,
    podSelector?.matchLabels,
    monitoring.spec.selector.matchLabels,
  ]) {
    expect(Object.keys(selector ?? {}).length).toBeGreaterThan(0);
    expect(labels).toMatchObject(selector ?? {});
  }
  expect(service.metadata?.labels).toMatchObject(monitoring.spec.selector.matchLabels);
  const names = container?.ports?.map(({ name }) => name);
  const used = [
    ...(service.spec?.ports ?? []).map(({ targetPort }) => targetPort),
    ...(ingress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port)),
    container?.livenessProbe?.httpGet?.port,
    container?.readinessProbe?.httpGet?.port,
  ];
  expect(used.length).toBe(4);
  for (const name of used) expect(names).toContain(name);
  const [endpoint] = monitoring.spec.endpoints;
  expect(service.spec?.ports?.map(({ name }) => name)).toContain(endpoint?.port);
  expect(container?.ports?.[0]?.containerPort).toBe(Number(argument('listen')?.split(':')[1]));
});

it('the arguments are read by the program, and name what is mounted', async () => {
  const line = parseCommandLine(args);
  if (line.kind !== 'command') throw new Error('it asks for nothing');
  const inputs = toInputs(line.verb, { ...line, env: {}, config: NOTHING });
  expect(line.verb).toBe('monitor');
  expect(inputs.listen).toEqual({ host: '0.0.0.0', port: 9464 });
  const mounts = container?.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];
  for (const name of ['config', 'state', 'kubeshark-token-file']) {
    expect(
      mounts.some((path) => argument(name)?.startsWith(path)),
      name,
    ).toBe(true);
  }
  const volumes = new Map(pod?.volumes?.map((volume) => [volume.name, volume]));
  for (const { name } of container?.volumeMounts ?? []) expect(volumes.has(name)).toBe(true);
  expect(volumes.get('state')?.persistentVolumeClaim?.claimName).toBe(
    made('PersistentVolumeClaim').metadata?.name,
  );
  expect(volumes.get('config')?.configMap?.name).toBe(made('ConfigMap').metadata?.name);
  const { secret } = volumes.get('token') ?? {};
  expect(secret?.secretName).toBe(made('Secret').metadata?.name);
  for (const { key } of secret?.items ?? []) {
    expect(Object.keys(made('Secret').stringData ?? {})).toContain(key);
  }
});

it('the configuration is read by the program', async () => {
  const { data = {} } = made('ConfigMap');
  const [name] = Object.keys(data);
  expect(argument('config')).toMatch(new RegExp(`/${name}$`));
  const { monitor } = await parseConfig(data[name ?? ''] ?? '', 'wireproof.yml');
  expect(monitor.scopes.map((scope) => scope.name)).toEqual(['shop', 'payment']);
  expect(monitor.settings.slos.length).toBe(2);
  expect(monitor.settings.silences.length).toBe(2);
});

it('runs as nobody in particular, one at a time, and can write its state alone', () => {
  expect(deployment.spec?.replicas).toBe(1);
  expect(deployment.spec?.strategy?.type).toBe('Recreate');
  expect(pod?.automountServiceAccountToken).toBe(false);
  expect(pod?.securityContext).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(container?.resources?.limits).toHaveProperty('memory');
  expect(container?.resources?.requests).toHaveProperty('cpu');
  const writable = container?.volumeMounts?.filter(({ readOnly }) => !readOnly);
  expect(writable?.map(({ name }) => name)).toEqual(['state', 'tmp']);
  expect(container?.image).toBe(/image: (\S+)/.exec(exampleAt('tekton/task.yaml').text)?.[1]);
  expect(made('NetworkPolicy').spec?.policyTypes).toEqual(['Ingress', 'Egress']);
});
