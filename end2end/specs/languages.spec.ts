import { expect, test } from '../portal/test.ts';

test('the language is changed in place, and stays', async ({ page }) => {
  await page.goto('/help');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page).toHaveURL('/help');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Help');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('large type is chosen in place, and stays', async ({ page }) => {
  await page.goto('/');
  const size = () => page.locator('body').evaluate((body) => parseFloat(getComputedStyle(body).fontSize));
  const before = await size();
  await page.getByRole('button', { name: '长者模式' }).click();
  await page.goto('/help');
  expect(await size()).toBeGreaterThanOrEqual(Math.max(24, before));
  await page.getByRole('button', { name: '标准模式' }).click();
  expect(await size()).toBe(before);
});
