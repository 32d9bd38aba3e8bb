import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { everyPage, visit } from '../portal/every_page.ts';
import { FilingPage } from '../portal/filing_page.ts';
import { expect, test } from '../portal/looking.ts';

test('a printed filing says what matters, with its number as text and without navigation', async ({ browser, prepared }, testInfo) => {
  const place = everyPage.find(({ name }) => name === 'a filing granted and published')!;
  const page = await (await visit(browser, prepared, place)).newPage();
  await place.open(page, prepared);
  const reference = await new FilingPage(page).reference();
  const title = await page.locator('h1').innerText();
  const file = testInfo.outputPath('filing.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  const printed = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const flat = printed.replace(/\s+/g, '');
  for (const words of [reference, title, '信用奉贤', '上海市奉贤区市场监督管理局', '公示中，至2029-11-22', '真实、合法、完整、有效']) {
    expect(flat).toContain(words.replace(/\s+/g, ''));
  }
  for (const words of ['退出登录', '长者模式', 'English', '当前位置', '跳到正文', '个人信息保护', '撤回申报我的']) expect(flat).not.toContain(words);
  await page.context().close();
});
