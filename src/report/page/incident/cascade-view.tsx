import { useMemo } from 'preact/hooks';
import type { CascadeStep } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { placeWords, stepWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { counted } from '../../words.ts';
import { Details } from '../details.tsx';
import { type PlacedEdge, type PlacedNode, place } from '../graph-layout.ts';
import { GraphPicture } from '../graph-picture.tsx';
import { Paged } from '../lazy.tsx';
import { edgeKey } from '../report-data.ts';
import { Operation } from '../text.tsx';
import { CallProofs } from './call-proofs.tsx';
import { cascadeDrawing } from './cascade-drawing.ts';
import { type Player, usePlayer } from './use-player.ts';

/** How it spread, edge by edge in order of onset, with the calls that show each. */
export function CascadeView(props: { steps: readonly CascadeStep[]; times: Times }) {
  const { times } = props;
  const drawn = useMemo(() => cascadeDrawing(props.steps), [props.steps]);
  const placed = useMemo(() => place(drawn.drawing), [drawn]);
  const { steps, origins, reachedBy } = drawn;
  const player = usePlayer(steps.length);
  const orderOf = useMemo(() => new Map(steps.map((step, i) => [keyOf(step), i + 1])), [steps]);
  const classOf = (of: PlacedNode | PlacedEdge) => {
    const nth =
      'name' in of ? (reachedBy.get(of.name) ?? 0) : (orderOf.get(edgeKey(of.from, of.to)) ?? 0);
    const own = 'name' in of && origins.has(of.name) ? 'from-here' : '';
    if (nth > player.step) return `${own} waiting`;
    return nth === player.step && player.playing ? `${own} now` : own;
  };
  return (
    <div class="cascade" ref={player.stage}>
      <PlayerBar player={player} steps={steps} times={times} />
      <GraphPicture
        placed={placed}
        classOf={classOf}
        label="How it spread"
        title="How it spread: from the origin on the left to who called it, and suffered, on the right"
      />
      {drawn.drawing.leftOut > 0 && (
        <p class="muted">{counted(drawn.drawing.leftOut, 'more edge')} not drawn.</p>
      )}
      <Paged items={steps} step={12} noun="edges">
        {(items) => (
          <div class="findings spread">
            {items.map((step) => (
              <Step key={keyOf(step)} step={step} times={times} />
            ))}
          </div>
        )}
      </Paged>
    </div>
  );
}

function PlayerBar(props: { player: Player; steps: readonly CascadeStep[]; times: Times }) {
  const { player, steps, times } = props;
  const { step, playing, toggle, goTo } = player;
  const now = steps[step - 1];
  const when = now?.since ? `${times.both(now.since.at)}: ` : '';
  return (
    <div class="bar player">
      <button type="button" class="quiet play" onClick={toggle}>
        <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
          <path d={playing ? 'M2 1h3v10H2zM7 1h3v10H7z' : 'M2 1l9 5-9 5z'} />
        </svg>{' '}
        {playing ? 'Pause' : 'Play'}
      </button>
      <input
        type="range"
        min={0}
        max={steps.length}
        value={step}
        aria-label="Step of the cascade"
        aria-valuetext={`${step} of ${steps.length}`}
        onInput={(event) => goTo(Number(event.currentTarget.value))}
      />
      <output class="muted">
        {now ? visible(`${when}${placeWords(now.to)}`, 260) : 'at the origin alone'}
      </output>
    </div>
  );
}

function Step({ step, times }: { step: CascadeStep; times: Times }) {
  const { from, to, since, evidence } = step;
  return (
    <Details
      class="finding"
      summary={
        <span class="spread-head">
          <span class="when">
            {since ? times.clock(since.at) : '–'}
            {since && <span class="muted">{times.local(since.at)}</span>}
          </span>
          <span class="what">
            <span>
              <Operation name={placeWords(from)} /> <span class="arrow">→</span>{' '}
              <Operation name={placeWords(to)} />
            </span>
            <span class="muted">{stepWords(step)}</span>
          </span>
        </span>
      }
    >
      {() => (
        <div class="cause-inside">
          {since && <p>Since {times.both(since.at)}.</p>}
          <CallProofs evidence={evidence} times={times} />
        </div>
      )}
    </Details>
  );
}

function keyOf({ from, to }: CascadeStep): string {
  return edgeKey(placeWords(from), placeWords(to));
}
