import { FilingPage } from '../portal/filing_page.ts';
import { FormPage } from '../portal/form_page.ts';
import { smallPdf, soundLicence } from '../portal/licence.ts';
import { chooseAtProvider, people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { answeredWith, expect, test } from '../portal/test.ts';

test.describe('registering a licence', () => {
  // The review page with a problem is answered with 422, and Chromium notes that in its console.
  test.use({ expectedErrors: answeredWith(422) });

  test('a licence is registered from the home page to its publication', async ({ page, live }) => {
    const licence = soundLicence();
    const person = people.legalRepresentative;

    await test.step('the home page leads to signing in, and back to where one was going', async () => {
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('企业信用，自己在线办');
      await page.getByRole('link', { name: '登记信用信息' }).click();
      await page.getByRole('main').getByRole('link', { name: '资质证照' }).click();
      await chooseAtProvider(page, person);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('资质证照登记');
      await expect(page.locator('.header__who')).toContainText(person.name);
      await expect(page.locator('.header__who')).toContainText(`${person.enterprise}（法定代表人）`);
    });

    await page.getByRole('button', { name: '开始填写' }).click();
    const form = new FormPage(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('资质证照登记');
    const draftId = form.id;

    await test.step('problems are said on top and at their fields, and what was typed is kept', async () => {
      await form.fill({ ...licence, issued_on: '2026年2月30日', number: '' });
      await form.goOn();
      await expect(form.summary).toBeFocused();
      await expect(page).toHaveTitle(/^错误：/);
      await expect(form.summary.getByRole('link')).toHaveText([
        '请填写证照编号',
        '发证日期填写的这一天不存在，请核对年月日',
        '请上传证照附件',
      ]);
      await expect(form.problemAt('number')).toHaveText('错误：请填写证照编号');
      await expect(form.problemAt('issued_on')).toContainText('这一天不存在');
      await expect(form.control('number')).toHaveAttribute('aria-invalid', 'true');
      await expect(form.control('issued_on')).toHaveValue('2026年2月30日');
      await expect(form.control('title')).toHaveValue(licence.title);
      await expect(page.locator('input[name=category][value=permit]')).toBeChecked();
      for (const [sentence, name] of [['请填写证照编号', 'number'], ['这一天不存在', 'issued_on'], ['请上传证照附件', 'files']] as const) {
        await form.summary.getByRole('link', { name: sentence }).click();
        await expect(form.control(name)).toBeFocused();
      }
    });

    await test.step('a file is attached and can be opened', async () => {
      await form.fill({ issued_on: '2026年3月5日', number: licence.number });
      await form.attach(smallPdf('食品经营许可证.pdf'));
      await expect(form.files).toContainText('已上传');
      const href = await form.files.getByRole('link').getAttribute('href');
      const answer = await page.request.get(href!);
      expect(answer.headers()['content-type']).toBe('application/pdf');
      expect(await answer.body()).toEqual(smallPdf().buffer);
    });

    await form.goOn();
    const review = await ReviewPage.isOpen(page);

    await test.step('the review shows every answer in its normal form', async () => {
      await expect(review.row('证照类别')).toContainText('许可');
      await expect(review.row('证照名称')).toContainText(licence.title);
      await expect(review.row('发证日期')).toContainText('2026-03-05');
      await expect(review.row('有效期自')).toContainText('未填写');
      await review.row('证照编号').getByRole('link').click();
      await expect(form.control('number')).toBeInViewport();
      await page.goBack();
    });

    await test.step('without the pledge nothing is filed, and what was authorised stays ticked', async () => {
      await review.purpose('publish').check();
      await review.purpose('report').check();
      await review.submitButton.click();
      await expect(review.summary).toBeFocused();
      await expect(page).toHaveTitle(/^错误：/);
      await expect(review.purpose('publish')).toBeChecked();
      await expect(review.purpose('evaluate')).not.toBeChecked();
      await expect(review.purpose('report')).toBeChecked();
      await review.summary.getByRole('link').click();
      await expect(review.pledge).toBeFocused();
      expect(await platform.submission(draftId)).toBeUndefined();
    });

    const filing = await review.pledgeAndSubmit();
    await test.step('the filing is received, with a number, and reaches the platform by itself', async () => {
      expect(filing.id).toBe(draftId);
      await expect(page.getByRole('status').first()).toContainText('已收到您的申报');
      const reference = await filing.reference();
      await expect(page.getByRole('status').first()).toContainText(reference);
      const taken = await platform.received(filing.id);
      expect(taken.puts).toBe(1);
      expect(JSON.stringify(taken.envelope)).toContain(licence.title);
      await filing.becomes(live, filing.number('平台回执号').getByText(taken.receipt_number), 5_000);
    });

    await test.step('what the platform decides appears, newest first', async () => {
      await platform.takeUp(filing.id, '审核岗王工');
      await filing.becomes(live, filing.state.getByText('平台核验中'), 3_000);
      await expect(filing.state).toContainText('审核岗王工');
      await platform.grant(filing.id);
      await filing.becomes(live, filing.state.getByText('已核验'), 3_000);
      await platform.publish(filing.id, '2029-11-22');
      await filing.becomes(live, filing.number('公示').getByText('公示中，至 2029-11-22'), 3_000);
      await expect(filing.history).toHaveText([/开始公示/, /核验通过/, /审核岗王工开始核验/, /平台收到，回执号/, /提交申报/]);
      await expect(filing.withdrawLink).toHaveCount(0);
      await expect(page.getByText('授权在信用奉贤网站公示')).toBeVisible();
      await expect(page.getByText('授权用于公共信用评价')).toHaveCount(0);
    });

    await test.step('the draft has become the filing: its address leads there', async () => {
      await page.goto(`/drafts/${draftId}`);
      await expect(page).toHaveURL(`/filings/${draftId}`);
    });
  });
});

test('a filing is withdrawn after a confirmation, and a draft deleted after one', async ({ page, live }) => {
  await signIn(page, people.shopkeeper);
  const licence = soundLicence();
  const filing = await FilingPage.file(page, licence);
  const reference = await filing.reference();
  await platform.received(filing.id);
  await page.reload();

  await filing.withdrawLink.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('确认撤回申报');
  await expect(page.locator('main')).toContainText(`${licence.title} · ${reference}`);
  await page.getByRole('link', { name: '不了，返回' }).click();
  await expect(filing.withdrawLink).toBeVisible();
  await filing.withdrawLink.click();
  await page.getByRole('button', { name: '撤回这件申报' }).click();
  await expect(filing.state).toContainText('已撤回');
  await filing.becomes(live, filing.state.getByText('平台已确认撤回'), 5_000);
  await expect(filing.withdrawLink).toHaveCount(0);

  const form = await FormPage.begin(page);
  const draft = soundLicence();
  await form.fill(draft);
  await form.saveButton.click();
  await expect(page.getByRole('status').first()).toContainText('草稿已保存');

  await page.goto('/filings');
  const entry = page.locator('.task-list__task', { hasText: draft.title });
  await expect(entry).toContainText(people.shopkeeper.name);
  await expect(page.locator('.task-list__task', { hasText: reference })).toContainText('已撤回');
  await entry.getByRole('link', { name: `删除 ${draft.title}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('确认删除草稿');
  await page.getByRole('link', { name: '不了，返回' }).click();
  await page.goto('/filings');
  await entry.getByRole('link', { name: '删除' }).click();
  await page.getByRole('button', { name: '删除这份草稿' }).click();
  await expect(page).toHaveURL(/\/filings\?deleted=1$/);
  await expect(page.getByRole('status').filter({ hasText: '草稿已删除。' })).toBeVisible();
  await expect(entry).toHaveCount(0);
});

test('a refused file is named with its reason, and can be removed', async ({ page }) => {
  await signIn(page, people.shopkeeper);
  const form = await FormPage.begin(page);
  await form.fill(soundLicence());
  await form.attach({ name: '其实是网页.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<!DOCTYPE html>') });
  await expect(form.files).toContainText('未收下');
  await form.goOn();
  await expect(form.summary).toContainText('“其实是网页.pdf”不是 PDF、JPG、PNG、HEIC 或 OFD 文件');
  await form.files.getByRole('button', { name: '移除 其实是网页.pdf' }).click();
  await expect(form.files).toHaveCount(0);
  await form.attach();
  await form.goOn();
  await ReviewPage.isOpen(page);
});

test('an agent without a mandate can draft, but not file', async ({ page }) => {
  await signIn(page, people.agentWithoutMandate);
  const form = await FormPage.begin(page);
  await form.fillSoundly();
  await form.goOn();
  await ReviewPage.isOpen(page);
  await expect(page.getByText('您还没有企业的申报授权')).toBeVisible();
  await expect(page.locator('button[name=action][value=submit]')).toHaveCount(0);
});

test('somebody who acts for two enterprises chooses one, and sees only its filings', async ({ page }) => {
  const person = people.ofTwoEnterprises;
  await page.goto('/sign-in?return_to=/filings');
  await chooseAtProvider(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('选择要代表的企业');
  await page.getByLabel(person.enterprise).check();
  await page.getByRole('button', { name: '以该企业身份继续' }).click();
  await expect(page).toHaveURL('/filings');
  await expect(page.locator('.header__enterprise')).toHaveText(`${person.enterprise}（法定代表人）`);

  const form = await FormPage.begin(page);
  const draft = soundLicence();
  await form.fill(draft);
  await form.saveButton.click();
  await page.goto('/filings');
  await expect(page.getByText(draft.title)).toBeVisible();

  await page.getByRole('link', { name: '切换企业' }).click();
  await page.getByLabel(people.legalRepresentative.enterprise).check();
  await page.getByRole('button', { name: '以该企业身份继续' }).click();
  await expect(page.locator('.header__enterprise')).toContainText(people.legalRepresentative.enterprise);
  await page.goto('/filings');
  await expect(page.getByText(draft.title)).toHaveCount(0);
});
