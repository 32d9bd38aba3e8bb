import { expect, type Locator, type Page } from '@playwright/test';

/** Before an import: the template, the file to send, the rows to paste. */
export class ImportStartPage {
  readonly rows: Locator;
  readonly sendRows: Locator;
  readonly sendFile: Locator;
  readonly said: Locator;
  readonly notes: Locator;
  readonly faults: Locator;
  readonly firstFaults: Locator;

  constructor(readonly page: Page) {
    this.rows = page.locator('#f-rows');
    this.sendRows = page.locator('button[name=action][value=rows]');
    this.sendFile = page.locator('button[name=action][value=send]');
    this.said = page.locator('#row-check');
    this.notes = page.locator('#row-notes > li');
    this.faults = page.locator('#row-faults-body > tr');
    this.firstFaults = page.locator('#row-faults-first');
  }

  static async open(page: Page, kind = 'operations'): Promise<ImportStartPage> {
    await page.goto(`/registrations/${kind}/import`);
    return new ImportStartPage(page);
  }

  /** Waits until the module has woken the page. */
  async isAwake() {
    await expect(this.page.locator('html')).toHaveAttribute('data-hydrated', '');
  }

  /** Puts rows into the field. */
  async paste(rows: string) {
    await this.rows.fill(rows);
  }

  /** By way of the clipboard, as people do: the only way that is quick with many rows. */
  async pasteFromClipboard(rows: string) {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), rows);
    await this.rows.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('ControlOrMeta+v');
  }

  async send(): Promise<ImportProgress> {
    await this.sendRows.click();
    return ImportProgress.isOpen(this.page);
  }

  problemAt(name: 'files' | 'rows'): Locator {
    return this.page.locator(`[data-field=${name}] .field__problem`);
  }
}

/** An import: how far it is, and what is wrong in it. */
export class ImportProgress {
  readonly main: Locator;
  readonly said: Locator;
  readonly fileRows: Locator;
  readonly again: Locator;
  readonly reloading: Locator;

  constructor(readonly page: Page) {
    this.main = page.locator('main');
    this.said = page.locator('#updated');
    this.fileRows = page.locator('main a[href$="/filing"]');
    this.reloading = page.locator('[data-without]');
    this.again = page.locator('main a[href*="/import?again="]');
  }

  static async isOpen(page: Page): Promise<ImportProgress> {
    await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
    return new ImportProgress(page);
  }

  /** That the page comes to say this by itself: by the island, or by reloading itself. */
  async comesToSay(words: string | RegExp, within = 20_000) {
    await expect(this.main).toContainText(words, { timeout: within });
  }

  row(line: number): Locator {
    return this.page.locator(`#row-${line}`);
  }

  async putAway() {
    await this.page.locator('main a[href$="/closure"]').click();
    await this.page.locator('button[name=action][value=confirm]').click();
    await expect(this.page).toHaveURL('/filings');
  }

  /** Pledges for all rows without fault and files them. */
  async file() {
    await this.fileRows.click();
    await this.page.locator('input[name=pledge]').check();
    await this.page.locator('button[name=action][value=submit]').click();
    await expect(this.page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
  }
}
