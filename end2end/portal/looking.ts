import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { prepare, type Prepared } from './every_page.ts';
import { test as base } from './test.ts';

/** Everything there is to see is made once in a run, by the worker that comes first; the others wait for it. */
async function preparedOnce(browser: Browser): Promise<Prepared> {
  const place = join(tmpdir(), `chengxin-prepared-${process.env.END2END_RUN}`);
  const file = `${place}.json`;
  for (;;) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    try {
      mkdirSync(place);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    const prepared = await prepare(browser);
    writeFileSync(`${file}.new`, JSON.stringify(prepared), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return prepared;
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** For tests that look at pages. */
export const test = base.extend<{}, { prepared: Prepared }>({
  prepared: [async ({ browser }, use) => use(await preparedOnce(browser)), { scope: 'worker', timeout: 300_000 }],
});
export { expect } from '@playwright/test';
