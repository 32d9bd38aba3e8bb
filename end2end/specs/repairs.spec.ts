import { readFile } from 'node:fs/promises';
import { violations } from '../portal/accessibility.ts';
import { answeredWith, expect, test } from '../portal/test.ts';
import { FormPage, idIn } from '../portal/form_page.ts';
import { people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { RepairPage } from '../portal/repair_page.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { SigningPage } from '../portal/signing_page.ts';
import { smallPdf } from '../portal/licence.ts';
import type { Page } from '@playwright/test';

// All of them act for one shop, and its list of what is in preparation is one.
test.describe.configure({ mode: 'default' });

/** The shop's own record is disputed; these are given to it beside that. Of four in a row two can be repaired today. */
const MORE = 60;
const SHOP = '92310120FXXY00035N';
const record = (at: number) => `FXR-M${String(at).padStart(4, '0')}`;
const shopkeeper = people.shopkeeper;

/** Signed in, and able to sign. */
async function open(page: Page, scripted: boolean): Promise<RepairPage> {
  await platform.moreRecords(SHOP, MORE);
  if (scripted) await SigningPage.enrolled(page, shopkeeper);
  else await signIn(page, shopkeeper);
  return new RepairPage(page, scripted);
}

/** Objects to the fine of a record, up to the page of what was filed; gives its id, once the platform has it. */
async function objectedTo(page: Page, scripted: boolean, one: string): Promise<string> {
  await page.goto(`/records/${one}`);
  await page.getByLabel('记录的内容有错').check();
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('button', { name: '提出异议' }).click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
  const form = new FormPage(page);
  if (scripted) await form.isAwake();
  await page.locator('[name=ground][value=wrong_data]').check();
  await page.getByText('罚款金额', { exact: true }).click();
  await page.locator('[name=should_fine]').fill('1000');
  await page.locator('[name=why_fine]').fill('决定书写的是一千元');
  await form.attach(smallPdf('决定书.pdf'));
  await form.goOn();
  await (await ReviewPage.isOpen(page)).pledgeAndSubmit();
  const id = idIn(page, 'filings');
  await platform.received(id);
  return id;
}

/** Opens a filing again and again until its state is this one. */
async function comesTo(page: Page, id: string, state: string) {
  await expect.poll(async () => (await page.goto(`/filings/${id}`), page.locator('.state').first().textContent())).toContain(state);
}

/** Whether everybody can use the page as it stands; what looks needs scripts, and the page is the same without. */
async function isAccessible(page: Page, scripted: boolean) {
  if (!scripted) return;
  expect(await violations(page), page.url()).toEqual([]);
}

for (const [scripted, first] of [[true, 0], [false, 24]] as const) {
  test.describe(scripted ? 'with the module' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: scripted });
    // The provider's proof of identity has to be fresh for every signature, so one takes its time.
    test.slow();

    test('a repair is granted: the record is gone, and there is a proof for those who still show it', async ({ page }) => {
      const repair = await open(page, scripted);
      await repair.applied(record(first + 2));
      const id = idIn(page, 'filings');
      const { envelope } = await platform.received(id);
      expect(envelope.content).toMatchObject({ record: record(first + 2), hand_over: 'platform' });
      await platform.takeUp(id);
      await expect.poll(async () => (await page.goto(`/filings/${id}`), page.getByText('审核岗王工').count())).toBeGreaterThan(0);
      await platform.grant(id);
      await expect.poll(async () => (await page.goto(`/filings/${id}`), page.locator('.state').first().textContent())).toContain('准予');
      await expect(page.locator('main a[href$="/result.pdf"]')).toBeVisible();
      await isAccessible(page, scripted);
      await page.goto('/records');
      await expect(page.locator(`a[href="/records/${record(first + 2)}"]`)).toHaveCount(0);
      await expect(page.locator(`a[href="/records/${record(first + 3)}"]`)).toHaveCount(1);
    });

    test('a repair is refused with its reasons and what can be done then', async ({ page }) => {
      const repair = await open(page, scripted);
      await repair.applied(record(first + 6));
      const id = idIn(page, 'filings');
      await platform.received(id);
      await platform.takeUp(id);
      await platform.refuse(id, '缴款书上的文号与决定书不符。');
      await expect.poll(async () => (await page.goto(`/filings/${id}`), page.locator('.state').first().textContent())).toContain('不予修复');
      await expect(page.getByText('缴款书上的文号与决定书不符。').first()).toBeVisible();
      await isAccessible(page, scripted);
    });

    test('a repair is sent back, mended and submitted again with the same commitment', async ({ page }) => {
      const repair = await open(page, scripted);
      await repair.applied(record(first + 7));
      const id = idIn(page, 'filings');
      await platform.received(id);
      await platform.takeUp(id);
      await platform.sendBack(id, [{ field: 'fulfilment', comment: '请写明缴款日期。' }]);
      await expect.poll(async () => (await page.goto(`/filings/${id}`), page.locator('.state').first().textContent())).toContain('退回');
      await isAccessible(page, scripted);
      await page.locator(`form[action$="/correction"] button`).first().click();
      await expect(page.getByText('请写明缴款日期。').first()).toBeVisible();
      await new FormPage(page).answer({ fulfilment: '罚款于 2026-07-02 缴清。' });
      await new FormPage(page).goOn();
      const review = await ReviewPage.isOpen(page);
      await expect(page.getByText('承诺书已签署')).toBeVisible();
      await isAccessible(page, scripted);
      await review.pledgeAndSubmit();
      const { envelope } = await platform.received(idIn(page, 'filings'));
      expect(envelope.revises).toBe(id);
    });

    test.describe('several at once', () => {
      // Which way is right was not said.
      test.use({ expectedErrors: answeredWith(422) });

      test('three records in one sitting: a letter each, submitted together', async ({ page }) => {
        const repair = await open(page, scripted);
        const three = [first + 10, first + 11, first + 14].map(record);
        await page.goto('/records');
        for (const one of three) await page.locator(`input[name=record][value=${one}]`).check();
        // Which way is right is asked first; what was ticked stays ticked.
        await page.getByRole('button', { name: '继续', exact: true }).click();
        await expect(page.locator('#problems')).toContainText('请选择勾选的记录是哪一种情况');
        await expect(page.locator('#says-problem')).toBeVisible();
        await isAccessible(page, scripted);
        for (const one of three) await expect(page.locator(`input[name=record][value=${one}]`)).toBeChecked();
        await page.getByLabel('记录没有错，我们已经整改').check();
        await page.getByRole('button', { name: '继续', exact: true }).click();
        await expect(page).toHaveURL('/repairs');
        for (const one of three) {
          await page.goto('/repairs');
          await page.locator('.task-list__task', { hasText: `示例批${Number(one.slice(5))}号` }).locator('a').first().click();
          await repair.fillIn();
          await repair.signLetter();
        }
        await page.goto('/repairs');
        await expect(page.locator('.status-tag', { hasText: '可以提交' })).toHaveCount(three.length);
        await isAccessible(page, scripted);
        await page.locator('#pledge').check();
        await page.getByRole('button', { name: '一并提交' }).click();
        await expect(page.getByText(`已提交 ${three.length} 份申请`)).toBeVisible();
        await expect
          .poll(async () => (await platform.submissions()).filter((one) => three.includes(one.envelope.content.record ?? '')).length)
          .toBe(three.length);
      });
    });

    test.describe('handed over by itself', () => {
      // Three times something is missing or wrong in what is entered.
      test.use({ expectedErrors: answeredWith(422) });

      test('what the enterprise hands over itself is a package, and its number and answer are entered by hand', async ({ page }) => {
        const repair = await open(page, scripted);
        const one = record(scripted ? 43 : 47);
        await repair.applied(one);
        const id = idIn(page, 'filings');
        await expect(page.getByRole('link', { name: 'https://example.cn/repair' })).toBeVisible();
        const coming = page.waitForEvent('download');
        await page.getByRole('link', { name: '下载材料包（ZIP）' }).click();
        const archive = await readFile(await (await coming).path());
        // The names stand in the archive as they are (UTF-8, uncompressed).
        for (const name of ['manifest.json', '证明材料/01-缴款书.pdf']) expect(archive.includes(name), name).toBe(true);
        await page.getByRole('button', { name: '登记办件编号' }).click();
        await expect(page.locator('#handling-number-problem')).toContainText('请填写官方办件编号');
        // The day is today's until another one is named; one that is still to come is none.
        const today = await page.getByLabel('官方渠道收到的日期').inputValue();
        expect(today).toMatch(/^\d{4}-\d\d-\d\d$/);
        await page.getByLabel('填写官方办件编号').fill('XYZG-2026-000132');
        await page.getByLabel('官方渠道收到的日期').fill('2099-01-01');
        await page.getByRole('button', { name: '登记办件编号' }).click();
        await expect(page.locator('#entry-day-problem')).toContainText(`日期不能晚于今天（${today}）`);
        await expect(page.getByLabel('填写官方办件编号')).toHaveValue('XYZG-2026-000132');
        await page.getByLabel('官方渠道收到的日期').fill(today);
        await page.getByRole('button', { name: '登记办件编号' }).click();
        await expect(page.getByText('第 2 步，共 3 步').first()).toBeVisible();
        await isAccessible(page, scripted);
        // It was mistyped: taken back it stands in the form again, and in the history as taken back.
        await page.getByRole('button', { name: '撤销这次登记' }).click();
        await expect(page.getByLabel('填写官方办件编号')).toHaveValue('XYZG-2026-000132');
        await expect(page.locator('.timeline__moment', { hasText: '已撤销的登记' })).toContainText('XYZG-2026-000132');
        await page.getByLabel('填写官方办件编号').fill('XYZG-2026-000123');
        await page.getByRole('button', { name: '登记办件编号' }).click();
        await expect(page.locator('#standing .summary-list__row', { hasText: '官方办件编号' }).locator('dd')).toHaveText('XYZG-2026-000123');
        await page.getByLabel('退回补正').check();
        await page.getByRole('button', { name: '登记答复' }).click();
        await expect(page.locator('#told-words-problem')).toContainText('请写明要补正的内容');
        await page.getByLabel('已受理').check();
        await page.getByRole('button', { name: '登记答复' }).click();
        await expect(page.getByText('第 3 步，共 3 步').first()).toBeVisible();
        await page.getByLabel('准予修复').check();
        await page.getByRole('button', { name: '登记答复' }).click();
        await expect(page.locator('.state').first()).toContainText('准予');
        // It is not the platform that said so: no proof is made of it.
        await expect(page.locator('main a[href$="/result.pdf"]')).toHaveCount(0);
        expect((await platform.submissions()).map((submission) => submission.id)).not.toContain(id);
      });
    });

    test('an objection says item by item what is wrong, and marks the record', async ({ page }) => {
      await open(page, scripted);
      const one = record(first + 15);
      await page.goto(`/records/${one}`);
      await page.getByLabel('记录的内容有错').check();
      await page.getByRole('button', { name: '继续' }).click();
      await page.getByRole('button', { name: '提出异议' }).click();
      await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
      if (scripted) await new FormPage(page).isAwake();
      await page.locator('[name=ground][value=wrong_data]').check();
      await page.getByText('罚款金额', { exact: true }).click();
      await page.locator('[name=should_fine]').fill('1000');
      await new FormPage(page).goOn();
      await expect(page.locator('#problems')).toContainText('更正罚款金额的理由');
      await page.locator('[name=why_fine]').fill('决定书写的是一千元');
      await new FormPage(page).attach(smallPdf('决定书.pdf'));
      await new FormPage(page).goOn();
      await (await ReviewPage.isOpen(page)).pledgeAndSubmit();
      const { envelope } = await platform.received(idIn(page, 'filings'));
      expect(envelope.content).toMatchObject({ record: one, should_fine: '1000' });
      await page.goto(`/records/${one}`);
      await expect(page.getByText('异议处理中').first()).toBeVisible();
    });

    test('an objection is upheld: the result is shown, and the record says what it should', async ({ page }) => {
      await open(page, scripted);
      const one = record(first + 18);
      const id = await objectedTo(page, scripted, one);
      await platform.takeUp(id);
      await comesTo(page, id, '已受理，核查中');
      // Whoever upholds it corrects the record first.
      await platform.changeRecord(one, { fine_wan: '0.100000' });
      await platform.grant(id);
      await comesTo(page, id, '异议成立');
      await expect(page.locator('.state').first()).toContainText('异议成立，由认定单位更正记录或者停止公示');
      await isAccessible(page, scripted);
      await expect(page.locator('.timeline__moment').first()).toContainText('异议成立');
      await expect(page.locator('main a[href$="/result.pdf"]'), 'that is no repair').toHaveCount(0);
      await page.goto(`/records/${one}`);
      await expect(page.getByText('异议处理中')).toHaveCount(0);
      const fine = page.locator('.summary-list__row', { has: page.locator('dt', { hasText: /^罚款$/ }) });
      await expect(fine.locator('dd')).toHaveText('1,000 元');
    });

    test('an objection is rejected with its reasons and what can be done then', async ({ page }) => {
      await open(page, scripted);
      const one = record(first + 22);
      const id = await objectedTo(page, scripted, one);
      await platform.takeUp(id);
      await comesTo(page, id, '已受理，核查中');
      await platform.refuse(id, '决定书载明的罚款为二千元。');
      await comesTo(page, id, '异议不成立');
      await expect(page.locator('.state').first()).toContainText('决定书载明的罚款为二千元。');
      await isAccessible(page, scripted);
      const next = page.locator('section[aria-labelledby=progress]');
      await expect(next).toContainText('接下来可以办理');
      await expect(next).toContainText('补充证据或者改正内容后，重新提出异议。');
      await expect(next).toContainText('行政复议');
      await expect(page.getByRole('button', { name: '改正后重新提交' })).toBeVisible();
      await page.goto(`/records/${one}`);
      await expect(page.getByText('异议处理中')).toHaveCount(0);
      const fine = page.locator('.summary-list__row', { has: page.locator('dt', { hasText: /^罚款$/ }) });
      await expect(fine.locator('dd'), 'the record stays as it was').toHaveText('2,000 元');
      // Another objection may be made.
      await page.getByLabel('记录的内容有错').check();
      await page.getByRole('button', { name: '继续' }).click();
      await expect(page.getByRole('button', { name: '提出异议' })).toBeVisible();
    });
  });
}
