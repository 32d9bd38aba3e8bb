import type { Page } from '@playwright/test';
import { ImportPage, ImportRow } from '../portal/import_page.ts';
import { smallPdf } from '../portal/licence.ts';
import { ownMark } from '../portal/own_mark.ts';
import { people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { type Cells, type ChosenFile, csvFile, gb18030File, readCsv, under } from '../portal/spreadsheet.ts';
import { answeredWith, expect, test } from '../portal/test.ts';
import { Workbook, zip } from '../portal/workbook.ts';

/** No other test registers contracts for this shop. */
const own = { person: people.shopkeeper, code: '92310120FXXY00035N' };
const other = { name: '上海奉贤示例美妆科技有限公司', code: '91310120FXXY00027Y' };

/** A sound contract as it is written into a table, under the heads of the template. */
function contract(title: string): Record<string, string> {
  return {
    合同编号: '0026-001',
    合同名称: title,
    合同类型: '市场化合同',
    甲方: other.name,
    甲方统一社会信用代码: other.code,
    乙方: own.person.enterprise,
    乙方统一社会信用代码: own.code,
    主要标的: '节日点心',
    '合同金额（万元）': '１２．５０',
    签订日期: '2026/1/5',
    履约期限: '2026年12月31日',
    履约状态: '履行中',
  };
}

/** The same as the platform gets it. */
function contractOnTheWire(title: string): Record<string, string> {
  return {
    number: '0026-001',
    title,
    type: 'commercial',
    party_a: other.name,
    party_a_code: other.code,
    party_b: own.person.enterprise,
    party_b_code: own.code,
    subject: '节日点心',
    amount: '12.5',
    signed_on: '2026-01-05',
    ends_on: '2026-12-31',
    performance: 'under_way',
  };
}

/** What a link brings that browsers save. */
async function saved(page: Page, link: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link, exact: true }).click()]);
  const pieces: Buffer[] = [];
  for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The heads of the template for contracts, as the portal serves it. */
async function templateHeads(page: Page): Promise<Cells> {
  await page.goto('/registrations/contract/import');
  const [heads] = readCsv((await saved(page, '下载模板（CSV）')).toString('utf8'));
  return heads!;
}

async function pledgeAndFile(sent: ImportPage, purposes: ('publish' | 'evaluate' | 'report')[] = []) {
  await sent.open('/filing');
  const review = new ReviewPage(sent.page);
  for (const purpose of purposes) await review.purpose(purpose).check();
  await review.pledge.check();
  await review.submitButton.click();
}

test.describe('many contracts at once', () => {
  // The page of the pledge that was not ticked is answered with 422.
  test.use({ expectedErrors: answeredWith(422) });

  test('a table with faults is mended row by row, and the rows without fault are filed in one go', async ({ page, context }) => {
    test.slow();
    await signIn(page, own.person);
    const mark = ownMark();
    const called = (name: string) => `${name} ${mark}`;
    const file = `合同 ${mark}.csv`;

    await test.step('the way leads from the group to the template and the file', async () => {
      await page.goto('/registrations/contract');
      await page.getByRole('link', { name: '批量导入' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('批量导入');
    });

    const heads = await templateHeads(page);
    const sent = await ImportPage.send(
      page,
      'contract',
      csvFile(file, [
        heads,
        under(heads, contract(called('甲'))),
        under(heads, { ...contract(called('乙')), '合同金额（万元）': '一万', 甲方统一社会信用代码: '9.13101E+17' }),
        // A row that was left blank counts as a row of the spreadsheet, and as nothing else.
        under(heads, {}),
        under(heads, { ...contract(called('丙')), 乙方统一社会信用代码: other.code, 履约期限: '2025-12-31' }),
        under(heads, { ...contract(called('丁')), 违约方: '双方', 违约事由: '双方均逾期', 违约认定依据: '书面确认', 违约处理状态: '已处理' }),
        under(heads, { ...contract(''), 签订日期: '2026-02-30', 履约状态: '大概履行了' }),
      ]),
    );

    await test.step('each fault is said with its row and its column, and sound rows are not in the way', async () => {
      await expect(sent.counts.getByRole('listitem')).toHaveText(['3 行需要更正', '2 行没有错误，待处理']);
      await expect(sent.table.getByRole('rowheader')).toHaveText(['3', '5', '7']);
      await expect(sent.row(3)).toContainText(called('乙'));
      await expect(sent.problemsOf(3)).toHaveText([/^甲方统一社会信用代码被表格软件改成了科学计数法/, /^合同金额请用阿拉伯数字填写/]);
      await expect(sent.problemsOf(5)).toHaveText([`甲方或乙方须有一方是本企业（${own.code}），请核对甲方统一社会信用代码`, '履约期限不能早于签订日期（2026-01-05）']);
      await expect(sent.problemsOf(7)).toHaveText(['请填写合同名称', '签订日期填写的这一天不存在，请核对年月日', '请选择履约状态']);
      await page.goto('/filings');
      await expect(page.locator('.task-list__task', { hasText: file })).toContainText('3 行需要更正');
      await page.getByRole('link', { name: file }).click();
    });

    await test.step('a row is mended with the fields of the form, as often as it takes', async () => {
      const row = await sent.mend(3);
      await expect(row.summary).toBeFocused();
      await expect(row.summary.getByRole('link')).toHaveCount(2);
      await expect(row.form.control('amount')).toHaveValue('一万');
      await expect(row.form.control('title')).toHaveValue(called('乙'));
      await row.form.control('amount').fill('12.5');
      await row.nextButton.click();
      await ImportRow.isOpen(page, 3);
      await expect(row.form.problemAt('amount')).toBeHidden();
      await expect(row.form.problemAt('party_a_code')).toContainText('科学计数法');
      await row.form.control('party_a_code').fill(other.code);
      await row.nextButton.click();
    });

    await test.step('the next row that is faulty comes by itself, and can be dropped', async () => {
      const row = await ImportRow.isOpen(page, 5);
      await row.dropButton.click();
      await page.locator('button[name=action][value=confirm]').click();
      await expect(page.getByText('已舍弃这一行。')).toBeVisible();
      await expect(sent.table.getByRole('rowheader')).toHaveText(['7']);
    });

    await test.step('after the last one no row is left to mend', async () => {
      const row = await sent.mend(7);
      await row.form.control('title').fill(called('戊'));
      await row.form.control('signed_on').fill('2026-01-05');
      await page.locator('input[name=performance][value=under_way]').check();
      await row.saveButton.click();
      await expect(page.getByText('没有需要更正的行。')).toBeVisible();
      await expect(sent.counts.getByRole('listitem')).toHaveText(['0 行需要更正', '4 行没有错误，待处理', '1 行已舍弃']);
    });

    await sent.fileLink.click();
    const review = new ReviewPage(page);
    const secondTab = await context.newPage();
    await secondTab.goto(page.url());

    await test.step('the pledge names what it is for, and nothing is filed without it', async () => {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('承诺并提交');
      const named = [`第 2 行 · ${called('甲')}`, `第 3 行 · ${called('乙')}`, `第 6 行 · ${called('丁')}`, `第 7 行 · ${called('戊')}`];
      await expect(page.getByRole('listitem').filter({ hasText: mark })).toHaveText(named);
      await expect(review.purpose('publish')).not.toBeChecked();
      await review.purpose('report').check();
      await review.submitButton.click();
      await expect(review.summary).toBeFocused();
      await expect(review.purpose('report')).toBeChecked();
      await expect(review.pledge).not.toBeChecked();
      const reached = (await platform.submissions()).map(({ envelope }) => envelope.content.title ?? '');
      expect(reached.filter((title) => title.includes(mark))).toEqual([]);
    });

    await review.pledge.check();
    await review.submitButton.click();
    const filings = await sent.filings(4);
    expect([...filings.keys()]).toEqual([2, 3, 6, 7]);
    await expect(sent.row(5)).toContainText('已舍弃');

    await test.step('the platform receives every row in its normal form, with the pledge and what was authorised', async () => {
      const breach = { breach_by: 'both', breach: '双方均逾期', breach_basis: '书面确认', breach_state: 'settled' };
      for (const [line, name, more] of [[2, '甲', {}], [3, '乙', {}], [6, '丁', breach], [7, '戊', {}]] as const) {
        const { envelope } = await platform.received(filings.get(line)!);
        expect(envelope.kind).toBe('registration.contract');
        expect(envelope.content).toEqual({ ...contractOnTheWire(called(name)), ...more });
        expect(envelope.consents).toContainEqual({ purpose: 'report', given: true });
        expect(envelope.consents).toContainEqual({ purpose: 'publish', given: false });
        expect(JSON.stringify(envelope.pledge)).toContain(own.person.enterprise);
      }
    });

    await test.step('the same page in another tab files nothing twice', async () => {
      const again = new ReviewPage(secondTab);
      await again.pledge.check();
      await again.submitButton.click();
      await expect(secondTab).toHaveURL(`/imports/${sent.id}`);
      await expect(secondTab.getByRole('list', { name: '这次导入的行数' })).toContainText('4 行已提交');
      const reached = (await platform.submissions()).filter(({ envelope }) => envelope.content.title?.includes(mark));
      expect(reached.map(({ puts }) => puts)).toEqual([1, 1, 1, 1]);
    });

    await test.step('a row leads to its filing, and the import is no longer on the desk', async () => {
      await sent.row(3).getByRole('link').click();
      await expect(page).toHaveURL(`/filings/${filings.get(3)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(called('乙'));
      await page.goto('/filings');
      await expect(page.getByText(file)).toHaveCount(0);
    });
  });
});

test('a table in the encoding of Chinese spreadsheets keeps every character, rare ones too', async ({ page }) => {
  await signIn(page, own.person);
  const heads = await templateHeads(page);
  // U+20BB7 stands in names of people and shops; GB 18030 needs four bytes for it, and GBK has no place for it.
  const title = `𠮷祥如意“点心”供货合同 ${ownMark()}`;
  const file = `供货 ${ownMark()}.csv`;
  const sent = await ImportPage.send(page, 'contract', gb18030File(file, [heads, under(heads, contract(title)), under(heads, { ...contract(title), 主要标的: '' })]));
  await expect(sent.notes).toHaveCount(0);
  await expect(sent.row(3)).toContainText(title);
  await expect(sent.problemsOf(3)).toHaveText(['请填写主要标的']);
  await expect(sent.counts).toContainText('1 行没有错误');
  const row = await sent.look(2);
  await expect(row.summary).toBeHidden();
  await expect(row.form.control('title')).toHaveValue(title);
  await expect(row.form.control('party_a')).toHaveValue(other.name);
  await expect(page.locator('input[name=type][value=commercial]')).toBeChecked();

  await sent.close();
  await expect(page.getByText(file)).toHaveCount(0);
});

test('the template that the portal serves is filled in by a spreadsheet program and read again', async ({ page }) => {
  await signIn(page, own.person);
  await page.goto('/registrations/contract/import');
  const template = new Workbook(await saved(page, '下载模板（Excel）'));
  const mark = ownMark();
  // Required columns have a mark in the workbook’s heads.
  const asTyped = (title: string) =>
    Object.fromEntries(Object.entries(contract(title)).map(([head, answer]) => [`${head}*`, answer])) as Record<string, string | number>;
  // A day as a spreadsheet counts it, an amount as a number: both mean what a person sees in the cell.
  template.fill(2, { ...asTyped(`甲 ${mark}`), '签订日期*': 46_027, '合同金额（万元）*': 12.5, '合同金额（是否公开）': '只公开区间' });
  // A code that was typed as a number has lost its last digits, and no portal can bring them back.
  template.fill(3, { ...asTyped(`乙 ${mark}`), '甲方统一社会信用代码*': 913_101_200_000_000_000 });
  const xlsx = { name: '合同履约.xlsx', mimeType: 'application/octet-stream', buffer: template.content() };
  const sent = await ImportPage.send(page, 'contract', xlsx);

  await expect(sent.notes).toHaveCount(0);
  await expect(sent.counts.getByRole('listitem')).toHaveText(['1 行需要更正', '1 行没有错误，待处理']);
  await expect(sent.problemsOf(3)).toHaveText([/^甲方统一社会信用代码被表格软件改成了科学计数法，后面的数字已经丢失/]);
  const row = await sent.mend(3);
  await row.form.control('party_a_code').fill(other.code);
  await row.saveButton.click();
  await expect(sent.counts.getByRole('listitem')).toHaveText(['0 行需要更正', '2 行没有错误，待处理']);

  await pledgeAndFile(sent);
  const filings = await sent.filings(2);
  expect((await platform.received(filings.get(2)!)).envelope.content).toEqual({ ...contractOnTheWire(`甲 ${mark}`), 'amount.public': 'range' });
  expect((await platform.received(filings.get(3)!)).envelope.content).toEqual(contractOnTheWire(`乙 ${mark}`));
});

test('what is exported can be imported again, and is the same', async ({ page }) => {
  test.slow();
  await signIn(page, own.person);
  const heads = await templateHeads(page);
  const mark = ownMark();
  // What tables like to spoil: zeros in front, commas, quotation marks, several lines, and what looks like a formula.
  const tricky = {
    ...contract(`“中秋”，"月饼" ${mark}`),
    合同编号: '00000001',
    主要标的: '=SUM(1,2)',
    '合同金额（万元）': '0.000001',
    '合同金额（是否公开）': '公开',
    '乙方（是否公开）': '公开',
    所属行业: '批发和零售业',
    补充说明: '第一行，有逗号\n第二行，有"引号"',
  };
  const sent = await ImportPage.send(page, 'contract', csvFile('原来.csv', [heads, under(heads, tricky)]));
  await pledgeAndFile(sent);
  const filings = await sent.filings(1);
  const { envelope } = await platform.received(filings.get(2)!);
  expect(envelope.content.note).toBe('第一行，有逗号\n第二行，有"引号"');
  expect(envelope.content.subject).toBe('=SUM(1,2)');

  await page.goto('/filings');
  const asCsv = await saved(page, '合同履约 CSV');
  const asWorkbook = await saved(page, '合同履约 Excel');
  const asData = JSON.parse((await saved(page, '合同履约 JSON')).toString('utf8'));
  const rows = readCsv(asCsv.toString('utf8'));
  const line = rows.findIndex((row) => row.some((cell) => cell.includes(mark))) + 1;
  expect(line).toBeGreaterThan(1);

  await test.step('the table says which filing it is and where it stands, and holds nothing that a spreadsheet would run', async () => {
    expect(rows[line - 1]).toContain(envelope.reference);
    expect(rows[0]!.slice(-3)).toEqual(['申报编号', '当前状态', '提交时间']);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const item = asData.items.find(({ reference }: { reference: string }) => reference === envelope.reference);
    expect(item.content).toEqual(envelope.content);
  });

  // Other tests file for this shop meanwhile: each file is measured by itself.
  const linesOfWorkbook = new Workbook(asWorkbook).lines();
  const lineOfWorkbook = [...linesOfWorkbook].find(([, texts]) => texts.some((text) => text.includes(mark)))![0];
  const files: [ChosenFile, number, number][] = [
    [{ name: '再来.csv', mimeType: 'text/csv', buffer: asCsv }, line, rows.length],
    [{ name: '再来.xlsx', mimeType: 'application/octet-stream', buffer: asWorkbook }, lineOfWorkbook, linesOfWorkbook.size],
  ];
  for (const [file, ownLine, lines] of files) {
    await test.step(`${file.name} has no fault, and the item in it is the same`, async () => {
      const again = await ImportPage.send(page, 'contract', file);
      await expect(again.counts.getByRole('listitem')).toHaveText(['0 行需要更正', `${lines - 1} 行没有错误，待处理`]);
      await expect(again.notes).toHaveCount(0);
      expect(await (await again.look(ownLine)).answers()).toEqual(envelope.content);
      await again.close();
    });
  }
});

/** The names of the streams in a workbook that has a password (MS-OFFCRYPTO 2.3.2), behind the mark of a compound file. */
const compoundFile = (...streams: string[]) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), ...streams.map((name) => Buffer.from(name, 'utf16le'))]);

const unreadable: { what: string; name: string; content: Buffer; said: string | RegExp }[] = [
  { what: 'a PDF that is called a workbook', name: '合同.xlsx', content: smallPdf().buffer, said: '这个文件不是 .xlsx 或 .csv 表格。请用模板填写后上传。' },
  { what: 'an archive that is no workbook', name: '合同.xlsx', content: zip(new Map([['说明.txt', Buffer.from('你好')]])), said: '这个文件不是 .xlsx 或 .csv 表格。请用模板填写后上传。' },
  { what: 'a workbook that broke off on its way', name: '合同.xlsx', content: zip(new Map([['xl/workbook.xml', Buffer.from('<workbook/>')]])).subarray(0, 60), said: '这个文件已损坏，打不开。请在表格软件中打开检查、重新保存后上传。' },
  { what: 'a workbook with a password', name: '合同.xlsx', content: compoundFile('EncryptionInfo', 'EncryptedPackage'), said: '这个文件有密码保护。请取消密码后重新上传。' },
  { what: 'a workbook of before 2007', name: '合同.xls', content: compoundFile('Workbook'), said: '这是旧版 .xls 文件。请在表格软件中“另存为” .xlsx 后重新上传。' },
  { what: 'a table without the heads of the template', name: '合同.csv', content: Buffer.from('甲,乙\r\n1,2\r\n'), said: '没有找到列名。请保留模板第 1 行的列名，在它下面填写。' },
  { what: 'a table with nothing below its heads', name: '合同.csv', content: Buffer.from('合同编号,合同名称\r\n,\r\n'), said: '列名下面没有内容。请从第 2 行开始填写。' },
  { what: 'a quotation that never ends', name: '合同.csv', content: Buffer.from('合同编号,合同名称\r\n1,甲\r\n2,"乙\r\n3,丙\r\n'), said: /^从第 3 行开始的引号没有结束/ },
];

for (const { what, name, content, said } of unreadable) {
  test(`${what} is refused in a sentence, and can be put away`, async ({ page }) => {
    await signIn(page, own.person);
    const sent = await ImportPage.send(page, 'contract', { name, mimeType: 'application/octet-stream', buffer: content });
    await expect(sent.refusal.locator('p:not(.banner__heading)').first()).toHaveText(said);
    await expect(sent.refusal).toContainText('原来的内容已保留');
    await expect(sent.fileLink).toHaveCount(0);
    await sent.refusal.getByRole('link', { name: '重新导入' }).click();
    await expect(page).toHaveURL('/registrations/contract/import');
    await sent.close();
  });
}

test.describe('no file at all', () => {
  test.use({ expectedErrors: answeredWith(422) });

  const nothing: [string, ChosenFile | undefined, string][] = [
    ['no file', undefined, '请先选择一个表格文件'],
    ['an empty file', { name: '空.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) }, '这个文件是空的'],
  ];
  for (const [what, file, sentence] of nothing) {
    test(`${what} is said at its field, and nothing is begun`, async ({ page }) => {
      await signIn(page, own.person);
      await page.goto('/registrations/contract/import');
      const field = page.locator('input[type=file]');
      if (file) await field.setInputFiles(file);
      await page.getByRole('button', { name: '上传并检查' }).click();
      await expect(page).toHaveURL('/registrations/contract/import');
      await expect(page).toHaveTitle(/^错误：/);
      await expect(page.locator('#problems')).toBeFocused();
      await page.locator('#problems').getByRole('link', { name: sentence }).click();
      await expect(field).toBeFocused();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(new RegExp(sentence));
    });
  }
});
