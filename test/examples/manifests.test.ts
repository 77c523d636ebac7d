import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentsOf, EXAMPLES, exampleAt, MANIFESTS, textsOf } from './example-files.ts';

const name = z.string().regex(/^[a-z0-9](?:[-a-z0-9.]{0,61}[a-z0-9])?$/);

const container = z.strictObject({
  name,
  image: z.string().regex(/^[\w./-]+:\d[\w.-]*$/, 'an image with the tag of a version'),
  args: z.array(z.string()).optional(),
  env: z
    .array(
      z.union([
        z.strictObject({ name: z.string(), value: z.string() }),
        z.strictObject({
          name: z.string(),
          valueFrom: z.strictObject({
            secretKeyRef: z.strictObject({
              name,
              key: z.string(),
              optional: z.boolean().optional(),
            }),
          }),
        }),
      ]),
    )
    .optional(),
  ports: z
    .array(z.strictObject({ name: name.optional(), containerPort: z.int().positive() }))
    .optional(),
  readinessProbe: z.looseObject({}).optional(),
  securityContext: z.looseObject({ allowPrivilegeEscalation: z.literal(false) }).optional(),
  resources: z.looseObject({}).optional(),
  volumeMounts: z.array(z.strictObject({ name, mountPath: z.string() })).optional(),
});

const podTemplate = z.strictObject({
  metadata: z.strictObject({ labels: z.record(z.string(), z.string()) }).optional(),
  spec: z.strictObject({
    restartPolicy: z.enum(['Never', 'OnFailure', 'Always']).optional(),
    automountServiceAccountToken: z.literal(false).optional(),
    securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }).optional(),
    containers: z.array(container).min(1),
    volumes: z.array(z.looseObject({ name })).optional(),
  }),
});

const argument = z.strictObject({ name, value: z.string().optional() });

const metadata = z.strictObject({ name, namespace: name.optional() });
const resource = (apiVersion: string, kind: string, spec: z.ZodType) =>
  z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind), metadata, spec });

const labels = z.record(z.string(), z.string());
const ports = z.array(
  z.strictObject({ name, port: z.int(), targetPort: z.union([z.int(), name]) }),
);

const webhook = z.strictObject({
  name: z.string(),
  type: z.enum([
    'confirm-rollout',
    'pre-rollout',
    'rollout',
    'confirm-traffic-increase',
    'confirm-promotion',
    'post-rollout',
    'rollback',
    'event',
  ]),
  url: z.url(),
  timeout: z.string().regex(/^\d+[sm]$/),
  metadata: labels,
});

/** What each kind of resource may hold, by its documents. */
const RESOURCE = z.union([
  resource('v1', 'Service', z.strictObject({ selector: labels, ports })),
  resource(
    'v1',
    'PersistentVolumeClaim',
    z.strictObject({ accessModes: z.array(z.string()), resources: z.looseObject({}) }),
  ),
  resource(
    'apps/v1',
    'Deployment',
    z.strictObject({
      replicas: z.int(),
      strategy: z.strictObject({ type: z.enum(['Recreate', 'RollingUpdate']) }),
      selector: z.strictObject({ matchLabels: labels }),
      template: podTemplate,
    }),
  ),
  resource(
    'argoproj.io/v1alpha1',
    'AnalysisTemplate',
    z.strictObject({
      args: z.array(argument),
      metrics: z.array(
        z.strictObject({
          name,
          count: z.literal(1),
          failureLimit: z.literal(0),
          consecutiveErrorLimit: z.int(),
          provider: z.strictObject({
            job: z.strictObject({
              spec: z.strictObject({
                backoffLimit: z.literal(0),
                activeDeadlineSeconds: z.int(),
                ttlSecondsAfterFinished: z.int(),
                template: podTemplate,
              }),
            }),
          }),
        }),
      ),
    }),
  ),
  resource(
    'argoproj.io/v1alpha1',
    'Rollout',
    z.strictObject({
      replicas: z.int(),
      selector: z.strictObject({ matchLabels: labels }),
      template: podTemplate,
      strategy: z.strictObject({ canary: z.strictObject({ steps: z.array(z.looseObject({})) }) }),
    }),
  ),
  resource(
    'flagger.app/v1beta1',
    'Canary',
    z.strictObject({
      targetRef: z.strictObject({ apiVersion: z.string(), kind: z.string(), name }),
      service: z.strictObject({ port: z.int(), targetPort: z.int() }),
      analysis: z.strictObject({
        interval: z.string(),
        threshold: z.int(),
        stepWeights: z.array(z.int()),
        webhooks: z.array(webhook),
      }),
    }),
  ),
  resource(
    'tekton.dev/v1',
    'Task',
    z.strictObject({
      description: z.string(),
      params: z.array(
        z.strictObject({
          name,
          type: z.literal('string'),
          description: z.string().optional(),
          default: z.string().optional(),
        }),
      ),
      workspaces: z.array(z.strictObject({ name, description: z.string() })),
      results: z.array(z.strictObject({ name, description: z.string() })),
      steps: z.array(container.extend({ workingDir: z.string(), script: z.string() })),
    }),
  ),
]);

/** Those of Kubernetes' own kinds are held to its schemas: kubernetes.test.ts. */
const FOREIGN = MANIFESTS.filter(({ path }) => !path.startsWith('examples/kubernetes'));

it.each(FOREIGN)('$path holds resources as their kinds have them', (example) => {
  for (const document of documentsOf(example)) {
    const result = RESOURCE.safeParse(document);
    expect(result.success ? '' : z.prettifyError(result.error)).toBe('');
  }
});

it('the arguments of a template are those that the rollout gives or that have a default', () => {
  const [template] = documentsOf(exampleAt('argo-rollouts/analysis-template.yaml')) as [
    { spec: { args: { name: string; value?: string }[] } },
  ];
  const rollout = exampleAt('argo-rollouts/rollout.yaml').text;
  const declared = template.spec.args.map((one) => one.name);
  const used = textsOf(template).flatMap((text) =>
    [...text.matchAll(/\{\{args\.(\w+)\}\}/g)].map(([, one]) => one),
  );
  expect([...new Set(used)].sort()).toEqual([...declared].sort());
  for (const { name: one, value } of template.spec.args) {
    if (value === undefined) expect(rollout).toContain(`- name: ${one}\n`);
  }
});

it("the webhooks run what the gate's script knows", () => {
  const script = exampleAt('flagger/gate.sh').text;
  const commands = [...exampleAt('flagger/canary.yaml').text.matchAll(/cmd: gate\.sh (\w+)/g)];
  expect(commands.length).toBe(2);
  for (const [, command] of commands) expect(script).toContain(`  ${command})\n`);
});

describe('shell', () => {
  const scripts = EXAMPLES.flatMap((example) => {
    if (example.path.endsWith('.sh')) return [{ path: example.path, script: example.text }];
    if (!/\.ya?ml$/.test(example.path)) return [];
    return scriptsIn(documentsOf(example)).map((script) => ({ path: example.path, script }));
  });

  it.each(scripts)('of $path parses: $script', ({ script }) => {
    execFileSync('bash', ['-n'], { input: script.replace(/\$\{\{.*?\}\}/g, 'x'), stdio: 'pipe' });
  });

  it('is found in workflows, GitLab and Tekton', () => {
    expect(scripts.length).toBeGreaterThan(15);
    expect(() => execFileSync('bash', ['-n'], { input: 'if true; then', stdio: 'pipe' })).toThrow();
  });
});

it.each(EXAMPLES.filter(({ path }) => path.endsWith('Dockerfile')))(
  '$path pins its images and does not run as root',
  ({ text }) => {
    const images = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    for (const image of images) expect(image).toMatch(/:\d+\.\d+\.\d+(-\w+)?$/);
    expect(/^USER (\w+)$/m.exec(text)?.[1]).toBe('node');
    expect(text.lastIndexOf('\nUSER ')).toBeLessThan(text.indexOf('\nENTRYPOINT ['));
  },
);

/** What a `run`, a `script` or a `cmd` holds. */
function scriptsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!['run', 'script', 'cmd'].includes(key)) return scriptsIn(inner);
    if (typeof inner === 'string') return [inner];
    return Array.isArray(inner) ? inner.filter((one) => typeof one === 'string') : scriptsIn(inner);
  });
}
