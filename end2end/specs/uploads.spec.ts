import type { Page } from '@playwright/test';
import { FormPage } from '../portal/form_page.ts';
import { smallPdf } from '../portal/licence.ts';
import { people, signIn } from '../portal/people.ts';
import { expect, test } from '../portal/test.ts';

test.use({ expectedErrors: /Failed to load resource: net::ERR_/ });

async function wakefulForm(page: Page): Promise<FormPage> {
  await signIn(page, people.cosmeticsMaker);
  const form = await FormPage.begin(page);
  await form.isAwake();
  return form;
}

/** A PDF of this size. */
const pdf = (name: string, bytes: number) => ({ ...smallPdf(name), buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, ' ')]) });

const onTheirWay = (page: Page) => page.locator('.uploads__file');

test('several files are sent as they are chosen, while the form is filled in', async ({ page }) => {
  const form = await wakefulForm(page);
  await expect(form.uploadButton).toBeHidden();
  await form.fileInput.setInputFiles([smallPdf('一.pdf'), pdf('二.pdf', 1_200_000), smallPdf('三.pdf')]);
  await form.fill({ title: '边传边填' });
  await expect(form.files).toHaveCount(3);
  await expect(onTheirWay(page)).toHaveCount(0);
  await expect(form.control('title')).toHaveValue('边传边填');
  await page.reload();
  await expect(form.files).toContainText(['一.pdf', '二.pdf', '三.pdf']);
});

test('after a line that dropped a file goes on where it stopped', async ({ page }) => {
  const form = await wakefulForm(page);
  const offsets: number[] = [];
  await page.route('**/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    offsets.push(Number(route.request().headers()['upload-offset']));
    // The third part never arrives the first time.
    if (offsets.length === 3) return route.abort('connectionreset');
    return route.continue();
  });
  await form.fileInput.setInputFiles(pdf('断点.pdf', 2_000_000));
  await expect(onTheirWay(page)).toContainText('网络中断，恢复后从断点继续');
  await expect(form.files).toContainText('断点.pdf');
  const part = 512 * 1024;
  expect(offsets).toEqual([0, part, 2 * part, 2 * part, 3 * part]);
});

test('a file on its way can be given up, and the others go on', async ({ page }) => {
  const form = await wakefulForm(page);
  let hold = true;
  await page.route('**/uploads/*', async (route) => {
    while (hold && route.request().method() === 'PATCH') await new Promise((resolve) => setTimeout(resolve, 50));
    return route.continue().catch(() => undefined);
  });
  await form.fileInput.setInputFiles([pdf('不要了.pdf', 900_000), smallPdf('要的.pdf')]);
  await page.getByRole('button', { name: '取消 不要了.pdf' }).click();
  hold = false;
  await expect(form.files).toHaveText([/要的\.pdf/]);
  await expect(onTheirWay(page)).toHaveCount(0);
});

test('“continue” waits for files on their way, and goes on by itself', async ({ page }) => {
  const form = await wakefulForm(page);
  const { soundLicence } = await import('../portal/licence.ts');
  await form.fill(soundLicence());
  let arrive = () => {};
  const onItsWay = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/uploads/*', async (route) => {
    await onItsWay;
    return route.continue();
  });
  await form.fileInput.setInputFiles(smallPdf());
  await form.goOn();
  await expect(form.saving).toContainText('文件传完后自动继续');
  arrive();
  await expect(page).toHaveURL(/\/review$/);
});

test('a file that is dropped onto the form is sent, and one of a wrong kind says why', async ({ page }) => {
  const form = await wakefulForm(page);
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['%PDF-1.7 dropped'], '拖来的.pdf', { type: 'application/pdf' }));
    data.items.add(new File(['<!DOCTYPE html>'], '网页.pdf', { type: 'application/pdf' }));
    return data;
  });
  await page.locator('#files').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(form.files).toHaveCount(2);
  await expect(form.files.filter({ hasText: '拖来的.pdf' })).toContainText('已上传');
  await expect(form.files.filter({ hasText: '网页.pdf' })).toContainText('不是 PDF、JPG、PNG、HEIC 或 OFD 文件');
});

test('a large photograph is made smaller where somebody chose so, and only there', async ({ page }) => {
  const form = await wakefulForm(page);
  // A photograph of 3,000 × 700 pixels of noise: nothing that compresses well.
  const photograph = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [3000, 700];
    const context = canvas.getContext('2d')!;
    const noise = context.createImageData(3000, 700);
    for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : (at * 2654435761) >>> 24;
    context.putImageData(noise, 0, 0);
    const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg', 0.95));
    // As a text: an array of a million numbers takes a browser's protocol half a minute.
    const reader = new FileReader();
    await new Promise((resolve) => { reader.onload = resolve; reader.readAsDataURL(blob); });
    return String(reader.result).split(',')[1]!;
  });
  const file = { name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photograph, 'base64') };
  const lengths: number[] = [];
  page.on('request', (request) => {
    const length = request.headers()['upload-length'];
    if (request.method() === 'PATCH' && length) lengths.push(Number(length));
  });
  await form.attach(file);
  expect(lengths.at(-1)).toBe(file.buffer.length);
  await page.getByLabel('照片较大时').check();
  await form.fileInput.setInputFiles(file);
  await expect(form.files).toHaveCount(2, { timeout: 20_000 });
  expect(lengths.at(-1)).toBeLessThan(file.buffer.length * 0.8);
});
