import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { people, signIn } from '../portal/people.ts';
import { expect, test } from '../portal/test.ts';

// Everything here is a page with plain forms: the same with and without JavaScript.

/** Answers the question that is asked before any form. */
async function say(page: Page, answer: string) {
  await page.getByLabel(answer).check();
  await page.getByRole('button', { name: '继续' }).click();
}

test('who must wait reads why and until when, and takes the day into a calendar', async ({ page }) => {
  await signIn(page, people.barred, '/overview');
  await page.getByRole('link', { name: '查看全部失信信息，申请修复' }).click();
  await expect(page).toHaveURL('/records');
  await expect(page.getByText('信用修复不收费，不需要委托中介。')).toBeVisible();
  await expect(page.locator('input[name=record]')).toHaveCount(0);
  const listed = page.locator('.record-list__record', { hasText: '示例6号' });
  const from = (await listed.locator('.status-tag').textContent())!.match(/自 (\d{4}-\d\d-\d\d) 起可以申请/)![1]!;
  await listed.getByRole('link').click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('示例6号');
  await expect(page.locator('section[aria-labelledby=repair]')).toContainText(`自 ${from} 起可以申请`);
  await expect(page.locator('section[aria-labelledby=bars]')).toContainText('提供虚假的整改证明材料');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: /加入日历/ }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('earliest.ics');
  const entry = await readFile(await download.path(), 'utf8');
  expect(entry).toContain(`\r\nDTSTART;VALUE=DATE:${from.replaceAll('-', '')}\r\n`);

  await say(page, '记录没有错，我们已经整改');
  await expect(page).toHaveURL(/\/records\/FXR-0051\?says=put_right#way$/);
  await expect(page.locator('#way')).toContainText(`自 ${from} 起可以申请`);
  await expect(page.getByRole('button', { name: '申请修复' })).toHaveCount(0);
});

test('what somebody says of a record leads to the right way', async ({ page }) => {
  await signIn(page, people.lawFirm, '/records');
  await expect(page.getByRole('button', { name: '继续', exact: true })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /示例108号/ }).first()).toBeVisible();
  // Not the one that `every_page.ts` begins drafts about, at the same time as this: those would be gone on with here.
  await page.locator('a[href="/records/FXR-0046"]').click();
  await expect(page.getByRole('button', { name: '申请修复' })).toHaveCount(0);

  await say(page, '记录没有错，我们已经整改');
  await expect(page.locator('#way').getByRole('button', { name: '申请修复' })).toBeVisible();
  await expect(page.locator('#way input[name=record]')).toHaveValue('FXR-0046');

  await say(page, '记录的内容有错');
  await expect(page.locator('#way').getByRole('button', { name: '提出异议' })).toBeVisible();

  await say(page, '处罚决定本身有错');
  await expect(page.locator('#way')).toContainText('自知道或者应当知道处罚决定之日起 60 日内');
  await expect(page.locator('#way')).toContainText('公示不停止');
  await expect(page.locator('#way form')).toHaveCount(0);
});

test('what was given badly is said in words, and leads to whom to ask', async ({ page }) => {
  await signIn(page, people.lawFirm, '/records');
  await page.locator('a[href="/records/FXR-0044"]').click();
  const faults = page.locator('section[aria-labelledby=faults]');
  await expect(faults).toContainText('处罚决定日期写的是“今年春天”，不是日期。');
  await expect(faults).toContainText('本网站不作推断，请向认定单位询问');
});
