import { Job } from 'kubernetes-models/batch/v1/Job';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { expect, it } from 'vitest';
import { documentsOf, exampleAt, MANIFESTS } from './example-files.ts';

const FOLDER = 'examples/kubernetes-shards/';
const files = MANIFESTS.filter(({ path }) => path.startsWith(FOLDER)).map(({ path }) =>
  path.slice(FOLDER.length),
);
const [shards, merge] = ['shards.yaml', 'merge.yaml'].map(
  (name) => new Job(documentOf(name) as never),
) as [Job, Job];
const claim = new PersistentVolumeClaim(documentOf('persistent-volume-claim.yaml') as never);

function documentOf(name: string): unknown {
  return documentsOf(exampleAt(`kubernetes-shards/${name}`))[0];
}

const podOf = (job: Job) => job.spec?.template.spec;
const containersOf = (job: Job) => [
  ...(podOf(job)?.initContainers ?? []),
  ...(podOf(job)?.containers ?? []),
];
const valuesOf = (job: Job, variable: string) =>
  containersOf(job).flatMap(({ env = [] }) =>
    env.filter(({ name }) => name === variable).map(({ value }) => value),
  );

it('is what the schema of Kubernetes says of its kinds', () => {
  for (const one of [shards, merge, claim]) expect(() => one.validate()).not.toThrow();
  const { metadata, spec } = shards;
  const broken = new Job({ metadata, spec: { ...spec, backoffLimitPerIndex: 'three' } } as never);
  expect(() => broken.validate()).toThrow('backoffLimitPerIndex');
});

it('lists every file', () => {
  const { resources } = documentOf('kustomization.yaml') as { resources: string[] };
  expect(['kustomization.yaml', ...resources].sort()).toEqual(files.toSorted());
});

it('has an index for each shard, and merges as many of the same run', () => {
  const { completionMode, completions, parallelism, backoffLimitPerIndex } = shards.spec ?? {};
  expect({ completionMode, completions }).toEqual({ completionMode: 'Indexed', completions: 16 });
  expect(parallelism).toBeLessThan(16);
  expect(backoffLimitPerIndex).toBeGreaterThan(0);
  expect([...valuesOf(shards, 'SHARDS'), ...valuesOf(merge, 'SHARDS')]).toEqual(['16', '16']);
  expect(new Set([...valuesOf(shards, 'RUN'), ...valuesOf(merge, 'RUN')]).size).toBe(1);
});

it('gives up an index whose usage is wrong, and only that', () => {
  const [ignored, failed] = shards.spec?.podFailurePolicy?.rules ?? [];
  expect(ignored).toMatchObject({ action: 'Ignore' });
  expect(failed).toMatchObject({ action: 'FailIndex', onExitCodes: { values: [2] } });
  const { containerName } = failed?.onExitCodes ?? {};
  expect(podOf(shards)?.containers.map(({ name }) => name)).toEqual([containerName]);
});

it('sets every variable that a script reads', () => {
  const known = ['HOSTNAME', 'JOB_COMPLETION_INDEX', 'START', 'END', 'end'];
  for (const { name, args = [], env = [] } of [...containersOf(shards), ...containersOf(merge)]) {
    const read = [...args.join('\n').matchAll(/\$(?:\(\()?(\w+)/g)].map(([, one]) => one ?? '');
    expect(read.length, name).toBeGreaterThan(1);
    for (const one of read)
      expect([...known, ...env.map((variable) => variable.name)]).toContain(one);
  }
});

it('runs as nobody in particular, and writes to the volume that many may write to', () => {
  expect(claim.spec?.accessModes).toEqual(['ReadWriteMany']);
  for (const job of [shards, merge]) {
    expect(podOf(job)).toMatchObject({
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
    });
    expect(podOf(job)?.securityContext).toMatchObject({ runAsNonRoot: true, fsGroup: 1000 });
    expect(podOf(job)?.volumes?.map((one) => one.persistentVolumeClaim?.claimName)).toEqual([
      claim.metadata?.name,
    ]);
    for (const { image, securityContext, volumeMounts } of containersOf(job)) {
      expect(image).toBe(/image: (\S+)/.exec(exampleAt('tekton/task.yaml').text)?.[1]);
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(volumeMounts).toEqual([{ name: 'results', mountPath: '/results' }]);
    }
  }
});
