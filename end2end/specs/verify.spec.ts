import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { sm2 } from 'sm-crypto-v2';
import { violations } from '../portal/accessibility.ts';
import { platform } from '../portal/platform.ts';
import { asFile, commit, receiptOf } from '../portal/receipts.ts';
import { answeredWith, expect, test } from '../portal/test.ts';
import { Traffic } from '../portal/traffic.ts';

test('a stranger verifies a receipt in the browser, and the file stays there', async ({ page, browser }) => {
  const filing = await commit(page);
  await page.getByRole('link', { name: '凭证数据（JSON）' }).waitFor();
  const { file, read } = await receiptOf(page, filing);
  const stranger = await (await browser.newContext()).newPage();
  const sent: string[] = [];
  stranger.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await stranger.goto('/');
  await stranger.locator('.footer').getByRole('link', { name: '核验凭证' }).click();
  await expect(stranger.locator('html')).toHaveAttribute('data-hydrated', '');
  await stranger.getByLabel('凭证文件').setInputFiles(asFile(file));
  const result = stranger.locator('#result');
  await expect(result).toContainText('承诺真实，没有被改动');
  await expect(result).toContainText('在您的浏览器里核验，没有上传文件');
  await expect(result).toContainText('江大海（法定代表人）');
  await expect(result).toContainText('现在的公开日志是从凭证上的那一刻延续下来的');
  await expect(result).toContainText('已收到，');
  await expect(result).toContainText('现在没有公示，以上情况只告诉持有凭证的人');
  await expect(result.getByRole('heading', { name: '核验结果' })).toBeFocused();
  expect(await result.locator('pre').textContent()).toBe(read.document);
  // What is asked of the portal names the receipt, and holds nothing of it.
  const posts = sent.filter((request) => request.startsWith('POST'));
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatch(/\/receipts\/held\/standing [A-Z0-9-]{14}\.[0-9a-f]{32}$/);
  expect(await violations(stranger)).toEqual([]);

  for (const [altered, sentence] of [
    [file.replace('依法纳税', '依法缴税'), '正文被改动过'],
    [file.replace('"signature": "', '"signature":  "'), '文件被改动过'],
    ['一封信', '这不是本站的凭证'],
    [file.replace(/127\.0\.0\.1/g, '127.0.0.2'), '这是别的网站的公开日志'],
  ] as const) {
    await stranger.getByLabel('凭证文件').setInputFiles(asFile(altered));
    await expect(result).toContainText(sentence);
    await expect(result).not.toContainText('承诺真实');
  }
  expect(await violations(stranger)).toEqual([]);
  await stranger.context().close();
});

test('a certificate is dropped onto the page and verified; its text can be read, its code leads to the receipt', async ({ page, browser }, info) => {
  const filing = await commit(page);
  await expect(page.getByRole('link', { name: '受理证明（PDF）' })).toBeVisible();
  const pdf = await (await page.request.get(`/filings/${filing}/receipt.pdf`)).body();
  const path = info.outputPath('receipt.pdf');
  await writeFile(path, pdf);
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  for (const words of ['受理证明', '上海奉贤示例精密机械有限公司', '诚信经营承诺书', '电子签名（SM2）', '本单位提供的各项信息合法', '/verify?code=310120']) {
    expect(text).toContain(words);
  }
  const { file } = await receiptOf(page, filing);
  const attached = execFileSync('pdfdetach', ['-list', path], { encoding: 'utf8' });
  expect(attached).toContain('.json');
  await page.goto('/verify');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  const data = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], 'receipt.pdf', { type: 'application/pdf' }));
    return data;
  }, pdf.toString('base64'));
  await page.locator('#verify').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.locator('#result')).toContainText('承诺真实，没有被改动');
  await expect(page.locator('#result')).toContainText('请以下面显示的内容为准');
  expect(file.length).toBeGreaterThan(1000);

  // Who has but the print scans its code: the receipt comes and is verified there, though it is not public.
  const printed = text.replace(/\s/g, '').match(/\/verify\?code=\d{20}#[A-Z0-9-]{14}\.[0-9a-f]{32}/)![0];
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(printed);
  const result = stranger.locator('#result');
  await expect(result).toContainText('承诺真实，没有被改动');
  await expect(result).toContainText('在您的浏览器里核验');
  await expect(result).toContainText('本单位提供的各项信息合法');
  await expect(stranger.getByText('请把下面的内容与纸面对照')).toBeVisible();
  expect(await violations(stranger)).toEqual([]);
  await stranger.context().close();
});

test('a log that does not go on from the one in the receipt is said to be another', async ({ page }) => {
  const { file } = await receiptOf(page, await commit(page));
  await page.goto('/verify');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await page.route(/\/log\/growth\//, (route) => route.fulfill({ status: 200, body: 'nothing of the kind' }));
  await page.getByLabel('凭证文件').setInputFiles(asFile(file));
  await expect(page.locator('#result')).toContainText('与现在的公开日志对不上');
});

test.describe(() => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

  test('without a line what a receipt proves is proven all the same', async ({ page, context }) => {
    const { file } = await receiptOf(page, await commit(page));
    await page.goto('/verify');
    await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
    await context.setOffline(true);
    await page.getByLabel('凭证文件').setInputFiles(asFile(file));
    await expect(page.locator('#result')).toContainText('承诺真实，没有被改动');
    await expect(page.locator('#result')).toContainText('没有查到现在的情况');
  });
});

test.describe(() => {
  test.use({ expectedErrors: answeredWith(422, 404) });

  test('without JavaScript the server verifies, and says that it did', async ({ page, browser }) => {
    const { file } = await receiptOf(page, await commit(page));
    const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await stranger.goto('/verify');
    const bring = async (content: string) => {
      await stranger.getByLabel('凭证文件').setInputFiles(asFile(content));
      await stranger.getByRole('button', { name: '核验', exact: true }).click();
    };
    await bring(file);
    await expect(stranger.locator('#result')).toContainText('承诺真实，没有被改动');
    await expect(stranger.locator('#result')).toContainText('由本站服务器核验');
    await bring(file.replace('依法纳税', '依法缴税'));
    await expect(stranger.locator('#result')).toContainText('正文被改动过');
    await stranger.getByRole('textbox', { name: '承诺编码' }).fill('31012020261123999999');
    await stranger.getByRole('button', { name: '查询', exact: true }).click();
    await expect(stranger.locator('#result')).toContainText('没有查到公示的承诺');
    await stranger.context().close();
  });
});

/** An implementation that is not ours, as it must be called for what the standards say. */
const standard = { hash: true, userId: '1234567812345678' };

test('another implementation verifies both signatures of a receipt', async ({ page }) => {
  const { read } = await receiptOf(page, await commit(page));
  const point = read.key.slice(-130);
  expect(sm2.doVerifySignature(read.document, read.signature, point, standard)).toBe(true);
  expect(sm2.doVerifySignature(read.enrolment, read.enrolment_signature, point, standard)).toBe(true);
  expect(sm2.doVerifySignature(`${read.document}!`, read.signature, point, standard)).toBe(false);
});

test('the module that verifies weighs at most 68 kB, with its glue', async ({ page }) => {
  const traffic = await Traffic.of(page);
  await page.goto('/verify');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  const parts = traffic.sent.filter(({ path }) => /\/verify\..*\.(js|wasm)$/.test(path));
  console.log(traffic.describe());
  expect(parts.map(({ coding }) => coding)).toEqual(['br', 'br']);
  // Each comes with about 400 bytes of headers.
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(68_000 + 2 * 400);
});

test('a code is checked in the reader’s own browser where everyone can have the receipt; a file is compared with a print', async ({ page, browser }) => {
  const filing = await commit(page);
  const { envelope } = await platform.received(filing);
  const { code } = envelope.commitment as { code: string };
  await platform.takeUp(filing);
  await platform.grant(filing);
  await platform.publish(filing, '2099-12-31');
  const stranger = await (await browser.newContext()).newPage();
  await expect.poll(async () => (await stranger.goto(`/commitments/${code}`))?.status(), { timeout: 10_000 }).toBe(200);
  await stranger.goto(`/verify?code=${code}`);
  const result = stranger.locator('#result');
  await expect(result).toContainText('承诺真实，没有被改动');
  await expect(result).toContainText('在您的浏览器里核验');

  const { file } = await receiptOf(page, filing);
  await stranger.goto('about:blank');
  await stranger.goto('/verify#K7M4-9TQX-3RAD.00ff');
  await expect(stranger.getByText('请选择打印件的 PDF 或者凭证文件')).toBeVisible();
  await stranger.getByLabel('凭证文件').setInputFiles(asFile(file));
  await expect(stranger.getByText('这个文件不是打印件上的二维码所指的凭证')).toBeVisible();
  await expect(stranger.getByText('请选择打印件的 PDF 或者凭证文件')).toBeHidden();
  await expect(result).toContainText('承诺真实，没有被改动');

  // A forged print of a commitment that there is, opened in the same tab: what was said before does not stand for the print.
  await stranger.goto('about:blank');
  await stranger.goto(`/verify?code=${code}`);
  await expect(result).toContainText('承诺真实，没有被改动');
  await stranger.evaluate((forged) => (location.hash = forged), `#K7M4-9TQX-3RAD.${'0'.repeat(32)}`);
  await expect(result).toContainText('本站没有这个二维码所指的凭证');
  await expect(result).not.toContainText('承诺真实');
  await expect(result).not.toContainText('查到一份公示的承诺');
  await stranger.context().close();
});
