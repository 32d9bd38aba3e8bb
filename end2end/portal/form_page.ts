import { expect, type Locator, type Page } from '@playwright/test';
import { type LicenceAnswers, smallPdf, soundLicence } from './licence.ts';

/** The form of a draft. It is found by names and roles, never by words, so that it serves both languages. */
export class FormPage {
  readonly summary: Locator;
  readonly continueButton: Locator;
  readonly saveButton: Locator;
  readonly uploadButton: Locator;
  readonly fileInput: Locator;
  readonly files: Locator;
  readonly saving: Locator;

  constructor(readonly page: Page) {
    this.summary = page.locator('#problems');
    this.continueButton = page.locator('.actions button[name=action][value=continue]');
    this.saveButton = page.locator('button[name=action][value=save]');
    this.uploadButton = page.locator('button[name=action][value=upload]');
    this.fileInput = page.locator('#f-files');
    this.files = page.locator('.file-list__file');
    this.saving = page.locator('.saving');
  }

  /** Begins a draft, for whoever is signed in. */
  static async begin(page: Page, kind = 'licence'): Promise<FormPage> {
    await page.goto(`/registrations/${kind}`);
    await page.locator('button[name=action][value=begin]').click();
    await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
    return new FormPage(page);
  }

  get id(): string {
    return idIn(this.page, 'drafts');
  }

  field(name: string): Locator {
    return this.page.locator(`[data-field=${name}]`);
  }

  control(name: string): Locator {
    return this.page.locator(`#f-${name}`);
  }

  problemAt(name: string): Locator {
    return this.field(name).locator('.field__problem');
  }

  async fill(answers: LicenceAnswers) {
    const { category, ...lines } = answers;
    if (category) await this.page.locator(`input[name=category][value=${category}]`).check();
    for (const [name, value] of Object.entries(lines)) await this.control(name).fill(value);
  }

  /** Answers of any form: text is typed, choices are made by their stored value. */
  async answer(answers: Record<string, string>) {
    for (const [name, value] of Object.entries(answers)) {
      const control = this.page.locator(`#draft-form [name="${name}"]`).first();
      const kind = await control.evaluate((element) => (element as HTMLInputElement).type);
      if (kind === 'radio' || kind === 'checkbox') await this.page.locator(`#draft-form [name="${name}"][value="${value}"]`).check();
      else if (kind === 'select-one') await control.selectOption(value);
      else await control.fill(value);
    }
  }

  /** Chooses a file; where no module sends it by itself, the button does. */
  async attach(file = smallPdf()) {
    await this.fileInput.setInputFiles(file);
    if ((await this.page.locator('html[data-hydrated]').count()) === 0) {
      // The module may wake just now, and take both file and button.
      await this.uploadButton.click({ timeout: 2_000 }).catch(() => undefined);
    }
    await expect(this.files.filter({ hasText: file.name })).toBeVisible();
  }

  /** A sound draft, taken as far as the review page. */
  async fillSoundly(answers = soundLicence()) {
    await this.fill(answers);
    await this.attach();
    return answers;
  }

  async goOn() {
    await this.continueButton.click();
  }

  /** Waits until the module has woken the page. */
  async isAwake() {
    await expect(this.page.locator('html')).toHaveAttribute('data-hydrated', '');
  }

  /** Waits until the page says that it has saved the draft by itself. */
  async isSaved(within = 5_000) {
    await expect(this.saving).toContainText('已自动保存', { timeout: within });
  }
}

/** The id in the address of a draft or filing. */
export function idIn(page: Page, folder: 'drafts' | 'filings'): string {
  const id = new URL(page.url()).pathname.match(new RegExp(`^/${folder}/([0-9a-f-]{36})`))?.[1];
  if (!id) throw new Error(`${page.url()} is not a page of ${folder}`);
  return id;
}
