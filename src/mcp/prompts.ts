/** An argument of a prompt: what it is, and what stands in where none is given. */
interface PromptArgument {
  readonly about: string;
  readonly usual: string;
}

/** A thing that people ask an assistant, in their words, and how it goes about it. */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly arguments: Readonly<Record<string, PromptArgument>>;
  /** What the user says; `{name}` is an argument. */
  readonly says: string;
  /** How to go about it, with the tools there are. */
  readonly steps: string;
}

const workload = (usual: string): PromptArgument => ({
  about: 'the Kubernetes workload, as Kubeshark names it',
  usual,
});
const baseline: PromptArgument = {
  about: 'the baseline file, a path under the folder of the server',
  usual: 'baseline.json',
};

/** The gate's, the monitor's, the incident agent's. */
export const PROMPTS: readonly Prompt[] = [
  {
    name: 'verify_my_changes',
    title: 'Verify that my changes break nothing',
    arguments: { workload: workload('order'), baseline },
    says: "Capture a baseline of the {workload} service's API behaviour, deploy my changes, verify that nothing broke.",
    steps:
      'Call capture_baseline for the workload with output {baseline} while usual traffic flows. Then let the user deploy, or deploy as they tell you to, and wait until the rollout is done. Then call verify_deployment with that baseline and the same workload. Tell the verdict, and each breaking finding by explain_finding.',
  },
  {
    name: 'compare_release',
    title: 'Compare traffic before and after a release',
    arguments: {
      release: { about: 'the name of the release', usual: 'v2.1' },
      before: { about: 'capture or baseline file of before', usual: 'baseline.json' },
      after: { about: 'capture or baseline file of after; none: capture now', usual: 'now' },
    },
    says: 'Compare traffic before and after release {release}, flag any difference in responses or call patterns.',
    steps:
      'Before is {before}, after is {after}. With two files call compare_captures; where after is "now" call verify_deployment with before as the baseline. List every difference, breaking ones first, warnings too (list_findings by cursor until nothing is left), and explain those that a caller would notice.',
  },
  {
    name: 'verify_integration_suite',
    title: 'Run the integration suite and verify the network behaviour',
    arguments: { baseline },
    says: 'Run the integration suite and verify that the network behaves as in the previous release.',
    steps:
      'Call verify_deployment with baseline {baseline} and scenario true: the suite is the one that the server was started with (--run). Where it was started without, ask the user to run the suite, and capture the window of time in which it ran. Tell the verdict and what differs.',
  },
  {
    name: 'watch_cluster',
    title: 'Watch the cluster',
    arguments: {
      duration: { about: 'how long', usual: 'an hour' },
      errors: { about: 'share of failed calls', usual: '1 %' },
      latency: { about: 'P95', usual: '500 ms' },
    },
    says: 'Watch the cluster for {duration}, alert above {errors} errors or {latency}.',
    steps:
      'The monitor does this by itself and without a model. See by monitor_status whether one runs. Where none does, give the user the command: wireproof monitor --listen 127.0.0.1:9464, with --for, --max-error-share and --max-latency set to what was asked. Where one runs, ask monitor_status now and again until the time is over, and tell what fires, since when, and the evidence.',
  },
  {
    name: 'watch_workload',
    title: 'Watch one workload',
    arguments: { workload: workload('payment-service') },
    says: 'Watch {workload} for unusual patterns or unexpected callers.',
    steps:
      'Ask monitor_status, and tell what concerns {workload}: alerts of it, or with it as the caller. Where no monitor runs, give the user the command: wireproof monitor --workload {workload} --listen 127.0.0.1:9464.',
  },
  {
    name: 'traffic_summary',
    title: 'Summarise the traffic again and again',
    arguments: { period: { about: 'how often', usual: '15 minutes' } },
    says: 'Every {period} give me a summary of top talkers, error rates and anomalies.',
    steps:
      'The monitor prints such summaries by itself: wireproof monitor --summary with {period} as a duration (15m). Where one runs with --listen, ask monitor_status each time, and tell the scopes, what fires and what was resolved since the last time.',
  },
  {
    name: 'why_failing',
    title: 'Why does it fail?',
    arguments: {
      symptom: { about: 'what fails', usual: 'checkout' },
      window: { about: 'how far back to look', usual: '30 minutes' },
    },
    says: 'Why does {symptom} fail? Look at the last {window}.',
    steps:
      'Call investigate_incident with the symptom in these words and the window as a duration (30m). Tell the hypothesis with its confidence, when it began, the way it spread, and the calls that prove it (explain_finding with c1). Where it abstains, say so, and what to check next; name no culprit of your own.',
  },
  {
    name: 'outage_review',
    title: 'What went wrong in an outage?',
    arguments: { time: { about: 'when, with the day and the zone', usual: '3 am' } },
    says: 'We had an outage at {time}. What went wrong?',
    steps:
      'Turn {time} into a moment with a zone; ask the user for the day or the zone where they are not clear. Call investigate_incident with since set to it, and start and end about it: half an hour before to an hour after. Tell the timeline, the origin, the path by which it spread, what users felt, and what was ruled out.',
  },
  {
    name: 'intermittent_errors',
    title: 'Which dependency causes errors now and then?',
    arguments: {
      workload: workload('payment'),
      status: { about: 'the status seen', usual: '500' },
    },
    says: '{workload} returns {status} now and then. Which dependency causes it?',
    steps:
      'Call investigate_incident with these words as the symptom. Follow the cascade from the calls of {workload} that failed to what they called (list_findings with part cascade, explain_finding with s1). Tell which dependency failed first and in how many of the calls, or that the calls do not tell.',
  },
];

/** The text with its arguments, or what stands in for them. */
export function filled(
  text: string,
  prompt: Prompt,
  given: Readonly<Record<string, string | undefined>>,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    return given[name] || prompt.arguments[name]?.usual || whole;
  });
}
