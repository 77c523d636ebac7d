import { render } from 'preact';
import type { PageData } from '../html-data.ts';
import type { IncidentPageData } from '../incident/incident-data.ts';
import { App } from './app.tsx';
import { IncidentApp } from './incident/incident-app.tsx';
import { readReport } from './report-data.ts';
import { restoreTheme } from './theme-button.tsx';

restoreTheme();
const data = document.getElementById('data');
const place = document.getElementById('report');
if (data && place) {
  const given = JSON.parse(data.textContent ?? '') as PageData | IncidentPageData;
  place.replaceChildren();
  const app =
    'investigation' in given ? <IncidentApp data={given} /> : <App report={readReport(given)} />;
  render(app, place);
}
