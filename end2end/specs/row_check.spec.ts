import type { Page } from '@playwright/test';
import { required } from '../portal/environment.ts';
import { ImportStartPage } from '../portal/import_start_page.ts';
import { people, signIn } from '../portal/people.ts';
import { expect, test } from '../portal/test.ts';

/** The page, awake. */
async function awake(page: Page, kind?: string): Promise<ImportStartPage> {
  await signIn(page, people.shopkeeper);
  const start = await ImportStartPage.open(page, kind);
  await start.isAwake();
  return start;
}

test('what is said follows what stands there, and never keeps anybody from sending', async ({ page }) => {
  const start = await awake(page);
  await start.paste('年度\t主营产品或服务\t备注\n2025\t预制菜\tx\n');
  await expect(start.said).toHaveText('共 1 行，都没有错误。');
  await expect(start.notes).toHaveText([/没有“备注”这一列/]);
  await expect(start.faults).toHaveCount(0);
  await start.paste('年度\t主营产品或服务\n2025\t\n\n去年\t冷链\n');
  await expect(start.said).toHaveText('共 2 行：0 行没有错误，2 行需要更正，有 2 处问题。');
  await expect(start.faults.locator('th')).toHaveText(['2', '4']);
  await expect(start.faults.first().locator('td')).toHaveText(['主营产品或服务', '请填写主营产品或服务']);
  await expect(start.notes).toHaveCount(0);
  await start.paste('年度\t主营产品或服务\n');
  await expect(start.said).toHaveText(/^列名下面没有内容/);
  await expect(start.faults).toHaveCount(0);
  await start.paste('');
  await expect(start.said).toBeEmpty();
  await start.paste('去年\t冷链\n');
  await expect(start.said).toHaveText(/1 行需要更正/);
  await expect(start.sendRows).toBeEnabled();
  await (await start.send()).comesToSay('1 行需要更正');
});

test('a rule between fields is judged for the enterprise that is signed in', async ({ page }) => {
  const start = await awake(page, 'contract');
  await start.paste('合同名称\t甲方统一社会信用代码\t乙方统一社会信用代码\n零件加工合同\t91310120FXXY00027Y\t91310120FXXY000194\n');
  await expect(start.faults.filter({ hasText: '须有一方是本企业' })).not.toHaveCount(0);
});

test('of many faults the first fifty are listed and all are counted', async ({ page }) => {
  const start = await awake(page);
  await start.paste('去年\t冷链\n'.repeat(120));
  await expect(start.said).toHaveText('共 120 行：0 行没有错误，120 行需要更正，有 120 处问题。');
  await expect(start.faults).toHaveCount(50);
  await expect(start.firstFaults).toHaveText('下面列出前 50 处，共 120 处。');
  await start.pasteFromClipboard('2025\t预制菜\n'.repeat(5_001));
  await expect(start.said).toHaveText('超过 5000 行。请分成几部分，分别导入。');
});

test('rows pasted before the module was there are checked when it wakes, in English too', async ({ page, context }) => {
  await signIn(page, people.shopkeeper);
  await context.addCookies([{ url: required('PORTAL_URL'), name: 'lang', value: 'en' }]);
  await context.route('**/*.wasm', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  const start = await ImportStartPage.open(page);
  await start.paste('2025\tchilled food\nlast year\tstorage\n');
  await start.isAwake();
  await expect(start.said).toHaveText('2 rows: 1 without fault, 1 to be mended with 1 problem.');
  await expect(start.notes).toHaveText([/^There are no heads/]);
  await expect(start.faults.locator('td').first()).toHaveText('Year');
});

test('five thousand rows are checked within a second or so, and the page reacts meanwhile', async ({ page }) => {
  const start = await awake(page, 'contract');
  const heads = '合同编号\t合同名称\t合同类型\t甲方\t甲方统一社会信用代码\t乙方\t乙方统一社会信用代码\t合同标的\t合同金额（万元）\t签订日期\t履约期限\t履约情况';
  const row = (at: number) =>
    `HT-${at}\t零件加工合同\t商业合同\t上海奉贤示例化妆品有限公司\t91310120FXXY00027Y\t上海奉贤示例精密机械有限公司\t91310120FXXY000194\t"零件加工\n第 ${at} 批"\t${at}.5\t2026/1/5\t2026.12.31\t履行中`;
  const text = [heads, ...Array.from({ length: 5_000 }, (_, at) => row(at))].join('\n');
  await page.evaluate(() => {
    const seen = { pasted: 0, checked: 0, longest: 0 };
    Object.assign(window, { seen });
    document.querySelector('#f-rows')!.addEventListener('input', () => (seen.pasted = performance.now()));
    const said = document.querySelector('#row-check')!;
    new MutationObserver(() => (seen.checked = performance.now())).observe(said, { childList: true });
    new PerformanceObserver((list) => {
      // What the browser itself needs to show so much text is not the check.
      for (const entry of list.getEntries()) if (entry.startTime > seen.pasted + 100) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: 'longtask' });
  });
  await start.pasteFromClipboard(text);
  await expect(start.said).toHaveText(/^共 5000 行/, { timeout: 20_000 });
  await page.waitForTimeout(300);
  const seen = await page.evaluate(() => (window as unknown as { seen: { pasted: number; checked: number; longest: number } }).seen);
  const took = seen.checked - seen.pasted;
  console.log(`5000 pasted rows, ${Math.round(text.length / 1000)} k characters: checked in ${Math.round(took)} ms, longest task ${Math.round(seen.longest)} ms`);
  // A second where nothing else runs; what lies beyond this is no noise.
  expect(took).toBeLessThan(5_000);
  expect(seen.longest).toBeLessThan(1_000);
});
