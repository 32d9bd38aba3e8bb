// How long the page of an enterprise's dishonesty records takes with many of them: medians over visits, each by a browser that
// has kept nothing, at full speed and with the processor slowed down four times.
import { chromium } from '@playwright/test';

const { PORTAL_URL: portal, SANDBOX_URL: sandbox, CHROMIUM: executablePath } = process.env;
const RECORDS = 500;
const VISITS = 15;
const SHOP = '92310120FXXY00035N';

const told = await fetch(`${sandbox}/control/records`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ credit_code: SHOP, more: RECORDS }),
});
if (!told.ok) throw new Error(`the sandbox does not give records: ${told.status}`);

const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ locale: 'zh-CN' });
const first = await context.newPage();
await first.goto(`${portal}/sign-in?return_to=/records`);
await first.locator('button[name=person][value=shopkeeper]').click();
await first.waitForURL(`${portal}/records`);

async function visit(slower) {
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  // A page without a script is interactive once it stands: whatever holds up its thread after that is seen in the first ticks.
  await page.goto(`${portal}/records`, { waitUntil: 'load' });
  const times = await page.evaluate(async () => {
    const [navigation] = performance.getEntriesByType('navigation');
    const box = document.querySelector('input[name=record]');
    const began = performance.now();
    box.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return {
      'first byte': navigation.responseStart - navigation.requestStart,
      'first paint': paint?.startTime ?? NaN,
      interactive: navigation.domInteractive,
      loaded: navigation.loadEventEnd,
      'a tick shown after': box.checked ? performance.now() - began : NaN,
      kilobytes: navigation.encodedBodySize / 1000,
      records: document.querySelectorAll('.record-list__record').length,
    };
  });
  await page.close();
  return times;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
for (const slower of [1, 4]) {
  await visit(slower);
  const visits = [];
  for (let at = 0; at < VISITS; at += 1) visits.push(await visit(slower));
  if (visits.some((times) => times.records < RECORDS)) throw new Error(`there are ${visits[0].records} records, not ${RECORDS}`);
  const say = Object.keys(visits[0]).map((what) => `${what} ${median(visits.map((times) => times[what])).toFixed(1)}`);
  console.log(`processor ${slower === 1 ? 'as it is' : `${slower} times slower`} (ms): ${say.join(', ')}`);
}
await browser.close();
