import { byCodeUnit } from '../../support/json.ts';
import type { Evidence, FieldChange, Finding, NotChecked, Severity } from '../finding.ts';
import { bySeverity, lightest } from '../severity.ts';
import { shareShift } from '../share-shift.ts';
import { PLACE_RULES, type PlaceRuleId, type Side } from './rules.ts';
import type { Share } from './share.ts';
import { onEvidence, type Weighed, wordsOf } from './weight.ts';

/** One difference at one place, before it is weighed by side. */
export interface Change extends Weighed {
  readonly rule: PlaceRuleId;
  /** JSON pointer, `*` for the items of an array and the values of a map. */
  readonly pointer: string;
  /** What happened, without its place: one clause, no full stop. */
  readonly what: string;
  /** Pointer of the field that it perhaps is now. */
  readonly renamed?: string;
  readonly base: Share;
  readonly cand: Share;
  /** At most this severe, whatever the rule says. */
  readonly atMost?: Severity;
  /** Only some of the cases had it: a mix of others breaks nobody. */
  readonly ofCases?: true;
  /** Shown before and after; default: the shares. */
  readonly before?: string;
  readonly after?: string;
  readonly baseExamples: readonly string[];
  readonly candExamples: readonly string[];
}

/** A message's side and status, and the part of it that is compared. */
export type Message = Pick<FieldChange, 'side' | 'status' | 'part'>;

const MAX_LISTED = 5;
/** Findings in one message at most, the worst: more is another message, or an attack on the report. */
const MAX_FINDINGS = 500;

const NEW_VALUE: ReadonlySet<PlaceRuleId> = new Set(['schema.enum-value-added', 'error.new-code']);

/** Gathers the changes of one message and turns them into findings. */
export class Reporter {
  readonly #operation: string;
  readonly #side: Side;
  readonly #message: Message;
  readonly #place: string;
  readonly #meaning: (change: Change) => Change | undefined;
  readonly #changes: Change[] = [];
  readonly #tooFew: Change[] = [];

  /** Weighed as what `side` reads; a change is told as what it means, if more is known. */
  constructor(
    operation: string,
    side: Side,
    message: Message,
    meaning: (change: Change) => Change | undefined = () => undefined,
  ) {
    this.#operation = operation;
    this.#side = side;
    this.#message = message;
    this.#place = placeOf(message);
    this.#meaning = meaning;
  }

  add(change: Change): void {
    const told = this.#meaning(change) ?? change;
    if (told.weight === 'same') return;
    if (told.weight === 'too few') this.#tooFew.push(told);
    else if (told.weight !== 'doubtful' || harms(told.rule, this.#side)) {
      this.#changes.push(told);
    }
  }

  /** Whether something is said of a place. */
  tells(pointer: string): boolean {
    return this.#changes.some((change) => change.pointer === pointer);
  }

  findings(): Finding[] {
    const mixed = this.#mixed();
    const all = this.#changes.map((change) =>
      this.#finding(change.ofCases && mixed ? { ...change, atMost: 'warning' } : change),
    );
    if (all.length <= MAX_FINDINGS) return all;
    return all.toSorted((a, b) => bySeverity(b.severity, a.severity)).slice(0, MAX_FINDINGS);
  }

  /** Whether a case that was there is surely not exercised: other losses may come from that. */
  #mixed(): boolean {
    if (this.#side === 'request') return true;
    const renamed = new Set(
      this.#changes
        .filter(({ rule, base }) => NEW_VALUE.has(rule) && base.some === 0)
        .map((change) => change.pointer),
    );
    return this.#changes.some(
      ({ rule, weight, pointer }) =>
        rule === 'schema.enum-value-removed' && weight === 'decided' && !renamed.has(pointer),
    );
  }

  /** What could not be judged for want of values, as one entry. */
  notChecked(): NotChecked[] {
    if (this.#tooFew.length === 0) return [];
    const places = this.#tooFew
      .slice(0, MAX_LISTED)
      .map(({ pointer, base, cand }) => `${pointer || '/'} (${ratio(base)} → ${ratio(cand)})`);
    const more = this.#tooFew.length - places.length;
    const fewest = (side: 'base' | 'cand') =>
      Math.min(...this.#tooFew.map((change) => change[side].all));
    return [
      {
        operation: this.#operation,
        family: 'schema',
        reason: `${this.#place}: too few values to tell at ${places.join(', ')}${more > 0 ? ` and ${more} more places` : ''}.`,
        samples: { baseline: fewest('base'), candidate: fewest('cand') },
      },
    ];
  }

  #finding(change: Change): Finding {
    const { rule, pointer, what, renamed, base, cand } = change;
    const place = this.#place;
    const happened = renamed === undefined ? what : `${what}; perhaps it is ${renamed} now`;
    const doubt = wordsOf(change);
    return {
      rule,
      category: rule.startsWith('error.') ? 'new-error' : 'schema-change',
      ...onEvidence(
        lightest(PLACE_RULES[rule].severity[this.#side], change.atMost ?? 'breaking'),
        change.weight,
      ),
      operation: this.#operation,
      path: `${place} ${pointer}`.trimEnd(),
      field: { ...this.#message, pointer, what, ...(renamed !== undefined && { renamed }) },
      summary: `${pointer === '' ? 'The body' : pointer} of ${place} ${happened} (${ratio(base)} → ${ratio(cand)}).${doubt === undefined ? '' : ` ${doubt}`}`,
      baseline: change.before ?? ratio(base),
      candidate: change.after ?? ratio(cand),
      ...shareShift(base, cand),
      evidence: [
        ...evidence(change.candExamples, 'candidate', pointer),
        ...evidence(change.baseExamples, 'baseline', pointer),
      ],
    };
  }
}

/** In plain form: `response 200`, `request query`; bodies are of JSON where nothing is said. */
export function placeOf({ side, status, part }: Message): string {
  return [side, status, part === 'json' ? undefined : part].filter(Boolean).join(' ');
}

export function ratio({ some, all }: Share): string {
  return `${some}/${all}`;
}

export function evidence(ids: readonly string[], side: Evidence['side'], note: string): Evidence[] {
  return [...ids].sort(byCodeUnit).map((callId) => ({ callId, side, note: note || 'body' }));
}

/** Whether readers are prepared for more than they get, and no more is changed. */
export function narrows(rule: PlaceRuleId): boolean {
  return PLACE_RULES[rule].severity.response === 'info';
}

/** A change that only narrows what a reader gets is not worth a word on doubtful evidence. */
function harms(rule: PlaceRuleId, side: Side): boolean {
  return PLACE_RULES[rule].severity[side] !== 'info' || rule === 'schema.field-added';
}
