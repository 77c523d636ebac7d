import { thread } from './index.js';

await thread();
