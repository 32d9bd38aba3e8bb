import { expect, type Locator, type Page } from '@playwright/test';
import { FilingPage } from './filing_page.ts';

/** Checking the answers, the pledge and what may be done with them. */
export class ReviewPage {
  readonly summary: Locator;
  readonly pledge: Locator;
  readonly submitButton: Locator;

  constructor(readonly page: Page) {
    this.summary = page.locator('#problems');
    this.pledge = page.locator('#pledge');
    this.submitButton = page.locator('button[name=action][value=submit]');
  }

  static async isOpen(page: Page): Promise<ReviewPage> {
    await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}\/review$/);
    return new ReviewPage(page);
  }

  row(label: string): Locator {
    return this.page.locator('.summary-list__row', { has: this.page.locator('dt', { hasText: new RegExp(`^${label}$`) }) });
  }

  purpose(name: 'publish' | 'evaluate' | 'report'): Locator {
    return this.page.locator(`input[name=purpose][value=${name}]`);
  }

  async pledgeAndSubmit(): Promise<FilingPage> {
    await this.pledge.check();
    await this.submitButton.click();
    return FilingPage.isOpen(this.page);
  }
}
