/** What the bundle offers its starters, `dist/cli.js`, `dist/action.js` and `dist/thread.js`: each loads its own part alone. */
export const cli = (): Promise<unknown> => import('./cli.ts');
export const action = (): Promise<unknown> => import('./action.ts');
export const thread = (): Promise<unknown> => import('./thread.ts');
