import type { Page } from '@playwright/test';
import { people } from './people.ts';

/** Every word that a person can see or hear, line by line: text, names for screen readers, the tab. */
async function words(page: Page, leftOut = 'script'): Promise<string[]> {
  return page.evaluate((passedOver) => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement!;
      if (!around.closest(`script, style, [hidden], ${passedOver}`)) found.push(node.textContent!);
    }
    for (const element of document.querySelectorAll('*')) {
      if (element.closest(passedOver)) continue;
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) found.push(element.getAttribute(name) ?? '');
      if (element instanceof HTMLInputElement && element.type === 'submit') found.push(element.value);
    }
    return found.map((text) => text.trim()).filter((text) => text !== '');
  }, leftOut);
}

/** What people and authorities wrote themselves stays in its language. */
const data = [
  ...Object.values(people).flatMap(({ name, enterprise }) => [name, enterprise]),
  /食品经营许可证[ 0-9a-z-]*(\.pdf)?/g,
  '其实是网页.pdf',
  '热食类食品制售',
  '上海市奉贤区市场监督管理局',
  '编号与附件上的不一致，请核对。',
  '请在十个工作日内补正。',
  '证照已经被发证机关注销。',
  '审核岗王工',
  '改过的编号',
  '经营情况.csv',
  '空表.csv',
  '模具加工',
  '冷链',
  '去年',
  ...['罚款人民币一万元。', '一万元', '一万'],
  '已改',
  '先保存的名称',
  '后保存的名称',
  '发证机关',
  // What the operator put into the footer.
  '上海市奉贤区发展和改革委员会',
  '奉贤区公共信用信息服务中心',
  '工作日 9:00–11:30，13:30–17:00',
  '上海市奉贤区示例路 1 号',
  '沪ICP备00000000号',
  '沪公网安备31012000000000号',
  '（示例）',
  // What the platform has on file, as the authorities wrote it: number, authority and kind of a decision are free text on the wire.
  /沪奉税简罚〔\d{4}〕示例77号/g,
  /沪奉水执法〔\d{4}〕示例9号/g,
  /沪奉?(环|民|市监奉)(罚|处)[〔[]\d{4}[〕\]]示例\d+号/g,
  '国家税务总局上海市奉贤区税务局',
  '上海市奉贤区生态环境局',
  ...['未按照规定的期限办理纳税申报。', '罚款人民币二百元。', '补办纳税申报', '缴纳罚款人民币200元'],
  ...['未按规定设置危险废物识别标志。', '设置危险废物识别标志', '缴纳罚款人民币10000元', '今年春天', 'particularly_serious'],
  ...['向会员单位违规收取评比表彰费用。', '罚款人民币六千元。', '退还违规收取的费用', '缴纳罚款人民币6000元', '申请信用修复时提供虚假的整改证明材料。'],
  // Laws have their own names, and so have the articles and matters in them.
  /《[^》]+》(（[^）]+）)?(: )?(第[一二三四五六七八九十百零]+条(第[一二三四五六七八九十]+[款项])*|[一-龥、]+期限)?/g,
  /(?<=^(It says now: )?)(罚款|通报批评)$/g,
  // Enterprises are registered under Chinese names alone, so the example of a part of one is Chinese, and so is what was asked.
  /(?<=for example: )精密机械(?=;)/g,
  /(?<=Results for “)示例(?=”)/g,
];

function withoutData(text: string): string {
  return data.reduce<string>((left, piece) => left.replaceAll(piece, ''), text);
}

/** The Chinese that is left on an English page once the data is taken away, the language's own name on its button, and a pledge that was made in Chinese, which says so. */
export async function chineseLeft(page: Page): Promise<string[]> {
  const english = await words(page, '.header__tools button[lang], .document[lang=zh-CN]');
  return english.map(withoutData).filter((text) => /[\p{Script=Han}，。；：（）、“”]{1,}/u.test(text.replace(/[“”]/g, '')));
}

/** The English that is left on a Chinese page. */
export async function englishLeft(page: Page): Promise<string[]> {
  // The last three: the number of the pledge’s wording, the digest of its text, and the key of the public log.
  const known = /English|JavaScript|Cookie|Excel|\.ics|PDF|JPG|PNG|KB|MB|https?:\/\/\S+|JY[0-9a-z-]+|^registration-\d{4}-\d{2}$|^[0-9a-f]{64}$|^\S+\/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/g;
  const english = (await words(page)).map((text) => withoutData(text).replace(known, '')).filter((text) => /[A-Za-z]{3,}/.test(text));
  // Numbers of filings are made of letters and digits.
  return english.filter((text) => !/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9A-Z]{18}|[A-Z]{2,}[-0-9A-Z]+/.test(text));
}
