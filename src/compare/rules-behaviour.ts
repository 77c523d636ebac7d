import type { Rule } from './rules.ts';

/** Rules of statuses, errors, latencies, calls made and what could not be judged. */
export const BEHAVIOUR_RULES = {
  'schema.status-removed': {
    category: 'schema-change',
    weight:
      'breaking where it was the answer of nine in ten calls or more that did not fail; warning for 304 where calls ask whether something changed; info otherwise',
    means: 'Calls are never answered with a status of success that they were answered with.',
    why: 'Callers that look for 200 do not take 204 or a redirect for it, and find no body to read.',
    advice: 'Answer with the old status, or teach the callers the new one first.',
  },
  'schema.status-added': {
    category: 'schema-change',
    weight:
      'info; warning where half of the calls or more are answered so now; breaking where nine in ten are, and a tenth or fewer were',
    means: 'Calls are answered with a status of success that they never were, or seldom.',
    why: 'Callers that list the statuses they know do not know it.',
    advice: 'Check that callers take any 2xx for success, and follow redirects.',
  },
  'error.new-status': {
    category: 'new-error',
    weight:
      'breaking; warning where probes fail in a burst that is over, as of starting pods, where it was seen in less than 1 % of the calls, or may have been there, unseen, all along: then the verdict is INCONCLUSIVE at best where that is unlikely; so it is where eight calls or more, and half of them, fail by the server’s fault of an operation that the baseline has not, and a warning from three on; info where a client made a mistake now and then',
    means: 'Calls fail with a status that they never failed with.',
    why: 'Callers meet an error that they were never shown.',
    advice:
      'Open the calls named as evidence. An error that follows from one further down is told there, as its cause.',
  },
  'error.rate-increased': {
    category: 'new-error',
    weight:
      'breaking for errors of the server, and for errors of the client that are three times as frequent, by 10 % of the calls or more; warning for others of the client; for errors that bodies tell of breaking where their share rose by 10 % of the calls and the field speaks of the call alone, else warning',
    means:
      'A larger share of the calls fails with a known status, or is answered by a body that tells of an error: a field for errors that is filled, a flag that denies success (`ok: false`), an outcome that is a failure (`status: error`).',
    why: 'More callers are turned away than before.',
    advice: 'Compare the failing calls with those of the baseline; check the data that they need.',
  },
  'error.new-code': {
    category: 'new-error',
    weight: 'breaking; less on less evidence',
    means: 'A body tells of an error that it never told of, whatever the status says.',
    why: 'GraphQL and many other services answer 200 and put the error into the body; readers meet one that they were never shown.',
    advice: 'Open the calls named as evidence and look at the field for errors.',
  },
  'latency.p95-increased': {
    category: 'performance',
    weight: 'breaking',
    means: 'The slowest twentieth of the calls takes longer than before, beyond all noise.',
    why: 'Timeouts and queues are made by the slow calls, not by the usual ones.',
    advice:
      'Look at the slowest calls, named as evidence, and at what they call; a slower callee is told as the cause.',
  },
  'latency.p50-increased': {
    category: 'performance',
    weight: 'breaking',
    means: 'Half of the calls take longer than before, while the slowest ones do not.',
    why: 'Every caller waits longer.',
    advice: 'Look for work that each call does: a query more, a cache that is not asked.',
  },
  'latency.p99-increased': {
    category: 'performance',
    weight: 'warning',
    means: 'A few calls in a hundred take surely longer than any did, while the others do not.',
    why: 'A page of many calls waits for the slowest; a client with a deadline gives up.',
    advice:
      'Look at the slowest calls, named as evidence: a timeout that was run into, a lookup or a connection tried again, a lock.',
  },
  'payload.size-increased': {
    category: 'performance',
    weight: 'breaking in a response, warning in a request or where some were as large before',
    means: 'Messages are at least five times as large as before, and by 8 kB or more.',
    why: 'It takes longer to send and to read, and more memory on both ends; limits of gateways and clients are met.',
    advice: 'Look for a limit, a filter or a projection that is gone, or for compression.',
  },
  'latency.warm-up': {
    category: 'performance',
    weight: 'info',
    means: 'The first calls took much longer than those after them, on either side.',
    why: 'After a rollout caches are empty and code is not compiled yet; a capture that begins then says more of the start than of the version.',
    advice:
      'Nothing, or capture later. What lasts longer than a quarter of the capture is no warm-up and is compared.',
  },
  'latency.everywhere': {
    category: 'performance',
    weight: 'warning',
    means: 'Most operations became slower by their own time, all by a similar factor.',
    why: 'The machine or its load changed, which no deployment of one service does.',
    advice:
      'Capture again under like load. Latencies are judged beyond the factor that is told here.',
  },
  'call.missing': {
    category: 'missing-call',
    weight:
      'breaking; warning for what one call in ten made, or where a cache or a doubt of the links may explain it; info where the workload also makes such calls by itself, as many in all as before; of what a consumer does by itself breaking where what it did as often goes on, or where it stopped looking for work, or is sent no more of what is published, else warning, and the verdict is INCONCLUSIVE at best; warning for one of three hosts or more that were asked the same',
    means:
      'Handling a call no longer makes a call that it made, or a consumer no longer does what it did for what comes, or has stopped.',
    why: 'What it was for (an audit, an event, a write) no longer happens.',
    advice:
      'Check the feature or the setting that made the call, and whether a consumer that calls nobody runs.',
  },
  'call.extra': {
    category: 'extra-call',
    weight:
      'breaking; warning where it is rare and the workload makes such calls elsewhere, or where the links are in doubt; info where it also makes them by itself, as many in all as before',
    means: 'Handling a call makes a call that it never made.',
    why: 'It costs time and load, and ties the workload to another one.',
    advice: 'Find what makes it; if it is meant, make a new baseline.',
  },
  'call.mutation-added': {
    category: 'behaviour',
    weight:
      'breaking; warning where it is rare and the workload makes such calls elsewhere, or where the links are in doubt; info where it also makes them by itself, as many in all as before',
    means: 'Handling a call makes a call that changes data and that it never made.',
    why: 'Data is written where nothing was.',
    advice: 'Check that the write is meant, and that it may be repeated.',
  },
  'call.new-destination': {
    category: 'extra-call',
    weight:
      'breaking; warning where background calls all lie in a short part of the time, as those of starting pods and jobs do: with a host among them the verdict is INCONCLUSIVE at best; warning for one more host where three are asked the same, one of them before, which keeps the verdict from PASS while there were fewer than eight; warning, and INCONCLUSIVE at best, for messages of a WebSocket inside the cluster, which may be one session’s, and where it is called about some of few things',
    means: 'A workload calls another workload, or an outside host, that it never called.',
    why: 'Data may leave for where it never went, and another thing can fail.',
    advice: 'Find the dependency that makes the call; new telemetry of a library is the usual one.',
  },
  'call.count-changed': {
    category: 'behaviour',
    weight:
      'breaking where it multiplied, also of a workload’s own accord, or was made always; warning where it shifted, or fell and changes no data; info where the workload also makes such calls by itself, as many in all as before',
    means:
      'Handling a call makes more, or fewer, calls of one kind than before, or a consumer does for each message, or each batch of messages, that it takes.',
    why: 'Three queries instead of one pass every test of results, until the load comes.',
    advice: 'Look for a query in a loop, or a cache that no longer answers.',
  },
  'call.order-changed': {
    category: 'behaviour',
    weight: 'breaking',
    means: 'Two calls that were made one after the other are made the other way round.',
    why: 'What the second relied on is not there yet.',
    advice: 'Restore the order; where it does not matter, make a new baseline.',
  },
  'call.retries': {
    category: 'behaviour',
    weight:
      'breaking where there were none; warning where there are more, or where less than a tenth failed, in bursts that are over',
    means: 'Calls are made again after they failed.',
    why: 'Retries hide an error from the answer and multiply the load on what fails.',
    advice: 'Look at why the first one fails, and whether the waits between them grow.',
  },
  'call.back-off-changed': {
    category: 'behaviour',
    weight: 'breaking where the waits no longer grow; warning where they only shrank',
    means: 'Calls that failed are made again at least twice as soon as before.',
    why: 'Waits that grow (1 s, 2 s, 4 s) let what fails recover; those that do not (1 s, 1 s, 1 s) keep it down.',
    advice:
      'Look at the settings of the client; a library that was updated or replaced is the usual cause.',
  },
  'call.auth-missing': {
    category: 'behaviour',
    weight: 'breaking',
    means: 'Calls that carried a credential no longer do.',
    why: 'Either they are refused, or the callee does not check.',
    advice: 'Check how the client is made; a renamed setting is the usual cause.',
  },
  'call.encryption-lost': {
    category: 'behaviour',
    weight: 'breaking',
    means:
      'Calls to a host outside that never went in plain text do (HTTP on a port that is none of TLS).',
    why: 'Who is on the way reads what is sent, and can change it; a credential is then known to others.',
    advice:
      'Call the host with https again; replace the credentials that were sent without. An address in a setting is the usual cause.',
  },
  'call.id-mismatched': {
    category: 'behaviour',
    weight: 'breaking where it is half of the calls or more, warning where it is fewer',
    means: 'Calls that always named the id that was asked for name another.',
    why: 'The callee answers rightly, about something else: what is shown, charged or deleted is another thing.',
    advice: 'Compare the request that was handled with the call that was made for it.',
  },
  'call.parameter-mismatched': {
    category: 'behaviour',
    weight: 'breaking where it is half of the calls or more, warning where it is fewer',
    means:
      'A parameter that always was passed on as it came (in the query or the body, or who asks, in a header) is another in the calls made.',
    why: 'The callee answers rightly, to another question: another page, another amount, in the name of another.',
    advice: 'Compare the request that was handled with the call that was made for it.',
  },
  'call.answer-mismatched': {
    category: 'behaviour',
    weight: 'breaking where it is half of the answers or more, warning where it is fewer',
    means: 'A value that always was answered as a callee had answered it is another.',
    why: 'What the callee knows reaches the caller as something else: another total, fewer items, the name of another.',
    advice:
      'Compare the answer with that of the call that was made for it. Where the value is worked out anew on purpose, accept the difference.',
  },
  'call.echo-mismatched': {
    category: 'behaviour',
    weight: 'breaking where it is half of the answers or more, warning where it is fewer',
    means: 'A value that answers always repeated from their requests is another.',
    why: 'What was asked for was not done, or not as asked: a change that is not kept, an answer to another question.',
    advice: 'Compare the request with its answer, and with what is stored.',
  },
  'coverage.not-exercised': {
    category: 'coverage',
    weight: 'info',
    means: 'An operation of the baseline was not called at all.',
    why: 'Nothing is known of it: it may be gone, or the scenario no longer reaches it.',
    advice: 'Extend the scenario. Where the operation is gone on purpose, make a new baseline.',
  },
  'coverage.too-few': {
    category: 'coverage',
    weight: 'info',
    means: 'An operation of the baseline was called too rarely this time to be judged.',
    why: 'What little was seen would make any answer a guess.',
    advice: 'Run the scenario longer, or lower `--min-samples` and trust less.',
  },
  'coverage.required-missing': {
    category: 'coverage',
    weight: 'warning; the verdict is INCONCLUSIVE at best',
    means: 'An operation under `require:` was not called, or too rarely.',
    why: 'What must work was not tried.',
    advice: 'Extend the scenario, or correct the name of the operation in the configuration.',
  },
  'budget.p95-exceeded': {
    category: 'performance',
    weight: 'breaking; warning while the interval of the P95 still reaches down to the budget',
    means: 'The P95 is above what `require:` allows, whatever it was before.',
    why: 'It was agreed that callers wait no longer.',
    advice: 'Look at the slowest calls, named as evidence.',
  },
  'budget.p99-exceeded': {
    category: 'performance',
    weight: 'breaking; warning while the interval of the P99 still reaches down to the budget',
    means: 'The P99 is above what `require:` allows, whatever it was before.',
    why: 'It was agreed that hardly any caller waits longer.',
    advice: 'Look at the slowest calls, named as evidence.',
  },
  'budget.error-share-exceeded': {
    category: 'new-error',
    weight: 'breaking; warning while the interval of the share still reaches down to the budget',
    means: "A larger share of the calls fails by the server's fault than `require:` allows.",
    why: 'It was agreed that callers are not turned away more often.',
    advice: 'Open the calls named as evidence.',
  },
} as const satisfies Record<string, Rule>;
