import { FilingPage } from '../portal/filing_page.ts';
import { FormPage } from '../portal/form_page.ts';
import { soundLicence } from '../portal/licence.ts';
import { people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { expect, test } from '../portal/test.ts';

test('a returned filing is mended where the platform’s comments stand, and filed again', async ({ page, live }) => {
  await signIn(page, people.cosmeticsMaker);
  const licence = soundLicence();
  const first = await FilingPage.file(page, licence);
  const firstId = first.id;
  await platform.received(firstId);
  await platform.takeUp(firstId);
  await platform.sendBack(
    firstId,
    [
      { field: 'number', comment: '编号与附件上的不一致，请核对。' },
      { field: 'valid_until', comment: '截止日期看不清，请照抄证照。' },
    ],
    '请在十个工作日内补正。',
  );

  await test.step('the filing says what to do, and begins the correction', async () => {
    await first.becomes(live, first.state.locator('.status-tag', { hasText: '退回补正' }), 3_000);
    await expect(first.state).toContainText('请在十个工作日内补正。');
    await expect(first.state.locator('.summary-list__row', { hasText: '证照编号' })).toContainText('编号与附件上的不一致');
    await first.correctButton.click();
  });

  const form = new FormPage(page);
  await test.step('comments and old answers stand at their fields', async () => {
    await expect(page.locator('.banner--act')).toContainText('平台退回补正');
    await expect(page.locator('.banner--act')).toContainText('请在十个工作日内补正。');
    await expect(form.field('number').locator('.field__remark')).toContainText('编号与附件上的不一致');
    await expect(form.field('number').locator('.field__remark')).toContainText(`原来填写：${licence.number}`);
    await expect(form.control('number')).toHaveValue(licence.number);
    await expect(form.field('valid_until').locator('.field__remark')).toContainText('截止日期看不清');
    await expect(form.field('title').locator('.field__remark')).toHaveCount(0);
    await expect(form.files).toHaveCount(1);
  });

  await test.step('pressing “correct” once more leads to the same draft', async () => {
    const draftId = form.id;
    await page.goto('/filings');
    await expect(page.locator('.task-list__task', { hasText: licence.title }).filter({ hasText: '补正' }).first()).toBeVisible();
    await page.goto(`/filings/${firstId}`);
    await first.correctButton.click();
    await expect(page).toHaveURL(`/drafts/${draftId}`);
  });

  const mended = `${licence.number}-改`;
  await form.fill({ number: mended, valid_until: '2032-03-04' });
  await form.goOn();
  const review = await ReviewPage.isOpen(page);
  await test.step('the review shows what changed, and only that', async () => {
    await expect(review.row('证照编号')).toContainText(mended);
    await expect(review.row('证照编号').locator('del')).toHaveText(licence.number);
    await expect(review.row('有效期至').locator('del')).toHaveText('2031-03-04');
    await expect(page.locator('del')).toHaveCount(2);
  });

  const second = await review.pledgeAndSubmit();
  await test.step('the new filing names the old one, and the old one points to the new', async () => {
    const taken = await platform.received(second.id);
    expect(JSON.stringify(taken.envelope)).toContain(firstId);
    await page.getByRole('link', { name: '本件是对以下申报的补正' }).click();
    await expect(page).toHaveURL(`/filings/${firstId}`);
    await expect(first.state).toContainText('已由补正件代替');
    await expect(first.correctButton).toHaveCount(0);
    await page.getByRole('link', { name: '已由补正后的申报代替' }).click();
    await expect(page).toHaveURL(`/filings/${second.id}`);
  });
});
