import { redactText } from '../../../calls/redact.ts';
import { compareMessages } from '../../../compare/schema/index.ts';
import { fields } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../../support/json.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { SlotView } from '../../measure/slot-view.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import { kflOf } from '../kfl.ts';
import { operationKfl } from '../operation-kfl.ts';
import { readable } from '../readable.ts';
import { isEarly, Sightings } from '../sightings.ts';
import { Contract } from './contract.ts';
import { messagesOf, type SlotMessage } from './contract-messages.ts';
import { MessageCalls } from './message-calls.ts';
import { ENOUGH_MESSAGES, RecentMessages } from './recent-messages.ts';
import { CONTENT_TYPE, MALFORMED, SCHEMA, SEMANTICS } from './rules.ts';
import { type Violation, violationOf } from './violations.ts';

const LEAST_LEARNED = 50;
const MAX_NAMED = 3;

interface Broken {
  readonly key: string;
  readonly message: SlotMessage;
  readonly violations: readonly Violation[];
}

/** Compares a slot’s messages with the learned contract: one pass for all rules of messages. */
class ContractDetector implements Detector<MessageCalls> {
  readonly #contract: Contract;
  readonly #recent: RecentMessages;
  /** Places that differ, by message, rule and path. */
  readonly #seen: Sightings;

  constructor(kept: Json | undefined) {
    [this.#contract, this.#recent, this.#seen] = readable(
      kept,
      (json) => {
        const { contract, recent, seen } = fields(json);
        return [
          Contract.fromJSON(contract),
          RecentMessages.fromJSON(recent),
          Sightings.fromJSON(seen),
        ] as const;
      },
      () => [new Contract(), new RecentMessages(), new Sightings()] as const,
    );
  }

  read(): MessageCalls {
    return new MessageCalls();
  }

  observe(reader: MessageCalls, seen: SeenCall): void {
    reader.add(seen);
  }

  judge(situation: Situation<MessageCalls>): Signal[] {
    const { view, normal, reader } = situation;
    if (isEarly(view.slot, normal.since)) return [];
    return this.#compare(situation).flatMap(({ key, message, violations }) => {
      const told = violations.filter(
        (violation) =>
          violation.told && !this.#isLearned(placeKey(key, violation), view.slot.start),
      );
      return [...Map.groupBy(told, ({ rule }) => rule).values()].map((same) =>
        this.#signal(message, worstFirst(same), situation, reader),
      );
    });
  }

  learn(situation: Situation<MessageCalls>): void {
    const { view, normal } = situation;
    const { start } = view.slot;
    const broken = isEarly(view.slot, normal.since) ? [] : this.#compare(situation);
    const held = new Set<string>();
    for (const { key, violations } of broken) {
      for (const violation of violations) {
        const place = placeKey(key, violation);
        if (!this.#isLearned(place, start)) held.add(key);
        this.#seen.see(place, start, DAY_MS);
      }
    }
    this.#contract.tidy(start);
    for (const [key, { message }] of sortedEntries(messagesOf(view))) {
      const settled = this.#recent.push(key, message, start);
      if (held.has(key)) continue;
      for (const { message: before } of settled) this.#contract.learn(key, before, start);
    }
    this.#recent.forget(start);
    this.#seen.forget(start);
  }

  remembers(): Json {
    return {
      contract: this.#contract.toJSON(),
      recent: this.#recent.toJSON(),
      seen: this.#seen.toJSON(),
    };
  }

  /** Whether a difference began a day ago, so that it is the new normal. */
  #isLearned(place: string, now: number): boolean {
    const seen = this.#seen.get(place);
    return seen !== undefined && now - seen.last <= DAY_MS && now - seen.first >= DAY_MS;
  }

  #compare({ view }: Situation<MessageCalls>): readonly Broken[] {
    const { start } = view.slot;
    const broken: Broken[] = [];
    for (const [key, message] of sortedEntries(messagesOf(view))) {
      const learned = this.#contract.get(key);
      const base = learned?.contract;
      if (!learned || !base || base.count < LEAST_LEARNED || start - learned.first < DAY_MS)
        continue;
      const cand = this.#recent.with(key, message.message, start);
      if (cand.count < ENOUGH_MESSAGES) continue;
      const { operation, side, status } = message;
      const { findings } = compareMessages({
        operation,
        side,
        ...(status !== undefined && { status }),
        base,
        cand,
        minSamples: ENOUGH_MESSAGES,
      });
      const violations = findings.flatMap((finding) => violationOf(finding, message) ?? []);
      if (violations.length > 0) broken.push({ key, message, violations });
    }
    return broken;
  }

  #signal(
    message: SlotMessage,
    [worst, ...others]: readonly [Violation, ...Violation[]],
    { view, normal }: Situation<MessageCalls>,
    reader: MessageCalls,
  ): Signal {
    const { workload, operation, side } = message;
    const { finding, share, messages, chance } = worst;
    const path = redactText(finding.path ?? side).slice(0, 300);
    const ids = new Set(
      [worst, ...others].flatMap(({ finding }) =>
        finding.evidence.filter((each) => each.side === 'candidate').map(({ callId }) => callId),
      ),
    );
    const evidence = reader.find(operation, ids, path);
    const named = others.slice(0, MAX_NAMED).map((other) => other.finding.path ?? '');
    const more = others.length - named.length;
    const besides =
      named.length === 0
        ? ''
        : ` Also: ${redactText(named.join(', '))}${more > 0 ? ` and ${more} more` : ''}.`;
    return {
      rule: worst.rule.id,
      subject: { workload, operation, detail: path },
      summary: `${operation}: ${redactText(finding.summary).slice(0, 400)}${besides}`,
      since: evidence[0]?.ts ?? view.slot.start,
      value: share,
      expected: 0,
      unit: 'ratio',
      chance,
      events: messages,
      evidence,
      kfl: kflOfMessage(view, message),
      checked: `${finding.samples.candidate} messages against ${finding.samples.baseline} learned ones (${normal.words}). A change that stays is learned 24 hours after it began.`,
    };
  }
}

function kflOfMessage(
  { operations }: SlotView,
  { operation, workload, status }: SlotMessage,
): string {
  const code = status !== undefined && /^\d{3}$/.test(status) ? { status: Number(status) } : {};
  const name = operations.get(operation)?.name;
  return name ? operationKfl(name, code) : kflOf({ callee: workload, ...code });
}

function placeKey(key: string, { rule, finding }: Violation): string {
  return `${key}\n${rule.id} ${finding.path ?? ''}`;
}

/** The largest share first, then the shortest place: the same in every slot, as far as can be. */
function worstFirst(violations: readonly Violation[]): [Violation, ...Violation[]] {
  const size = ({ share }: Violation) => Math.round(share * 4);
  return violations.toSorted(
    (a, b) =>
      size(b) - size(a) ||
      (a.finding.path?.length ?? 0) - (b.finding.path?.length ?? 0) ||
      byCodeUnit(a.finding.path ?? '', b.finding.path ?? ''),
  ) as [Violation, ...Violation[]];
}

export const contract: DetectorKind = {
  name: 'protocol.contract',
  rules: [SCHEMA, MALFORMED, CONTENT_TYPE, SEMANTICS],
  create: (kept) => new ContractDetector(kept) as Detector,
};
