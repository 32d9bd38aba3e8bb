import { FormPage } from '../portal/form_page.ts';
import { people, signIn } from '../portal/people.ts';
import { expect, test } from '../portal/test.ts';

test('what is typed stays when a language or a size of type is chosen in the form', async ({ page }) => {
  await signIn(page, people.shopkeeper);
  const form = await FormPage.begin(page);
  await form.control('number').fill('JY13101200000001');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(form.control('number')).toHaveValue('JY13101200000001');
  await form.control('title').fill('Food licence');
  await page.getByRole('button', { name: 'Large type' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-type', 'elder');
  await expect(form.control('title')).toHaveValue('Food licence');
});

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
