import { expect, type Locator, type Page } from '@playwright/test';

/** A person without a mouse: goes on by Tab until something has the focus, and can see at each stop where it is. */
export class Keyboard {
  constructor(readonly page: Page) {}

  async tabTo(target: Locator, most = 60) {
    await expect(target).toHaveCount(1);
    for (let stops = 0; stops < most; stops += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
      await this.seesTheFocus();
    }
    throw new Error(`${target} was not reached by pressing Tab ${most} times`);
  }

  async press(target: Locator) {
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  async type(target: Locator, text: string) {
    await this.tabTo(target);
    await this.page.keyboard.insertText(text);
  }

  async tick(target: Locator) {
    await this.tabTo(target);
    await this.page.keyboard.press('Space');
    await expect(target).toBeChecked();
  }

  /** The focused element is marked by an outline, lies inside the window and is not covered. */
  private async seesTheFocus() {
    const fault = await this.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return '';
      const name = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent?.trim().slice(0, 20)}”`;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${name} has no outline (${outlineStyle} ${outlineWidth})`;
      const box = element.getBoundingClientRect();
      if (box.bottom <= 0 || box.top >= innerHeight || box.width < 2) return `${name} is focused out of sight`;
      const top = document.elementFromPoint(box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
      if (top && !element.contains(top) && !top.contains(element)) return `${name} is covered by ${top.tagName}.${top.className}`;
      return '';
    });
    expect(fault).toBe('');
  }
}
