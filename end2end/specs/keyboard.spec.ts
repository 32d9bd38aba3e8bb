import { FilingPage } from '../portal/filing_page.ts';
import { FormPage } from '../portal/form_page.ts';
import { Keyboard } from '../portal/keyboard.ts';
import { smallPdf, soundLicence } from '../portal/licence.ts';
import { people } from '../portal/people.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { answeredWith, expect, test } from '../portal/test.ts';

test.use({ expectedErrors: answeredWith(422) });

test('the whole journey is done by keyboard alone, and the focus is always seen', async ({ page, live }) => {
  const keyboard = new Keyboard(page);
  const licence = soundLicence();
  const main = page.locator('main');

  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await keyboard.press(main.getByRole('link', { name: '登记信用信息' }));
  await keyboard.press(main.getByRole('link', { name: '资质证照' }));
  await keyboard.press(page.locator(`button[name=person][value=${people.shopkeeper.button}]`));
  await keyboard.press(main.getByRole('button', { name: '开始填写' }));

  const form = new FormPage(page);
  await expect(page).toHaveURL(/\/drafts\//);
  await keyboard.tabTo(form.control('title'));
  await page.keyboard.press('Enter');
  await test.step('Enter in a field means “continue”, and the first problem is one Tab away', async () => {
    await expect(form.summary).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(form.summary.getByRole('link').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(form.control('category')).toBeFocused();
  });
  await page.keyboard.press('Space');
  for (const name of ['title', 'number', 'issuer', 'issued_on', 'valid_until'] as const) {
    await keyboard.type(form.control(name), licence[name]);
  }
  await keyboard.tabTo(form.fileInput);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(smallPdf());
  if (!live) await keyboard.press(form.uploadButton);
  await expect(form.files).toHaveCount(1);
  await keyboard.press(form.continueButton);

  const review = await ReviewPage.isOpen(page);
  await keyboard.tick(review.purpose('publish'));
  await keyboard.press(review.submitButton);
  await expect(review.summary).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(review.pledge).toBeFocused();
  await page.keyboard.press('Space');
  await keyboard.press(review.submitButton);

  const filing = await FilingPage.isOpen(page);
  await keyboard.press(filing.withdrawLink);
  await keyboard.press(main.getByRole('button', { name: '撤回这件申报' }));
  await expect(filing.state).toContainText('已撤回');
  await keyboard.press(page.locator('.header').getByRole('link', { name: '我的申报' }));
  await expect(page.locator('.task-list').getByText(licence.title)).toBeVisible();
  await keyboard.press(page.getByRole('button', { name: '退出登录' }));
  await expect(page.getByRole('status')).toHaveText('您已退出登录。');
});
