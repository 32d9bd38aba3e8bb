import type { BrowserContext, Page, Request } from '@playwright/test';
import { FormPage } from '../portal/form_page.ts';
import { smallPdf, soundLicence } from '../portal/licence.ts';
import { chooseAtProvider, people, signIn } from '../portal/people.ts';
import { answeredWith, expect, test } from '../portal/test.ts';

async function freshForm(page: Page, person = people.shopkeeper): Promise<FormPage> {
  await signIn(page, person);
  const form = await FormPage.begin(page);
  await form.isAwake();
  return form;
}

async function signOutElsewhere(context: BrowserContext) {
  const elsewhere = await context.newPage();
  await elsewhere.goto('/filings');
  await elsewhere.getByRole('button', { name: '退出登录' }).click();
  await expect(elsewhere.getByRole('button', { name: '退出登录' })).toHaveCount(0);
  await elsewhere.close();
}

test('what is typed is saved by itself and survives closing the tab', async ({ page, context }) => {
  const form = await freshForm(page);
  const { title } = soundLicence();
  const address = page.url();
  await form.control('title').pressSequentially(title);
  await form.isSaved();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await expect(new FormPage(again).control('title')).toHaveValue(title);
});

for (const [how, leave] of [
  ['by a link', (page: Page) => page.getByRole('link', { name: '我的申报' }).first().click()],
  ['for the other language', async (page: Page) => {
    await page.getByRole('button', { name: 'English' }).click();
    // The form itself takes along what was typed.
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  }],
  ['with the keyboard’s way back', (page: Page) => page.goBack()],
] as const) {
  test(`what was typed last stays for who leaves the page at once, ${how}`, async ({ page }) => {
    const form = await freshForm(page);
    const address = page.url();
    await form.control('title').fill('食品经营许可证');
    await form.isSaved();
    await form.control('number').pressSequentially('JY13101200000001');
    await leave(page);
    await expect(async () => {
      await page.goto(address);
      await expect(new FormPage(page).control('number')).toHaveValue('JY13101200000001', { timeout: 500 });
    }).toPass({ timeout: 5_000 });
    await expect(new FormPage(page).control('title')).toHaveValue('食品经营许可证');
  });
}

test('no problem is shown before “continue” has been pressed', async ({ page }) => {
  const form = await freshForm(page);
  await form.control('issued_on').pressSequentially('2026-02-30');
  await form.control('issuer_code').pressSequentially('123');
  await form.control('title').focus();
  await form.isSaved();
  await expect(form.summary).toBeHidden();
  await expect(page.locator('.field--problem')).toHaveCount(0);
  await page.reload();
  await form.isAwake();
  await expect(page.locator('.field--problem')).toHaveCount(0);
});

test('“continue” with problems asks the server nothing', async ({ page }) => {
  const form = await freshForm(page);
  await form.attach();
  await form.fill({ title: '某证照' });
  await form.isSaved();
  const sent: Request[] = [];
  page.on('request', (request) => sent.push(request));
  await form.goOn();
  await expect(form.summary).toBeFocused();
  await expect(page).toHaveTitle(/^错误：/);
  expect(sent.filter((request) => request.method() !== 'PUT').map((request) => request.url())).toEqual([]);
  await expect(form.summary).not.toContainText('请上传证照附件');
  await expect(form.files).toHaveCount(1);
});

test('a problem goes away within 100 ms of being mended, and so does the word in the title', async ({ page }) => {
  const form = await freshForm(page);
  const { title, ...rest } = soundLicence();
  await form.fill({ ...rest, title: '' });
  await form.attach();
  await form.goOn();
  await expect(form.problemAt('title')).toBeVisible();
  await page.evaluate(() => {
    const timed = window as unknown as { took?: number };
    const message = document.querySelector('[data-field=title] .field__problem')!;
    let typed = 0;
    document.querySelector('#f-title')!.addEventListener('input', () => (typed = performance.now()), { capture: true });
    new MutationObserver(() => (timed.took = performance.now() - typed)).observe(message, { attributes: true });
  });
  await form.control('title').press('a');
  await expect(form.problemAt('title')).toBeHidden();
  expect(await page.evaluate(() => (window as unknown as { took: number }).took)).toBeLessThan(100);
  await expect(form.control('title')).not.toHaveAttribute('aria-invalid');
  await expect(form.summary).toBeHidden();
  await expect(page).not.toHaveTitle(/错误/);
});

test('typing before the module has arrived loses nothing', async ({ page, context }) => {
  await signIn(page, people.shopkeeper);
  await context.route('**/*.wasm', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  const form = await FormPage.begin(page);
  await form.control('title').pressSequentially('早于脚本的名称');
  await page.locator('input[name=category][value=honour]').check();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await form.isAwake();
  await expect(form.control('title')).toHaveValue('早于脚本的名称');
  await form.isSaved();
  await context.unroute('**/*.wasm');
  await page.reload();
  await expect(form.control('title')).toHaveValue('早于脚本的名称');
  await expect(page.locator('input[name=category][value=honour]')).toBeChecked();
});

test('what an input method is still composing is neither judged nor saved', async ({ page, context }) => {
  const form = await freshForm(page);
  await form.goOn();
  await expect(form.problemAt('title')).toBeVisible();
  await form.isSaved();
  const saved: string[] = [];
  page.on('request', (request) => request.method() === 'PUT' && saved.push(decodeURIComponent(request.postData() ?? '')));
  const session = await context.newCDPSession(page);
  await form.control('title').focus();
  for (const letters of ['s', 'sh', 'shi', "shi'p", "shi'pin"]) {
    await session.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
  }
  await expect(form.control('title')).toHaveValue("shi'pin");
  await expect(form.problemAt('title')).toBeVisible();
  await page.waitForTimeout(2_000);
  expect(saved).toEqual([]);
  await session.send('Input.insertText', { text: '食品' });
  await expect(form.control('title')).toHaveValue('食品');
  await expect(form.problemAt('title')).toBeHidden();
  await expect.poll(() => saved.length).toBeGreaterThan(0);
  expect(saved.at(-1)).toContain('食品');
  expect(saved.join()).not.toContain("shi'pin");
});

test.describe('two windows', () => {
  test.use({ expectedErrors: answeredWith(409) });

  test('the second window is told, sees both versions and chooses', async ({ page, context }) => {
    const first = await freshForm(page);
    const tab = await context.newPage();
    await tab.goto(page.url());
    const second = new FormPage(tab);
    await second.isAwake();
    await first.fill({ title: '第一个窗口的名称', number: '一' });
    await first.isSaved();
    await second.fill({ title: '第二个窗口的名称', number: '一' });
    await expect(second.saving).toContainText('两份内容都已保留');
    // Going on typing there does not make more and more versions.
    await second.control('issuer').pressSequentially('某机关', { delay: 50 });
    await tab.waitForTimeout(2_500);
    await expect(second.control('title')).toHaveValue('第二个窗口的名称');
    await second.saving.getByRole('button', { name: '比较两份内容并选择' }).click();

    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('同一份草稿有两份内容');
    // What had been saved by itself there and what was typed since are one version: its latest.
    await expect(tab.locator('table')).toHaveCount(1);
    const row = tab.locator('table').locator('tr', { hasText: '证照名称' });
    await expect(row).toContainText('不同');
    await expect(row.locator('td')).toHaveText(['第一个窗口的名称', '第二个窗口的名称']);
    await expect(tab.locator('table tr', { hasText: '证照编号' })).not.toContainText('不同');
    await tab.getByRole('button', { name: '留下后保存的' }).click();
    await expect(second.control('title')).toHaveValue('第二个窗口的名称');
    await expect(second.control('issuer')).toHaveValue('某机关');
    await expect(tab.getByText('两份内容都已保留')).toHaveCount(0);
  });

  test('the version saved first can be kept as well', async ({ page, context }) => {
    const first = await freshForm(page);
    const tab = await context.newPage();
    await tab.goto(page.url());
    const second = new FormPage(tab);
    await first.fill({ title: '先保存' });
    await first.saveButton.click();
    await expect(page).toHaveURL(/saved=1/);
    await second.fill({ title: '后保存' });
    await second.saveButton.click();
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('同一份草稿有两份内容');
    await tab.getByRole('button', { name: '留下先保存的' }).click();
    await expect(second.control('title')).toHaveValue('先保存');
  });
});

test.describe('a session that ends', () => {
  test.use({ expectedErrors: answeredWith(401) });

  test('signing out elsewhere is said with a link, nothing typed is lost, and signing in again saves it', async ({ page, context }) => {
    const form = await freshForm(page);
    const { title } = soundLicence();
    await signOutElsewhere(context);
    await form.control('title').pressSequentially(title);
    await expect(form.saving).toContainText('登录已失效');
    await expect(form.control('title')).toHaveValue(title);
    const [again] = await Promise.all([context.waitForEvent('page'), form.saving.getByRole('link', { name: '在新窗口重新登录' }).click()]);
    await chooseAtProvider(again, people.shopkeeper);
    await expect(again).toHaveURL(new RegExp(`/drafts/${form.id}`));
    await form.isSaved(10_000);
    await expect(form.control('title')).toHaveValue(title);
    await again.reload();
    await expect(new FormPage(again).control('title')).toHaveValue(title);
  });

  test('a post after the session has ended leads back to the draft with everything in it', async ({ page, context }) => {
    const form = await freshForm(page);
    const licence = soundLicence();
    await form.fill({ title: '稍早的名称' });
    await form.isSaved();
    await signOutElsewhere(context);
    await form.fill(licence);
    await form.saveButton.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录已失效，请重新登录');
    await page.locator('main').getByRole('link', { name: '登录' }).click();
    await chooseAtProvider(page, people.shopkeeper);
    await expect(page.getByRole('status').first()).toContainText('刚才填写的内容已放回草稿');
    await expect(form.control('title')).toHaveValue(licence.title);
    await expect(form.control('valid_until')).toHaveValue(licence.valid_until);
    await expect(page.locator('input[name=category][value=permit]')).toBeChecked();
  });
});

test.describe('no network', () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

  test('a lost connection is said, and what was typed is saved when it is back', async ({ page, context }) => {
    const form = await freshForm(page);
    const { title } = soundLicence();
    await context.setOffline(true);
    await form.control('title').pressSequentially(title);
    await expect(form.saving).toContainText('网络不通');
    await context.setOffline(false);
    await form.isSaved(10_000);
    await page.reload();
    await expect(form.control('title')).toHaveValue(title);
  });
});

test('leaving by the browser’s back button and coming back shows the saved draft, not an old one', async ({ page }) => {
  const form = await freshForm(page);
  await form.fill({ title: '一' });
  await form.isSaved();
  await page.goto('/filings');
  await page.goBack();
  await expect(form.control('title')).toHaveValue('一');
  await form.isAwake();
  await form.fill({ title: '二' });
  await form.isSaved();
  await expect(form.saving).not.toContainText('两份');
});
