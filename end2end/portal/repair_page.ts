import { expect, type Page } from '@playwright/test';
import { FormPage } from './form_page.ts';
import { FilingPage } from './filing_page.ts';
import { PIN } from './signing_page.ts';
import { ReviewPage } from './review_page.ts';
import { smallPdf } from './licence.ts';

/** An application for credit repair, from the record to the filing. */
export class RepairPage {
  constructor(
    readonly page: Page,
    /** Whether scripts run; without them the signer confirms instead. */
    readonly scripted: boolean,
  ) {}

  /** From the record's own page, by the question what is wrong. */
  async beginAt(record: string) {
    await this.page.goto(`/records/${record}`);
    await this.page.getByLabel('记录没有错，我们已经整改').check();
    await this.page.getByRole('button', { name: '继续' }).click();
    await this.page.getByRole('button', { name: '申请修复' }).click();
    await expect(this.page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
  }

  /** Fills in the open draft; ends on the page of the check. */
  async fillIn(fulfilment = '已补建环境管理台账，罚款已缴清。') {
    const form = new FormPage(this.page);
    if (this.scripted) await form.isAwake();
    const decided = await this.page.locator('input[type=hidden][name=decided_on]').getAttribute('value');
    await form.answer({ fulfilled_on: decided!, fulfilment });
    await this.page.locator('[name=proof_payment]').check();
    await form.attach(smallPdf('缴款书.pdf'));
    await form.goOn();
    await expect(this.page).toHaveURL(/\/review$/);
  }

  /** Prepares the commitment and signs it, or confirms it where nothing can be signed; comes back to the check. */
  async signLetter() {
    const back = this.page.url();
    await this.page.getByRole('button', { name: '准备承诺书' }).click();
    await expect(this.page.locator('#statement')).toContainText('信用修复');
    if (this.scripted) {
      await this.page.locator('#pin').fill(PIN);
      await this.page.getByRole('button', { name: '签署并提交' }).click();
    } else {
      await this.page.getByRole('button', { name: '确认并提交' }).click();
    }
    await expect(this.page).toHaveURL(back);
    await expect(this.page.getByText('承诺书已签署')).toBeVisible();
  }

  async submit(): Promise<FilingPage> {
    return new ReviewPage(this.page).pledgeAndSubmit();
  }

  /** All of it. */
  async applied(record: string): Promise<FilingPage> {
    await this.beginAt(record);
    await this.fillIn();
    await this.signLetter();
    return this.submit();
  }
}
