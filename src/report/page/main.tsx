import { render } from 'preact';
import type { PageData } from '../html-data.ts';
import { App } from './app.tsx';
import { readReport } from './report-data.ts';
import { restoreTheme } from './theme-button.tsx';

restoreTheme();
const data = document.getElementById('data');
const place = document.getElementById('report');
if (data && place) {
  const report = readReport(JSON.parse(data.textContent ?? '') as PageData);
  place.replaceChildren();
  render(<App report={report} />, place);
}
