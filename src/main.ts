/** What the bundle offers its two starters, `dist/cli.js` and `dist/action.js`: each loads its own part alone. */
export const cli = (): Promise<unknown> => import('./cli.ts');
export const action = (): Promise<unknown> => import('./action.ts');
