import { FormPage } from '../portal/form_page.ts';
import { soundLicence } from '../portal/licence.ts';
import { chooseAtProvider, people, signIn } from '../portal/people.ts';
import { answeredWith, expect, test } from '../portal/test.ts';

test.use({ expectedErrors: answeredWith(401) });

test('a post after the session has ended leads back to the draft with everything in it, without JavaScript', async ({ page, context }) => {
  await signIn(page, people.agent);
  const form = await FormPage.begin(page);
  const licence = soundLicence();
  await form.fill(licence);

  const elsewhere = await context.newPage();
  await elsewhere.goto('/filings');
  await elsewhere.getByRole('button', { name: '退出登录' }).click();
  await expect(elsewhere.getByRole('button', { name: '退出登录' })).toHaveCount(0);
  await elsewhere.close();

  await form.goOn();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录已失效，请重新登录');
  await expect(page.locator('main')).toContainText('已经暂存 1 小时');
  await page.locator('main').getByRole('link', { name: '登录' }).click();
  await chooseAtProvider(page, people.agent);
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]+\?restored=1$/);
  await expect(page.getByRole('status').first()).toContainText('刚才填写的内容已放回草稿');
  await expect(form.control('title')).toHaveValue(licence.title);
  await expect(form.control('number')).toHaveValue(licence.number);
  await expect(page.locator('input[name=category][value=permit]')).toBeChecked();
});

test('after signing out the home page says so, and the filings ask to sign in again', async ({ page }) => {
  await signIn(page, people.agent);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('status')).toHaveText('您已退出登录。');
  await page.goto('/filings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('选择登录身份');
});
