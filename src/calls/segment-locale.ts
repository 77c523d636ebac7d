const languages: ReadonlySet<string> = new Set(
  (
    'en de fr es it pt nl sv da fi nb nn no pl cs sk hu ro bg el tr ru uk ar he fa hi bn ta te th vi id ms ' +
    'ja ko zh et lv lt sl hr sr ca eu gl is ga mt mk sq af sw'
  ).split(' '),
);
const regions: ReadonlySet<string> = new Set(
  (
    'us gb uk ie ca au nz za in sg de at ch fr be lu es mx ar co cl pe it pt br nl se dk fi no pl cz sk hu ' +
    'ro bg gr cy tr ru ua sa ae eg il ir bd th vn id my jp kr cn tw hk ee lv lt si hr rs mk al'
  ).split(' '),
);

/** Language with region (`en-US`, `pt_br`) or script (`zh-Hans`), BCP 47's common part. */
export function isLocale(text: string): boolean {
  const match = /^([a-z]{2})[-_]([A-Za-z]{2}|[A-Z][a-z]{3}|\d{3})$/.exec(text);
  if (!match) return false;
  const [, language = '', rest = ''] = match;
  if (!languages.has(language)) return false;
  return rest.length === 2 ? regions.has(rest.toLowerCase()) : true;
}

/** Two letters that name a language; words too (`is`, `no`), so no evidence when alone. */
export function isLanguage(text: string): boolean {
  return languages.has(text);
}
