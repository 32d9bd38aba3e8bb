import { expect, test } from '../portal/test.ts';
import { people, signIn } from '../portal/people.ts';
import { PIN, SigningPage } from '../portal/signing_page.ts';
import { platform } from '../portal/platform.ts';
import { asFile, receiptOf } from '../portal/receipts.ts';
import type { Browser, Page } from '@playwright/test';

/** Begins a commitment from the template's page and fills its blanks; ends on the page where it is read once more. */
async function draft(page: Page, template: string, blanks: Record<string, string>): Promise<string> {
  await page.goto(`/commitments/templates/${template}`);
  await page.getByRole('button', { name: '填写这份承诺书' }).click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
  for (const [name, answer] of Object.entries(blanks)) await page.locator(`[name="blank.${name}"]`).fill(answer);
  await page.getByRole('button', { name: '保存并核对' }).last().click();
  await expect(page).toHaveURL(/\/review$/);
  return new URL(page.url()).pathname.split('/')[2]!;
}

/** Another person's browser, with a memory of its own. */
async function another(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage();
}

test('an agent drafts, the representative signs in another browser, a stranger finds it, and it is taken back', async ({ page, browser }) => {
  await signIn(page, people.agent);
  const id = await draft(page, 'honest-operation', { further: '每年公布一次客户投诉的处理结果' });
  await expect(page.locator('#statement')).toContainText('签署人：（待签署）');
  await page.getByRole('button', { name: '请求签署' }).click();
  await expect(page.getByText('已请求签署')).toBeVisible();
  const link = (await page.getByText('签署链接').textContent())!.match(/http\S+/)![0];

  const signer = await another(browser);
  await SigningPage.enrolled(signer, people.legalRepresentative);
  await signer.goto(link);
  await expect(signer.getByText('白小云').first()).toBeVisible();
  const shown = await signer.locator('#statement').textContent();
  expect(shown).toContain('签署人：江大海');
  await signer.locator('#pin').fill(PIN);
  await signer.getByRole('button', { name: '签署并提交' }).click();
  await expect(signer).toHaveURL(`/filings/${id}?filed=1`);

  const submission = await platform.received(id);
  const commitment = submission.envelope.commitment as { code: string; statement: string; signature: { level: string } };
  expect(commitment.statement).toBe(shown);
  expect(commitment.code).toMatch(/^310120\d{14}$/);
  expect(commitment.signature.level).toBe('signature');

  await platform.takeUp(id);
  await platform.grant(id);
  await platform.publish(id, '2027-06-30');
  const stranger = await another(browser);
  const place = `/commitments/${commitment.code}`;
  await expect.poll(async () => (await stranger.goto(place))?.status(), { timeout: 10_000 }).toBe(200);
  await expect(stranger.getByText(people.legalRepresentative.enterprise).first()).toBeVisible();
  await expect(stranger.getByText('每年公布一次客户投诉的处理结果').first()).toBeVisible();
  await expect(stranger.getByText('白小云')).toHaveCount(0);
  await stranger.goto(`/commitments?q=${encodeURIComponent('示例精密')}`);
  await expect(stranger.locator(`a[href="${place}"]`)).toBeVisible();
  // By its code the portal says what it holds; the receipt, which names the agent, comes from who holds it.
  await stranger.goto('/verify');
  await stranger.getByRole('textbox', { name: '承诺编码' }).fill(commitment.code);
  await stranger.getByRole('button', { name: '查询', exact: true }).click();
  await expect(stranger.locator('#result')).toContainText('查到一份公示的承诺');
  const { file } = await receiptOf(signer, id);
  const verified = async (state: string) => {
    await stranger.goto('/verify');
    await expect(stranger.locator('html')).toHaveAttribute('data-hydrated', '');
    await stranger.getByLabel('凭证文件').setInputFiles(asFile(file));
    await expect(stranger.locator('#result')).toContainText('承诺真实，没有被改动');
    await expect(stranger.locator('#result .summary-list__row', { hasText: '现在的状态' })).toContainText(state);
  };
  await verified('有效');

  await signer.goto(`/filings/${id}`);
  await signer.getByRole('link', { name: '撤回承诺' }).click();
  await signer.getByRole('button', { name: '撤回承诺' }).click();
  await expect(signer).toHaveURL(`/filings/${id}`);
  await stranger.goto(place);
  await expect(stranger.getByText(/已撤回，自 \d{4}-\d\d-\d\d 起不再有效/)).toBeVisible();
  await verified('已撤回');
  await stranger.context().close();
  await signer.context().close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('where the template allows it, a fresh proof of identity confirms instead of a signature', async ({ page }) => {
    await signIn(page, people.shopkeeper);
    const id = await draft(page, 'prepaid-cards', { refund_days: '7', notice_days: '30' });
    await page.getByRole('button', { name: '确认并提交' }).click();
    await expect(page).toHaveURL(`/filings/${id}?filed=1`);
    const { envelope } = await platform.received(id);
    expect((envelope.commitment as { signature: { level: string } }).signature.level).toBe('confirmation');
  });

  test('where an electronic signature is needed the page says what to do instead', async ({ page }) => {
    await signIn(page, people.legalRepresentative);
    await draft(page, 'honest-operation', { further: '' });
    // Whether this person has enrolled a key depends on the tests before.
    await expect(page.locator('#signing-without, main a[href="/signing-keys/new"]').first()).toBeVisible();
    await expect(page.locator('#pin')).toBeHidden();
  });
});
