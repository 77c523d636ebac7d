import { wilsonInterval } from '../../src/compare/stats/exact.ts';

/** Why a mutant that is not in the sample is left out. */
export const NOT_SAMPLED = 'not in the sample';

/** What is read of Stryker's report (mutation-testing-report-schema). */
export interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}
interface Mutant {
  readonly status: string;
}

/** How many mutants of some files came to which end. */
export interface Score {
  readonly name: string;
  readonly killed: number;
  /** Noticed by never ending. */
  readonly timeout: number;
  readonly survived: number;
  /** Survived, being run by no test. */
  readonly noCoverage: number;
  /** Not judged: run once when a module is loaded, not in the sample, or not valid. */
  readonly leftOut: number;
  /** Share that was noticed, 0…1; and its 95 % interval, were these a sample of many. */
  readonly share: number;
  readonly interval: readonly [number, number];
}

export function scoreOf(name: string, mutants: readonly Mutant[]): Score {
  const of = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timeout] = [of('Killed'), of('Timeout')];
  const [survived, noCoverage] = [of('Survived'), of('NoCoverage')];
  const judged = killed + timeout + survived + noCoverage;
  return {
    name,
    killed,
    timeout,
    survived,
    noCoverage,
    leftOut: mutants.length - judged,
    share: judged === 0 ? 1 : (killed + timeout) / judged,
    interval: wilsonInterval(killed + timeout, judged, 0.95),
  };
}

/** The files of a report, those with most that survived first. */
export function scoresOfFiles({ files }: Report): Score[] {
  return Object.entries(files)
    .map(([name, { mutants }]) => scoreOf(name, mutants))
    .sort((a, b) => missed(b) - missed(a) || (a.name < b.name ? -1 : 1));
}

export function missed({ survived, noCoverage }: Score): number {
  return survived + noCoverage;
}
