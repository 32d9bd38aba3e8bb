import { smallTargets, tooWide, violations } from '../portal/accessibility.ts';
import { everyPage, visit, type Language } from '../portal/every_page.ts';
import { expect, test } from '../portal/looking.ts';
import { answeredWith, listen } from '../portal/test.ts';
import { chineseLeft, englishLeft } from '../portal/words.ts';

for (const language of ['zh-CN', 'en'] satisfies Language[]) {
  for (const place of everyPage) {
    test(`${place.name} is all in ${language}, and accessible`, async ({ browser, prepared }) => {
      const context = await visit(browser, prepared, place, { language });
      const errors = listen(context);
      const page = await context.newPage();
      await place.open(page, prepared);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('main')).toHaveCount(1);
      await expect(page).toHaveTitle(/\S/);
      // The button for the other language says so in that language.
      const [itsLanguage, itsName, left] = language === 'en' ? ['zh-CN', '中文', chineseLeft] : ['en', 'English', englishLeft];
      await expect(page.locator('.header__tools button[lang]')).toHaveText(itsName);
      await expect(page.locator('.header__tools button[lang]')).toHaveAttribute('lang', itsLanguage);
      expect.soft(await left(page), 'words of the other language').toEqual([]);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await violations(page), `axe at ${width} px`).toEqual([]);
        expect.soft(await smallTargets(page), `targets at ${width} px`).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 900 });
      expect.soft(await tooWide(page), 'no scrolling sideways at 320 px').toEqual([]);
      const expected = place.status && answeredWith(place.status);
      expect.soft(errors.filter((error) => !(expected && expected.test(error))), 'the console').toEqual([]);
      await context.close();
    });
  }
}

const selection = ['home', 'an empty draft', 'a draft with problems', 'a draft that corrects', 'two versions', 'a review without its pledge', 'the list', 'a filing returned', 'a filing granted and published', 'a filing refused'];
for (const place of everyPage.filter(({ name }) => selection.includes(name))) {
  for (const [look, options] of Object.entries({ 'in large type': { elder: true }, 'in the dark': { dark: true }, 'in large type and in the dark': { elder: true, dark: true } })) {
    test(`${place.name} is accessible ${look}`, async ({ browser, prepared }) => {
      const context = await visit(browser, prepared, place, options);
      const page = await context.newPage();
      await place.open(page, prepared);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await violations(page), `axe at ${width} px`).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 900 });
      expect.soft(await tooWide(page), 'no scrolling sideways at 320 px').toEqual([]);
      await context.close();
    });
  }
}
