import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { required } from '../portal/environment.ts';
import { smallPdf, soundLicence } from '../portal/licence.ts';
import { people } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { expect, test } from '../portal/test.ts';

type Old = Awaited<ReturnType<typeof puppeteer.launch>>;
type OldPage = Awaited<ReturnType<Old['newPage']>>;

let browser: Old;
let folder: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-86-'));
  browser = await puppeteer.launch({
    executablePath: required('CHROMIUM_86'),
    args: ['--headless', '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...process.env, LD_LIBRARY_PATH: required('OLD_CHROMIUM_LIB'), FONTCONFIG_PATH: '/etc/fonts' },
    userDataDir: join(folder, 'profile'),
  });
  expect(await browser.version()).toMatch(/Chrome\/86\./);
});

test.afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const click = (page: OldPage, selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const text = (page: OldPage, selector: string): Promise<string> => page.$eval(selector, (element) => (element as HTMLElement).innerText);
const focused = (page: OldPage): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');

/** Boxes that must not overlap: the parts of the header, and each field's label, hint, message and control. */
async function overlaps(page: OldPage): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${width}`);
    const groups = [
      document.querySelectorAll('.header__name, .header__link, .header__who, .header__free'),
      document.querySelectorAll('.field__label, .field__hint, .field__problem, .control, .choice, .button, .file-list__file'),
      document.querySelectorAll('.breadcrumb, h1, .for-whom, #problems, form, .footer__row'),
    ];
    for (const group of groups) {
      const shown = [...group].filter((element) => element.getBoundingClientRect().width > 2 && !element.matches('.unseen'));
      for (const [at, one] of shown.entries()) {
        for (const other of shown.slice(at + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 1 && down > 1) faults.push(`${one.className || one.tagName} “${one.textContent!.slice(0, 12)}” and ${other.className || other.tagName} “${other.textContent!.slice(0, 12)}”`);
        }
      }
    }
    return faults;
  });
}

test('the whole journey is done in Chromium 86 with JavaScript on, as plain HTML and without an error', async () => {
  test.setTimeout(90_000);
  const page = await browser.newPage();
  const errors: string[] = [];
  const fetched: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  page.setDefaultTimeout(10_000);
  const layout = async (state: string) => {
    for (const width of [1280, 360]) {
      await page.setViewport({ width, height: 900 });
      expect(await overlaps(page), `${state} at ${width} px`).toEqual([]);
    }
    await page.setViewport({ width: 1280, height: 900 });
  };

  await page.goto(required('PORTAL_URL'));
  await layout('home');
  await click(page, 'main a[href="/registrations"]');
  await layout('the groups of registration');
  await click(page, 'main a[href="/registrations/licence"]');
  await click(page, `button[name=person][value=${people.cosmeticsMaker.button}]`);
  expect(await text(page, '.header__who')).toContain(people.cosmeticsMaker.name);
  await click(page, 'main button[value=begin]');
  await layout('an empty form');

  const licence = soundLicence();
  await page.type('#f-title', licence.title);
  await click(page, '.actions button[value=continue]');
  expect(await page.title()).toMatch(/^错误：/);
  expect(await focused(page)).toBe('problems');
  expect(await text(page, '[data-field=number] .field__problem')).toContain('请填写证照编号');
  expect(await page.$eval('#f-title', (input) => (input as HTMLInputElement).value)).toBe(licence.title);
  await layout('a form with problems');

  const draftId = new URL(page.url()).pathname.split('/')[2]!;
  await page.click(`input[name=category][value=${licence.category}]`);
  for (const name of ['number', 'scope', 'issuer', 'issued_on', 'valid_until'] as const) await page.type(`#f-${name}`, licence[name]);
  const scan = join(folder, 'licence.pdf');
  writeFileSync(scan, smallPdf().buffer);
  const input = await page.$('#f-files');
  await input!.uploadFile(scan);
  await click(page, 'button[value=upload]');
  expect(await text(page, '.file-list')).toContain('licence.pdf');
  await layout('a form with a file');
  await click(page, '.actions button[value=continue]');
  expect(page.url()).toMatch(/\/review$/);
  await layout('the review');

  await page.click('#purpose-publish');
  await page.click('#pledge');
  await click(page, 'button[value=submit]');
  expect(await text(page, '[role=status]')).toContain('已收到您的申报');
  await layout('the filing');
  const { receipt_number: receipt } = await platform.received(draftId);
  await expect
    .poll(async () => {
      await page.reload();
      return text(page, '#standing');
    }, { timeout: 10_000 })
    .toContain(receipt);

  await click(page, 'a[href$="/withdrawal"]');
  await click(page, 'button[value=confirm]');
  expect(await text(page, '.state')).toContain('已撤回');
  await page.goto(`${required('PORTAL_URL')}/filings`);
  expect(await text(page, 'main')).toContain(licence.title);
  await layout('the list');

  expect(errors, 'errors in the console').toEqual([]);
  expect(fetched.filter((path) => path.endsWith('.wasm')), 'the module is not loaded').toEqual([]);
  expect(fetched.some((path) => /loader.*\.js$/.test(path)), 'the loader was there and decided').toBe(true);
  await page.close();
});

test('in Chromium 86, which cannot sign, a fresh proof of identity confirms a commitment where its template allows that', async () => {
  test.setTimeout(60_000);
  // Nobody who was here before.
  const context = await browser.createIncognitoBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${required('PORTAL_URL')}/sign-in?return_to=/commitments/templates/prepaid-cards`);
  await click(page, `button[name=person][value=${people.shopkeeper.button}]`);
  await click(page, 'form[action="/drafts"] button');
  const draft = new URL(page.url()).pathname.split('/')[2]!;
  await page.type('[name="blank.refund_days"]', '7');
  await page.type('[name="blank.notice_days"]', '30');
  await click(page, '.actions button[value=continue]');
  expect(new URL(page.url()).pathname).toBe(`/drafts/${draft}/review`);
  // The way to the provider and back, as it is shown to whose proof is older than five minutes.
  await page.goto(`${required('PORTAL_URL')}/sign-in?fresh=1&return_to=/drafts/${draft}/review`);
  await click(page, `button[name=person][value=${people.shopkeeper.button}]`);
  expect(new URL(page.url()).pathname).toBe(`/drafts/${draft}/review`);
  const hidesPin = () => document.querySelector<HTMLElement>('#pin')?.offsetParent == null;
  expect(await page.evaluate(hidesPin), 'no PIN is asked for').toBe(true);
  await click(page, '#confirm button');
  expect(new URL(page.url()).pathname).toBe(`/filings/${draft}`);
  const { envelope } = await platform.received(draft);
  expect((envelope.commitment as { signature: { level: string } }).signature.level).toBe('confirmation');
  await context.close();
});
