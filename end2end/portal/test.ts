import { test as base, expect, type BrowserContext, type ConsoleMessage, type Page } from '@playwright/test';

export { expect };

interface Watch {
  /** Errors in the browser's console that this test brings about on purpose; everything else fails the test. */
  expectedErrors: RegExp | undefined;
  /** Whether the browser runs scripts in this project. */
  live: boolean;
}

/** Every test fails if any page of it put an error into the console or broke the content security policy. */
export const test = base.extend<Watch & { quietConsole: void }>({
  expectedErrors: [undefined, { option: true }],

  live: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  quietConsole: [
    async ({ context, expectedErrors }, use) => {
      const errors = listen(context);
      await use();
      const unexpected = errors.filter((error) => !expectedErrors?.test(error));
      expect(unexpected, 'errors in the browser’s console').toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects what goes wrong on the pages of a browser context. */
export function listen(context: BrowserContext): string[] {
  const errors: string[] = [];
  const onConsole = (message: ConsoleMessage) => {
    const text = message.text();
    const breach = /content.security.policy|refused to/i.test(text);
    if (message.type() === 'error' || breach) errors.push(`${text} (${message.location().url})`);
  };
  context.on('console', onConsole);
  context.on('weberror', (error) => errors.push(`${error.error().message} (thrown on ${error.page()?.url()})`));
  return errors;
}

/** What Chromium itself says when a page is answered with one of these statuses. */
export function answeredWith(...statuses: number[]): RegExp {
  return new RegExp(`Failed to load resource: the server responded with a status of (${statuses.join('|')}) `);
}
