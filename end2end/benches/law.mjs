// How often a second eligibility and last days are computed in Chromium.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const site = process.env.SITE;
const manifest = JSON.parse(await readFile(join(site, 'manifest.json'), 'utf8'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.route('http://bench.test/**', async (route) => {
  const path = new URL(route.request().url()).pathname;
  if (path === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' });
  const body = await readFile(join(site, path));
  return route.fulfill({ contentType: path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body });
});
await page.goto('http://bench.test/');
const rates = await page.evaluate(
  async ([script, wasm]) => {
    const law = await import(script);
    await law.default({ module_or_path: wasm });
    const rounds = 50_000;
    const rate = (act) => {
      const began = performance.now();
      if (act(rounds) !== rounds) throw new Error('it does not hold');
      return Math.round((rounds * 1000) / (performance.now() - began));
    };
    const median = (act) => [...Array(7)].map(() => rate(act)).sort((a, b) => a - b)[3];
    return { 'eligibility, record read': median(law.eligible), 'last days of an application': median(law.due) };
  },
  [manifest['law_rate.js'], manifest['law_rate.wasm']],
);
console.log(`Chromium ${browser.version()}, a second, median of 7`);
console.table(rates);
await browser.close();
