// How long signing and verifying take in Chromium: our module beside sm-crypto-v2, turn by turn in the same page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

const site = process.env.SITE;
const manifest = JSON.parse(await readFile(join(site, 'manifest.json'), 'utf8'));
const library = await readFile(join(dirname(createRequire(import.meta.url).resolve('sm-crypto-v2')), 'index.umd.js'), 'utf8');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.route('http://bench.test/**', async (route) => {
  const path = new URL(route.request().url()).pathname;
  if (path === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' });
  const body = await readFile(join(site, path));
  return route.fulfill({ contentType: path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body });
});
await page.goto('http://bench.test/');
await page.evaluate((code) => {
  const module = { exports: {} };
  // All that it asks for is what exchanges keys, which nobody does here.
  new Function('module', 'exports', 'require', code)(module, module.exports, () => ({}));
  globalThis.smCrypto = module.exports;
}, library);
const rows = await page.evaluate(
  async ([script, wasm]) => {
    const ours = await import(script);
    await ours.default({ module_or_path: wasm });
    const { sm2 } = globalThis.smCrypto;
    const key = '07'.repeat(32);
    const publicKey = ours.public_key();
    const message = '承诺内容：依法经营，诚实守信。'.repeat(40);
    const options = { hash: true, publicKey };
    const times = { ourSign: [], ourVerify: [], theirSign: [], theirVerify: [] };
    const timed = (name, act) => {
      const began = performance.now();
      const value = act();
      times[name].push(performance.now() - began);
      return value;
    };
    for (let round = 0; round < 220; round++) {
      const mine = timed('ourSign', () => ours.sign(message, round));
      const other = timed('theirSign', () => sm2.doSignature(message, key, options));
      const sound =
        timed('ourVerify', () => ours.holds(message, publicKey, mine)) &&
        timed('theirVerify', () => sm2.doVerifySignature(message, mine, publicKey, { hash: true })) &&
        ours.holds(message, publicKey, other);
      if (!sound) throw new Error('the two do not agree');
    }
    // The first rounds warm both up.
    const sorted = (list) => list.slice(20).sort((a, b) => a - b);
    const row = (list) => ({ median: sorted(list)[100].toFixed(2), p95: sorted(list)[189].toFixed(2) });
    return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, row(list)]));
  },
  [manifest['signing_rate.js'], manifest['signing_rate.wasm']],
);
console.log(`Chromium ${browser.version()}, milliseconds, 200 rounds by turns`);
console.table(rows);
await browser.close();
