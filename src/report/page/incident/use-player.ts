import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** All of it takes about so long, ms; a step not longer than the second. */
const WHOLE_MS = 12_000;
const STEP_MS = 1_200;

export interface Player {
  /** Steps shown, 0 to `count`. */
  readonly step: number;
  readonly playing: boolean;
  readonly toggle: () => void;
  /** Goes to a step, and stays there. */
  readonly goTo: (step: number) => void;
  /** What plays: it begins by itself when it is first seen, where motion is welcome. */
  readonly stage: RefObject<HTMLDivElement | null>;
}

/** Plays steps one after another; where it does not, all of them are shown. */
export function usePlayer(count: number): Player {
  const [step, setStep] = useState(count);
  const [playing, setPlaying] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const begin = () => {
    setStep(0);
    setPlaying(true);
  };
  useEffect(() => {
    if (!playing) return;
    const every = Math.min(STEP_MS, WHOLE_MS / count);
    const timer = setInterval(() => setStep((now) => Math.min(count, now + 1)), every);
    return () => clearInterval(timer);
  }, [playing, count]);
  useEffect(() => {
    if (playing && step === count) setPlaying(false);
  }, [playing, step, count]);
  useEffect(() => {
    if (!stage.current || !matchMedia('(prefers-reduced-motion: no-preference)').matches) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        begin();
      },
      { threshold: 0.4 },
    );
    observer.observe(stage.current);
    return () => observer.disconnect();
  }, []);
  return {
    step,
    playing,
    toggle: () => (!playing && step === count ? begin() : setPlaying(!playing)),
    goTo: (to) => {
      setPlaying(false);
      setStep(to);
    },
    stage,
  };
}
