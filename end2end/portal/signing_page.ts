import { expect, type Page } from '@playwright/test';
import { chooseAtProvider, type Somebody } from './people.ts';

export const PIN = '739164';
const DATABASE = 'signing-keys';

/** Pages on which keys are made and used. */
export class SigningPage {
  constructor(readonly page: Page) {}

  /** Shows anew who one is at the provider, and comes to the page of an enrolment, awake. */
  static async enrolment(page: Page, person: Somebody): Promise<SigningPage> {
    await page.goto('/sign-in?fresh=1&return_to=%2Fsigning-keys%2Fnew');
    await chooseAtProvider(page, person);
    await expect(page).toHaveURL(/\/signing-keys\/new/);
    return new SigningPage(page).awake();
  }

  static async trial(page: Page, id: string): Promise<SigningPage> {
    await page.goto(`/signing-keys/${id}/trial`);
    return new SigningPage(page).awake();
  }

  static async transfer(page: Page): Promise<SigningPage> {
    await page.goto('/signing-keys/transfer');
    return new SigningPage(page).awake();
  }

  async awake(): Promise<this> {
    await expect(this.page.locator('html')).toHaveAttribute('data-hydrated', '');
    await expect(this.page.locator('#signing-with')).toBeVisible();
    await expect(this.page.locator('#signing-without')).toBeHidden();
    return this;
  }

  get said() {
    return this.page.locator('form [data-said]').first();
  }

  /** Makes the key; gives the id that it has then. */
  async make(pin = PIN, again = pin): Promise<string> {
    const id = await this.page.locator('input[name=id]').inputValue();
    await this.page.getByLabel('设备名称').fill('测试机');
    await this.page.getByLabel('设置 PIN').fill(pin);
    await this.page.getByLabel('再次输入 PIN').fill(again);
    await this.page.getByRole('button', { name: '制作密钥并登记' }).click();
    return id;
  }

  async sign(pin: string) {
    await this.page.getByLabel('签名 PIN').fill(pin);
    await this.page.getByRole('button', { name: '签名', exact: true }).click();
  }

  /** A person with a key in this browser. */
  static async enrolled(page: Page, person: Somebody): Promise<string> {
    const id = await (await SigningPage.enrolment(page, person)).make();
    await expect(page).toHaveURL(/\/signing-keys\?done=enrolled/);
    return id;
  }

  /** What is kept of a key, as far as a script can see it. */
  async kept(id: string) {
    return this.page.evaluate(
      async ([database, id]) => {
        const open = indexedDB.open(database!);
        await new Promise((resolve) => (open.onsuccess = resolve));
        const get = open.result.transaction('keys').objectStore('keys').get(id!);
        await new Promise((resolve) => (get.onsuccess = resolve));
        open.result.close();
        const record = get.result;
        const exported = await crypto.subtle.exportKey('raw', record.outer).then(
          () => 'exported',
          (error: Error) => error.name,
        );
        return { names: Object.keys(record).sort(), extractable: record.outer.extractable, exported, bytes: record.content.length };
      },
      [DATABASE, id],
    );
  }

  async wipe() {
    await this.page.evaluate(
      (database) =>
        new Promise((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase(database);
          deleting.onsuccess = resolve;
          deleting.onerror = deleting.onblocked = reject;
        }),
      DATABASE,
    );
  }
}
