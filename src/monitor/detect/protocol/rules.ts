import type { AlertRule } from '../../alert-rule.ts';

const METHOD =
  'The requests of an operation, and its responses status by status, are compared with what was learned of them in this week and the last, by the same comparison that judges deployments (schemas are inferred from bodies; a move between never, sometimes and always is tested with Fisher’s exact test). At least 8 messages (of the last slots together, where an operation is called rarely) against at least 50 learned ones, over a day at least';
const LEARNED =
  'A change that stays is learned 24 hours after it was first seen, and the alert ends.';

/** Bodies that break the learned contract. */
export const SCHEMA: AlertRule = {
  id: 'protocol.schema',
  category: 'protocol',
  severity: 'warning',
  title: 'Bodies break the learned contract',
  meaning:
    'Responses lack a field that they always had, or have a value of a type, a null or a format that they never had; or requests do. Readers fail on it. The workload is who serves the operation; one alert for each kind of message, the worst place in it first.',
  method: `${METHOD}. Told where half of the messages differ and chance explains it with 10⁻⁷ at most, or a quarter of them, ten at least, with 10⁻⁹. Optional fields, new members of objects and shapes that were seen before are no violation.`,
  within: 'In two intervals for an operation that is called 8 times in an interval or more.',
  confirm: 2,
  clear: 3,
  remedy: `Compare the service’s last deployment with \`wireproof verify\`, or tell the readers. ${LEARNED}`,
  symptom: false,
};

/** Messages that can't be read as what they say they are. */
export const MALFORMED: AlertRule = {
  id: 'protocol.malformed',
  category: 'protocol',
  severity: 'warning',
  title: 'Messages are malformed',
  meaning:
    'Bodies do not parse as their content type says, or HTTP messages are none: a status outside of 100 to 599, a method that is no token, a body where there is none (204, 304), two lengths, or a length beside Transfer-Encoding. The workload is who serves the operation.',
  method: `${METHOD}. Told from three such messages on, at least 2 % of them, where chance explains it with 10⁻⁷ at most. Bodies that were cut or redacted are never judged. HTTP by RFC 9110, sections 5.6.2, 6.4.1 and 15, and RFC 9112, section 6.3.`,
  within: 'In two intervals.',
  confirm: 2,
  clear: 3,
  remedy: `Look at the evidence: a proxy that cuts, an encoding that is not told, a broken serializer. ${LEARNED}`,
  symptom: false,
};

/** Another media type than the learned one. */
export const CONTENT_TYPE: AlertRule = {
  id: 'protocol.content-type',
  category: 'protocol',
  severity: 'warning',
  title: 'Bodies have another media type',
  meaning:
    'An operation answers with, or is sent, a media type that it never had: typically the page of a proxy in place of JSON, with status 200. The workload is who serves the operation.',
  method: `${METHOD}. Told from three such messages on, at least 5 % of them, where chance explains it with 10⁻⁷ at most.`,
  within: 'In two intervals.',
  confirm: 2,
  clear: 3,
  remedy: `Look for a proxy or gateway on the way that answers by itself. ${LEARNED}`,
  symptom: false,
};

/** What HTTP asks for beside the body. */
export const SEMANTICS: AlertRule = {
  id: 'protocol.semantics',
  category: 'protocol',
  severity: 'warning',
  title: 'Answers do not mean what their status says',
  meaning:
    'Answers of success tell of an error in the body, which they never did; or answers lost the header that makes their status useful: Location (201, 3xx), Retry-After (429, 503), WWW-Authenticate (401), Allow (405). The workload is who serves the operation.',
  method: `${METHOD}. A header counts where every learned answer had it and half of them lack it; an error in the body where no learned answer of success told of one, from five on and a tenth of them (RFC 9110, sections 10.2 and 15). Whether a GET changes data can’t be seen.`,
  within: 'In two intervals.',
  confirm: 2,
  clear: 3,
  remedy: `Answer with a status of failure, and send the header again. ${LEARNED}`,
  symptom: false,
};
