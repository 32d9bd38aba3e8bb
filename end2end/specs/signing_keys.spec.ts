import { readFile } from 'node:fs/promises';
import { sm2, sm3 } from 'sm-crypto-v2';
import { violations } from '../portal/accessibility.ts';
import { people, signIn } from '../portal/people.ts';
import { PIN, SigningPage } from '../portal/signing_page.ts';
import { answeredWith, expect, test } from '../portal/test.ts';
import { Traffic } from '../portal/traffic.ts';

const DAY = 24 * 60 * 60 * 1000;

test('a key is made in the browser, and only its public half and signatures leave it', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()}\n${request.postData() ?? ''}`));
  const enrolment = await SigningPage.enrolment(page, people.legalRepresentative);
  const text = await page.locator('#statement').textContent();
  expect(text).toContain('文书：签名密钥登记书\n版本：1\n姓名：江大海\n身份：法定代表人\n');
  const id = await enrolment.make();
  await expect(page).toHaveURL(/done=enrolled/);
  await expect(page.locator(`[data-key="${id}"]`)).toContainText('测试机 · 江大海（法定代表人）');
  await expect(page.locator(`[data-key="${id}"]`)).toContainText('可用');

  const post = sent.find((request) => /\/signing-keys\n/.test(request))!;
  const fields = new URLSearchParams(post.split('\n')[1]);
  expect([...fields.keys()].sort()).toEqual(['id', 'label', 'public_key', 'signature']);
  expect(fields.get('public_key')).toMatch(/^04[0-9a-f]{128}$/);
  expect(fields.get('signature')).toMatch(/^[0-9a-f]{128}$/);
  expect(sent.filter((request) => request.includes(PIN))).toEqual([]);

  // What rests here is wrapped twice (32 bytes and two tags), and no script can read the outer key.
  expect(await enrolment.kept(id)).toEqual({
    names: ['content', 'failures', 'notBefore', 'outer', 'outerIv', 'pinIv', 'salt'],
    extractable: false,
    exported: 'InvalidAccessError',
    bytes: 64,
  });

  await (await SigningPage.trial(page, id)).sign(PIN);
  await expect(page.getByText('签名有效')).toBeVisible();
  expect(sent.filter((request) => request.includes(PIN))).toEqual([]);

  await page.goto(`/signing-keys/${id}/revocation`);
  await page.getByLabel('不再使用，或者已换新密钥').check();
  await page.getByRole('button', { name: '吊销' }).click();
  await expect(page.locator(`[data-key="${id}"]`)).toContainText('已吊销');
});

test('a PIN that will not do is said, and nothing is sent', async ({ page }) => {
  const enrolment = await SigningPage.enrolment(page, people.shopkeeper);
  await enrolment.make('');
  await expect(enrolment.said).toHaveText('请输入 PIN。');
  await enrolment.make('12345');
  await expect(enrolment.said).toHaveText(/PIN 太短/);
  await expect(page.getByLabel('设置 PIN')).toBeFocused();
  await enrolment.make('123456', '123457');
  await expect(enrolment.said).toHaveText(/两次输入的 PIN 不一样/);
  await expect(page.getByLabel('设置 PIN')).toHaveValue('');
  await enrolment.make();
  await expect(page).toHaveURL(/done=enrolled/);
});

test('wrong PINs are slowed down, and others on the same device go on signing', async ({ page }) => {
  const first = await SigningPage.enrolled(page, people.cosmeticsMaker);
  const trial = await SigningPage.trial(page, first);
  for (const said of [/PIN 不正确/, /PIN 不正确/, /请等 30 秒后再试/]) {
    await trial.sign('000000');
    await expect(trial.said).toHaveText(said);
  }
  await trial.sign(PIN);
  await expect(trial.said).toHaveText(/请等 (30|2\d) 秒后再试/);
  // The wait outlasts the page.
  await SigningPage.trial(page, first);
  await trial.sign(PIN);
  await expect(trial.said).toHaveText(/请等 (30|2\d) 秒后再试/);

  await page.getByRole('button', { name: '退出登录' }).click();
  const second = await SigningPage.enrolled(page, people.shopkeeper);
  await (await SigningPage.trial(page, second)).sign(PIN);
  await expect(page.getByText('签名有效')).toBeVisible();
});

for (const [said, days] of [['ahead', 1], ['behind', -1]] as const) {
  test(`who signs on a device whose clock is a day ${said} signs like anybody else`, async ({ page }) => {
    const now = Date.now();
    await page.clock.setFixedTime(now + days * DAY);
    const id = await SigningPage.enrolled(page, people.legalRepresentative);
    const trial = await SigningPage.trial(page, id);
    // The time in the text is the portal's.
    const written = /时间：(.+)/.exec((await page.locator('#statement').textContent())!)![1]!;
    expect(Math.abs(Date.parse(written) - now)).toBeLessThan(DAY / 2);
    for (const wrong of [/PIN 不正确/, /PIN 不正确/, /请等 30 秒后再试/]) {
      await trial.sign('000000');
      await expect(trial.said).toHaveText(wrong);
    }
    // The clock is put right: nobody waits a day for that.
    await page.clock.setFixedTime(now);
    if (days > 0) {
      const again = await SigningPage.trial(page, id);
      await again.sign(PIN);
      await expect(again.said).toHaveText(/请等 30 秒后再试/);
      await page.clock.setFixedTime(now + 31_000);
    }
    await (await SigningPage.trial(page, id)).sign(PIN);
    await expect(page.getByText('签名有效')).toBeVisible();
  });
}

test('where the storage was wiped the page says what to do', async ({ page }) => {
  const id = await SigningPage.enrolled(page, people.legalRepresentative);
  const trial = await SigningPage.trial(page, id);
  await trial.wipe();
  await trial.sign(PIN);
  await expect(trial.said).toHaveText(/这台设备的浏览器里没有您的密钥。.*重新登记/);
});

test('a text with something that cannot be seen is not signed', async ({ page }) => {
  const id = await SigningPage.enrolled(page, people.legalRepresentative);
  const trial = await SigningPage.trial(page, id);
  await page.locator('#statement').evaluate((statement) => statement.append('\u202e'));
  await trial.sign(PIN);
  await expect(trial.said).toHaveText(/含有看不见的字符/);
  await expect(page.locator('#sign input[name=signature]')).toHaveValue('');
});

test.describe(() => {
  test.use({ expectedErrors: answeredWith(422) });

  test('a signature of another text does not hold', async ({ page }) => {
    const id = await SigningPage.enrolled(page, people.legalRepresentative);
    const trial = await SigningPage.trial(page, id);
    await page.locator('#statement').evaluate((statement) => statement.append('!'));
    await trial.sign(PIN);
    await expect(page.getByText('签名无效')).toBeVisible();
  });
});

test('a key goes to another device under a passphrase', async ({ page, browser }) => {
  const id = await SigningPage.enrolled(page, people.cosmeticsMaker);
  const transfer = await SigningPage.transfer(page);
  await page.getByLabel('签名 PIN').fill(PIN);
  await page.locator('#export-passphrase').fill('太短的口令');
  await page.getByRole('button', { name: '从这台设备导出' }).click();
  await expect(transfer.said).toHaveText(/口令太短/);
  await page.getByLabel('签名 PIN').fill(PIN);
  await page.locator('#export-passphrase').fill('黄桃熟了请到奉贤来尝一尝');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '从这台设备导出' }).click();
  const file = await (await download).path();
  expect(await readFile(file, 'utf8')).toMatch(
    new RegExp(`^文件：签名密钥转移文件\\n版本：1\\n密钥编号：${id}\\n盐：[0-9a-f]{32}\\n初始向量：[0-9a-f]{24}\\n密文：[0-9a-f]{96}\\n$`),
  );

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, people.cosmeticsMaker, '/signing-keys');
  const there = await SigningPage.transfer(other);
  const said = other.locator('#import-key [data-said]');
  const importing = async (passphrase: string) => {
    await other.locator('#import-file').setInputFiles(file);
    await other.locator('#import-passphrase').fill(passphrase);
    await other.locator('#import-pin').fill('246813579');
    await other.locator('#import-pin-again').fill('246813579');
    await other.getByRole('button', { name: '导入到这台设备' }).click();
  };
  await importing('黄桃熟了请到上海来尝一尝');
  await expect(said).toHaveText(/口令不正确/);
  await importing('黄桃熟了请到奉贤来尝一尝');
  await expect(said).toHaveText('已完成。');
  expect((await there.kept(id)).extractable).toBe(false);
  await (await SigningPage.trial(other, id)).sign('246813579');
  await expect(other.getByText('签名有效')).toBeVisible();
  await context.close();
});

test('without JavaScript the page says what signing needs', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, people.legalRepresentative, '/signing-keys/new');
  await expect(page.getByText('这个浏览器还不能签名')).toBeVisible();
  await expect(page.locator('#make-key')).toBeHidden();
  await context.close();
});

test('making a key and signing with it weigh at most 40 kB each, module and glue', async ({ page }) => {
  await signIn(page, people.legalRepresentative);
  const traffic = await Traffic.of(page);
  const id = await SigningPage.enrolled(page, people.legalRepresentative);
  await SigningPage.trial(page, id);
  console.log(traffic.describe());
  for (const module of ['enrolment', 'signing']) {
    const parts = traffic.sent.filter(({ path }) => new RegExp(`/${module}\\..*\\.(js|wasm)$`).test(path));
    expect(parts.map(({ coding }) => coding)).toEqual(['br', 'br']);
    // Each comes with about 400 bytes of headers.
    expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(40_000 + 2 * 400);
  }
});

test('nothing in these pages hinders anybody', async ({ page }) => {
  const id = await SigningPage.enrolled(page, people.shopkeeper);
  for (const path of ['', '/new', '/transfer', `/${id}/trial`, `/${id}/revocation`]) {
    await page.goto(`/signing-keys${path}`);
    if (/new|transfer|trial/.test(path)) await new SigningPage(page).awake();
    expect(await violations(page), path).toEqual([]);
  }
});

/** An implementation that is not ours, as it must be called for what the standards say. */
const standard = { hash: true, userId: '1234567812345678' };

test('another implementation verifies what the browser signed', async ({ page }) => {
  const id = await SigningPage.enrolled(page, people.legalRepresentative);
  const pem = await (await page.request.get(`/signing-keys/${id}/public.pem`)).text();
  const point = Buffer.from(pem.replace(/-----.*-----|\n/g, ''), 'base64').subarray(26).toString('hex');
  const trial = await SigningPage.trial(page, id);
  const text = (await page.locator('#statement').textContent())!;
  const posting = page.waitForRequest((request) => request.method() === 'POST');
  await trial.sign(PIN);
  const signature = new URLSearchParams((await posting).postData()!).get('signature')!;
  expect(sm2.doVerifySignature(text, signature, point, standard)).toBe(true);
  expect(sm2.doVerifySignature(`${text}!`, signature, point, standard)).toBe(false);
});

test('the portal verifies what another implementation signed', async ({ page }) => {
  await SigningPage.enrolment(page, people.legalRepresentative);
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  const spki = Buffer.from(`3059301306072a8648ce3d020106082a811ccf5501822d034200${publicKey}`, 'hex');
  const text = (await page.locator('#statement').textContent())!.replace('（制作密钥时填入）', sm3(spki));
  const signature = sm2.doSignature(text, privateKey, standard);
  const form = { id: await page.locator('input[name=id]').inputValue(), label: 'Node', public_key: publicKey, signature };
  const answer = await page.evaluate(
    async (form) => (await fetch('/signing-keys', { method: 'POST', body: new URLSearchParams(form) })).url,
    form,
  );
  expect(answer).toMatch(/done=enrolled$/);
});
