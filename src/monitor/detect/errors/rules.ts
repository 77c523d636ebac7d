import type { AlertRule } from '../../alert-rule.ts';

export const BURN_RATE: AlertRule = {
  id: 'errors.burn-rate',
  category: 'errors',
  severity: 'critical',
  title: 'The error budget burns too fast',
  meaning:
    'A workload fails so many calls that its objective for a month would be missed within days, and more than it usually does.',
  method:
    'Burn rates over two windows each (Google, The Site Reliability Workbook, ch. 5, "Alerting on SLOs"): 14.4 times the budget over 1 h and 5 min is critical, 6 times over 6 h and 30 min a warning. Where a share was learned, so many failures must be improbable under it too (beta-binomial with the overdispersion of the learned hours), and three times as many.',
  within: 'two intervals for an outage; 30 minutes to 6 hours for a slow burn',
  confirm: 2,
  clear: 3,
  remedy:
    'Open the failed calls named as evidence. Set another objective under monitor.slos where this one is not meant.',
  symptom: true,
};

export const SHARE: AlertRule = {
  id: 'errors.share',
  category: 'errors',
  severity: 'warning',
  title: 'More calls fail than usual',
  meaning:
    'A larger share of the calls of an operation fails, by the fault of the server or without an answer, than it learned at this time of the week. Critical from 10 times the share or a fifth of the calls on. An operation that came with a rollout, of which nothing is learned, is compared with the other operations of its workload.',
  method:
    "Tail of Pólya's urn (beta-binomial) around the learned share over the last slot, 15, 30 and 60 minutes, with the overdispersion of the learned hours (Pearson's χ² over its degrees of freedom); four windows are corrected for (Bonferroni), and in the longer ones a slot with a burst counts little more than the others (winsorised). At least 3 failures, three times the learned share and 1 % of the calls more. Of an operation that is first called within an hour of a rollout of its workload, or of a caller: at least 5 failures, three times the learned share of the others and 10 % of the calls more, until 50 of its own calls are learned, 6 hours old, and for a day at most.",
  within: 'two intervals for an outage; about 30 minutes for 3 % of 20 calls a slot',
  confirm: 2,
  clear: 3,
  remedy:
    'Open the failed calls named as evidence; look at what the workload itself calls, and at what was deployed since then.',
  symptom: true,
};

export const REJECTIONS: AlertRule = {
  id: 'errors.rejections',
  category: 'errors',
  severity: 'warning',
  title: 'More calls are rejected than usual',
  meaning:
    'A larger share of the calls of an operation is answered with a 4xx status, or what the protocol has instead, than it learned. That is the fault of the caller, or of a server that has become too strict. So is an operation that came with a rollout compared with the other operations of its workload.',
  method:
    'As errors.share, and more reluctant: at least 10 rejections, five times the learned share and 5 % of the calls more, at a hundredth of the chance. Of an operation that came with a rollout: five times the share of the others and 20 % of the calls more; not where most are asked to log in (401, of gRPC 16), unless nearly all are.',
  within: '15 minutes where half of the calls are rejected, 60 minutes where few are',
  confirm: 3,
  clear: 3,
  remedy:
    'See which caller is rejected and what it sends: an expired credential and a changed contract look like this.',
  symptom: true,
};

export const IN_BODIES: AlertRule = {
  id: 'errors.in-bodies',
  category: 'errors',
  severity: 'warning',
  title: 'More answers tell of errors than usual',
  meaning:
    'A larger share of the calls of an operation is answered with a status that says that all is well and a body that tells of an error (`errors` of GraphQL, `error` of JSON-RPC, `isError`, `success: false`) than it learned.',
  method:
    'As errors.rejections, since such an answer may be usual: a wrong password, an article that is sold out. Empty lists and null are no errors; a field that may be the state of what the call is about, as of a job, is not looked at.',
  within: '15 minutes where half of the answers tell of errors, 60 minutes where few do',
  confirm: 3,
  clear: 3,
  remedy: 'Open the calls named as evidence and read what their answers say.',
  symptom: true,
};

export const LIMIT: AlertRule = {
  id: 'errors.limit',
  category: 'errors',
  severity: 'critical',
  title: 'More calls fail than is allowed',
  meaning: 'The share of failed calls of an operation is above the limit that a person set.',
  method:
    'Lower bound of the share (Clopper & Pearson 1934, at 99.9 %) over as many of the last slots, at most 60 minutes, as hold enough calls.',
  within: 'two intervals for an outage',
  confirm: 2,
  clear: 3,
  remedy: 'Open the failed calls named as evidence, or set another max-error-share.',
  symptom: true,
};
