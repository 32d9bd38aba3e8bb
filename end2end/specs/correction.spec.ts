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
    await expect(form.field('valid_until').locator('.field__remark')).toContainText(`原来填写：${licence.valid_until}`);
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
  await test.step('what had been filed stays at its field while it is mended', async () => {
    await form.saveButton.click();
    await expect(page).toHaveURL(/saved=1/);
    await expect(form.control('number')).toHaveValue(mended);
    await expect(form.field('number').locator('.field__remark')).toContainText(`原来填写：${licence.number}`);
  });
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
    const [before, after] = [await platform.received(firstId), await platform.received(second.id)];
    expect(after.envelope.revises).toBe(firstId);
    // Both stand on the platform’s desk: what changed is what differs between them, and nothing else does.
    expect(after.envelope.content).toEqual({ ...before.envelope.content, number: mended, valid_until: '2032-03-04' });
    expect(after.envelope.attachments).toEqual(before.envelope.attachments);
    expect(before.envelope.content.number).toBe(licence.number);
    await page.getByRole('link', { name: '本件是对以下申报的补正' }).click();
    await expect(page).toHaveURL(`/filings/${firstId}`);
    await expect(first.state).toContainText('已由补正件代替');
    await expect(first.correctButton).toHaveCount(0);
    await page.getByRole('link', { name: '已由补正后的申报代替' }).click();
    await expect(page).toHaveURL(`/filings/${second.id}`);
  });

  await test.step('whoever verifies it sees the new answers and which filing they mend', async () => {
    await page.goto(platform.pageOf(second.id));
    await expect(page.locator('dt:text-is("补正自") + dd')).toHaveText(firstId);
    // First all that was filed, then what is new in it.
    const number = page.locator('dt:text-is("number") + dd');
    await expect(number.first()).toHaveText(mended);
    await expect(number.last()).toHaveText(new RegExp(`→ ${mended}$`));
    await expect(page.locator('dt:text-is("valid_until") + dd').first()).toHaveText('2032-03-04');
  });
});

test('comments on choices, on files and on the whole stand where they belong, in words', async ({ page, live }) => {
  await signIn(page, people.cosmeticsMaker);
  const filing = await FilingPage.file(page);
  await platform.received(filing.id);
  await platform.takeUp(filing.id);
  await platform.sendBack(filing.id, [
    { field: 'category', comment: '这是认证，不是许可。' },
    { field: 'valid_from', comment: '请填写起始日期。' },
    { field: 'files', comment: '第二页缺失。' },
    // The wire lets the platform speak of the pledge, too, which is no field of the form.
    { field: 'pledge', comment: '承诺书须由法定代表人确认。' },
  ]);
  await filing.becomes(live, filing.state.locator('.status-tag', { hasText: '退回补正' }), 3_000);
  for (const words of ['这是认证，不是许可。', '请填写起始日期。', '第二页缺失。', '承诺书须由法定代表人确认。']) await expect(filing.state).toContainText(words);
  expect.soft(await filing.state.innerText(), 'no name of the wire').not.toContain('pledge');
  await filing.correctButton.click();

  const form = new FormPage(page);
  await expect(page.locator('.banner--act')).toContainText('承诺书须由法定代表人确认。');
  await expect(form.field('files').locator('.field__remark')).toContainText('第二页缺失。');
  // Where nothing had been filed, nothing is said to have been.
  await expect(form.field('valid_from').locator('.field__remark')).toHaveText('平台意见：请填写起始日期。');
  await expect(form.field('category').locator('.field__remark')).toContainText('这是认证，不是许可。');
  await expect(page.locator('.field__remark')).toHaveCount(3);
  expect.soft(await form.field('category').locator('.field__remark').innerText(), 'the old choice, in words').toContain('原来填写：许可');
});
