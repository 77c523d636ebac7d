import { render } from 'preact';
import type { StatusData } from '../../monitor/status-data.ts';
import { restoreTheme } from '../theme-button.tsx';
import { StatusApp } from './status-app.tsx';

restoreTheme();
const data = document.getElementById('data');
const place = document.getElementById('report');
if (data && place) {
  const status = JSON.parse(data.textContent ?? '') as StatusData;
  place.replaceChildren();
  render(<StatusApp first={status} />, place);
}
