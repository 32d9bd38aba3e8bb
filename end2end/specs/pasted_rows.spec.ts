import { ImportStartPage } from '../portal/import_start_page.ts';
import { people, signIn } from '../portal/people.ts';
import { answeredWith, expect, test } from '../portal/test.ts';

/** As spreadsheets copy them: tabs at the end, a line break inside a cell. */
const rows = ['2025\t预制菜\t\t', '去年\t"冷链\n仓储"\t\t', '２０２４年\t"""红旗""牌机械"\t\t', ''].join('\n');

test('rows are pasted, mended and filed', async ({ page, live }) => {
  await signIn(page, people.legalRepresentative);
  await page.goto('/registrations/operations');
  await page.locator('main a[href$="/import"]').click();
  const start = new ImportStartPage(page);
  if (live) await start.isAwake();
  await start.paste(rows);
  if (live) {
    await expect(start.said).toHaveText('共 3 行：2 行没有错误，1 行需要更正，有 1 处问题。');
    await expect(start.notes).toHaveText(['没有找到列名，按模板的列顺序读取，从第 1 行开始。']);
    await expect(start.faults).toHaveCount(1);
    await expect(start.faults.locator('th, td')).toHaveText(['2', '年度', /^年度请填写四位年份，从 2000 到/]);
  } else {
    await expect(start.said).toBeEmpty();
    await expect(start.faults).toHaveCount(0);
  }
  const sent = await start.send();
  await sent.comesToSay('粘贴的行');
  await sent.comesToSay('2 行没有错误，待处理');
  await expect(sent.row(2)).toContainText('年度请填写四位年份');
  await sent.row(2).getByRole('link').click();
  await expect(page.locator('#f-business')).toHaveValue(/冷链\s?仓储/);
  await page.locator('#f-year').fill('2023');
  await page.locator('button[name=action][value=save]').last().click();
  await sent.comesToSay('3 行没有错误，待处理');
  await sent.file();
  await sent.comesToSay('3 行已提交');
  await page.goto(`${page.url()}?all=1`);
  await expect(sent.row(3)).toContainText('"红旗"牌机械');
  await expect(sent.row(3).getByRole('link')).toHaveAttribute('href', /^\/filings\//);
});

test('how far the reading of many rows is can be seen without touching the page', async ({ page, live }) => {
  test.setTimeout(180_000);
  await signIn(page, people.shopkeeper);
  // What is said on the way is there for a moment only: a fast machine may have read everything before the page has asked again.
  let seen = false;
  for (let tries = 0; !seen && tries < 5; tries += 1) {
    const start = await ImportStartPage.open(page);
    if (live) await start.isAwake();
    await start.pasteFromClipboard('2025\t预制菜\n'.repeat(5_000));
    const sent = await start.send();
    await expect(sent.main).toContainText('正在读取表格');
    if (live) {
      await page.evaluate(() => {
        const main = document.querySelector('main')!;
        const said = [main.textContent ?? ''];
        new MutationObserver(() => said.push(main.textContent ?? '')).observe(main, { subtree: true, childList: true, characterData: true });
        Object.assign(window, { untouched: true, said });
      });
      await expect(sent.reloading).toHaveCount(0);
    } else {
      await expect(sent.reloading).toBeVisible();
    }
    await sent.comesToSay('5000 行没有错误，待处理', 60_000);
    if (live) {
      await expect(sent.said).toHaveText('已处理完：0 行需要更正；5000 行没有错误，待处理。');
      expect(await page.evaluate(() => 'untouched' in window), 'the page was not loaded again').toBe(true);
    }
    const said = live ? await page.evaluate(() => (window as unknown as { said: string[] }).said) : [];
    seen = !live || said.some((text) => /[1-9]\d* 行已读取/.test(text));
    await sent.putAway();
  }
  expect(seen, 'how far it was could be seen').toBe(true);
});

test('rows that cannot be read stand there again, to be mended', async ({ page, live }) => {
  await signIn(page, people.shopkeeper);
  const start = await ImportStartPage.open(page);
  const broken = '2025\t"预制菜\n2024\t冷链\n';
  if (live) await start.isAwake();
  await start.paste(broken);
  if (live) await expect(start.said).toHaveText(/^从第 1 行开始的引号没有结束/);
  const sent = await start.send();
  await sent.comesToSay('从第 1 行开始的引号没有结束');
  await sent.comesToSay('原来的内容已保留');
  await sent.again.click();
  await expect(start.rows).toHaveValue(broken);
  if (live) await expect(start.said).toHaveText(/^从第 1 行开始的引号没有结束/);
});

test.describe('nothing pasted', () => {
  test.use({ expectedErrors: answeredWith(422) });

  test('is said at the field', async ({ page }) => {
    await signIn(page, people.shopkeeper);
    const start = await ImportStartPage.open(page);
    await start.paste(' \n\t\n');
    await start.sendRows.click();
    await expect(start.problemAt('rows')).toContainText('请先粘贴要登记的行');
    await expect(start.problemAt('files')).toHaveCount(0);
    await expect(page.locator('#problems')).toBeFocused();
    await start.sendFile.click();
    await expect(start.problemAt('files')).toContainText('请先选择一个表格文件');
  });
});
