import { expect, type Locator, type Page } from '@playwright/test';
import { FormPage, idIn } from './form_page.ts';
import { soundLicence } from './licence.ts';
import { ReviewPage } from './review_page.ts';

/** Where a filing stands. */
export class FilingPage {
  readonly state: Locator;
  readonly history: Locator;
  readonly withdrawLink: Locator;
  readonly correctButton: Locator;

  constructor(readonly page: Page) {
    this.state = page.locator('.state');
    this.history = page.locator('.timeline__moment');
    this.withdrawLink = page.locator('.actions a[href$="/withdrawal"]');
    this.correctButton = page.locator('button[name=action][value=correct]');
  }

  static async isOpen(page: Page): Promise<FilingPage> {
    await expect(page).toHaveURL(/\/filings\/[0-9a-f-]{36}(\?filed=1)?$/);
    return new FilingPage(page);
  }

  /** Files a sound licence, for whoever is signed in. */
  static async file(page: Page, answers = soundLicence(), purposes: ('publish' | 'evaluate' | 'report')[] = []): Promise<FilingPage> {
    const form = await FormPage.begin(page);
    await form.fillSoundly(answers);
    await form.goOn();
    const review = await ReviewPage.isOpen(page);
    for (const purpose of purposes) await review.purpose(purpose).check();
    return review.pledgeAndSubmit();
  }

  get id(): string {
    return idIn(this.page, 'filings');
  }

  number(label: string): Locator {
    return this.page.locator('#standing .summary-list__row', { hasText: label }).locator('dd');
  }

  /** The number that people use. */
  async reference(): Promise<string> {
    const text = await this.page.locator('#standing > .summary-list dd').first().innerText();
    expect(text).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    return text;
  }

  /** Without JavaScript a page changes when it is loaded again; with it, by itself. */
  async becomes(live: boolean, state: Locator, within: number) {
    if (live) return expect(state).toBeVisible({ timeout: within });
    await expect(async () => {
      await this.page.reload();
      await expect(state).toBeVisible({ timeout: 200 });
    }).toPass({ timeout: within + 5_000 });
  }
}
