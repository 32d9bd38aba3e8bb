import { expect, type Locator, type Page } from '@playwright/test';
import { FormPage } from './form_page.ts';
import type { ChosenFile } from './spreadsheet.ts';

/** An import: how far it is, what is wrong in which row, what can be done with the rows. */
export class ImportPage {
  readonly counts: Locator;
  readonly refusal: Locator;
  readonly notes: Locator;
  readonly table: Locator;
  readonly fileLink: Locator;
  readonly closeLink: Locator;

  private constructor(readonly page: Page, readonly id: string) {
    this.counts = page.getByRole('list', { name: '这次导入的行数' });
    this.refusal = page.locator('.banner--act');
    this.notes = page.locator('section[aria-labelledby=notes] li');
    this.table = page.locator('section[aria-labelledby=rows] tbody tr');
    this.fileLink = page.locator('a[href$="/filing"]');
    this.closeLink = page.locator('a[href$="/closure"]');
  }

  /** Sends a file as items of a group, and waits until it has been read. */
  static async send(page: Page, kind: string, file: ChosenFile): Promise<ImportPage> {
    await page.goto(`/registrations/${kind}/import`);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('button[name=action][value=send]').click();
    await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}(\?still=1)?$/);
    const id = new URL(page.url()).pathname.split('/')[2]!;
    const sent = new ImportPage(page, id);
    await sent.isDone('正在读取表格');
    return sent;
  }

  /** Waits until the page no longer says this; it loads itself again until then, with and without JavaScript. */
  private async isDone(underWay: string) {
    await expect(this.page.locator('h1')).toHaveText('批量导入');
    await expect(this.page.getByText(underWay)).toHaveCount(0, { timeout: 20_000 });
  }

  async open(part = '') {
    await this.page.goto(`/imports/${this.id}${part}`);
  }

  /** The row that the spreadsheet shows under this number. */
  row(line: number): Locator {
    return this.page.locator(`#row-${line}`);
  }

  problemsOf(line: number): Locator {
    return this.row(line).locator('.row-table__problems li');
  }

  async mend(line: number): Promise<ImportRow> {
    await this.row(line).getByRole('link', { name: `更正 第 ${line} 行` }).click();
    return ImportRow.isOpen(this.page, line);
  }

  /** Opens a row that needs no mending, to look at what was read. */
  async look(line: number): Promise<ImportRow> {
    await this.open(`/rows/${line}`);
    return ImportRow.isOpen(this.page, line);
  }

  /** Waits until every ordered row has been filed, and gives the ids of the filings by the number of their row. */
  async filings(count: number): Promise<Map<number, string>> {
    await this.isDone('正在逐行提交');
    await expect(this.counts).toContainText(`${count} 行已提交`);
    await this.open('?all=1');
    const filed = new Map<number, string>();
    for (const link of await this.table.locator('a[href^="/filings/"]').all()) {
      const line = await link.locator('xpath=ancestor::tr').getByRole('rowheader').innerText();
      filed.set(Number(line), (await link.getAttribute('href'))!.split('/')[2]!);
    }
    return filed;
  }

  /** Puts the import away; what has become filings stays. */
  async close() {
    await this.open();
    await this.closeLink.click();
    await this.page.locator('button[name=action][value=confirm]').click();
    await expect(this.page).toHaveURL('/filings');
  }
}

/** One row, with the fields of the form. */
export class ImportRow {
  readonly summary: Locator;
  readonly saveButton: Locator;
  readonly nextButton: Locator;
  readonly dropButton: Locator;
  /** Its fields are those of the form, by the same names. */
  readonly form: FormPage;

  private constructor(readonly page: Page) {
    this.form = new FormPage(page);
    this.summary = this.form.summary;
    this.saveButton = page.locator('.actions button[name=action][value=save]');
    this.nextButton = page.locator('button[name=action][value=next]');
    this.dropButton = page.locator('button[name=action][value=drop]');
  }

  static async isOpen(page: Page, line: number): Promise<ImportRow> {
    await expect(page.locator('h1')).toHaveText(`第 ${line} 行`);
    return new ImportRow(page);
  }

  /** Everything that stands in its fields, as it would be sent; what is empty is left out. */
  async answers(): Promise<Record<string, string>> {
    const sent = await this.page.locator('form[action*="/rows/"]').evaluate((form) => [...new FormData(form as HTMLFormElement)]);
    return Object.fromEntries(sent.filter(([name, value]) => value !== '' && name !== 'version').map(([name, value]) => [name, String(value)]));
  }
}
