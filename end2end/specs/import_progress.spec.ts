import type { Page } from '@playwright/test';
import { ImportProgress, ImportStartPage } from '../portal/import_start_page.ts';
import { people, signIn } from '../portal/people.ts';
import { expect, test } from '../portal/test.ts';

/** An import whose rows are still being read. */
async function manyRows(page: Page): Promise<ImportProgress> {
  await signIn(page, people.shopkeeper);
  const start = await ImportStartPage.open(page);
  await start.pasteFromClipboard('2025\t预制菜\n'.repeat(5_000));
  const sent = await start.send();
  await expect(sent.main).toContainText('正在读取表格');
  return sent;
}

test('in a browser that is too old for the module the page of an import reloads itself', async ({ page, context }) => {
  await context.addInitScript(() => Object.assign(WebAssembly, { validate: () => false }));
  const sent = await manyRows(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await expect(sent.reloading).toBeVisible();
  await sent.comesToSay('5000 行没有错误，待处理');
  await expect(sent.reloading).toHaveCount(0);
  await sent.putAway();
});

test('where something on the way holds the events back, it is loaded again', async ({ page, context }) => {
  // Never answered.
  await context.route('**/changes', () => {});
  const sent = await manyRows(page);
  await sent.comesToSay('5000 行没有错误，待处理');
  await sent.putAway();
});

test('who has stopped the reloading sees the page as it is', async ({ page, context }) => {
  await context.addInitScript(() => Object.assign(WebAssembly, { validate: () => false }));
  const sent = await manyRows(page);
  await sent.reloading.getByRole('link').click();
  await expect(page).toHaveURL(/\?still=1$/);
  await expect(page.locator('script, meta[http-equiv=refresh]')).toHaveCount(0);
  await page.goto(page.url().replace('?still=1', ''));
  await sent.comesToSay('5000 行没有错误，待处理');
  await sent.putAway();
});
