/** What JSON.stringify leaves as it is, though a terminal obeys it or a reader doesn't see it. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{NChar}]/gu;

/**
 * A value as JSON for people and programs: nothing in it is invisible. Such characters stand as
 * `\uXXXX`, which means the same to every parser.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  let units = '';
  for (let i = 0; i < character.length; i++) {
    units += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return units;
}
