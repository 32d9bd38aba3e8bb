import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { required } from './environment.ts';
import { listen } from './test.ts';

/** An item as data. */
export interface ItemData {
  verification: { name: string; label: { zh: string } };
  registered_on: string;
  verified_on: string;
  published_on: string;
  shown_until: string | null;
  answers: { name: string; label: { zh: string }; shown: { zh: string }; value?: string; range?: { from: string; below: string } }[];
}

/** Somebody who never signed in, and what they see. */
export class Stranger {
  readonly found: Locator;
  readonly items: Locator;
  private readonly errors: string[];

  private constructor(private readonly context: BrowserContext, readonly page: Page) {
    this.errors = listen(context);
    this.found = page.locator('section[aria-labelledby=results] .task-list__task');
    this.items = page.getByRole('article');
  }

  static async comes(browser: Browser, live: boolean): Promise<Stranger> {
    const context = await browser.newContext({ baseURL: required('PORTAL_URL'), locale: 'zh-CN', javaScriptEnabled: live });
    return new Stranger(context, await context.newPage());
  }

  /** Asks as one does: types it into the one field and presses the button. */
  async looksFor(typed: string) {
    await this.page.goto('/enterprises');
    await this.page.getByLabel('企业名称或统一社会信用代码').fill(typed);
    await this.page.getByRole('button', { name: '查询' }).click();
    await expect(this.page.getByRole('heading', { level: 2 })).toHaveText(`“${typed}”的查询结果`);
  }

  /** Opens what an enterprise made public of one group. */
  async opens(code: string, group: string) {
    await this.page.goto(`/enterprises/${code}?group=${group}`);
  }

  item(words: string): Locator {
    return this.items.filter({ hasText: words });
  }

  /** What stands there: each label with its answer. */
  async says(part: Locator): Promise<Record<string, string>> {
    const labels = await part.locator('dt').allInnerTexts();
    const answers = await part.locator('dt + dd').allInnerTexts();
    expect(answers.length).toBe(labels.length);
    return Object.fromEntries(labels.map((label, at) => [label, answers[at]!]));
  }

  /** Everything that is sent for a page: what is written there, and what is not shown too. */
  async source(): Promise<string> {
    return (await this.context.request.get(this.page.url())).text();
  }

  /** The same as the page, as data; by the link that the page gives. */
  async data(): Promise<{ text: string; items: ItemData[]; code: string; name: string; source: { name: string; label: { zh: string } } }> {
    const href = await this.page.getByRole('link', { name: '以数据格式（JSON）获取本页' }).getAttribute('href');
    const answer = await this.context.request.get(href!);
    expect(answer.headers()['content-type']).toContain('application/json');
    const text = await answer.text();
    const { groups, ...rest } = JSON.parse(text);
    return { text, items: groups.flatMap(({ items }: { items: ItemData[] }) => items), ...rest };
  }

  async leaves() {
    expect(this.errors, 'errors in the stranger’s console').toEqual([]);
    await this.context.close();
  }
}
