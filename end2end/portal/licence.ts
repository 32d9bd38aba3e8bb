/** What a person types into the form for a licence. */
export interface LicenceAnswers {
  category?: string;
  title?: string;
  number?: string;
  scope?: string;
  issuer?: string;
  issuer_code?: string;
  issued_on?: string;
  valid_from?: string;
  valid_until?: string;
  look_up?: string;
}

let made = 0;

/** Sound answers; the title is this licence's own, so that it is found again among the enterprise's other filings. */
export function soundLicence(): Required<Omit<LicenceAnswers, 'valid_from' | 'issuer_code' | 'look_up'>> {
  made += 1;
  const own = `${process.pid}-${Date.now().toString(36)}-${made}`;
  return {
    category: 'permit',
    title: `食品经营许可证 ${own}`,
    number: `JY${own}`,
    scope: '热食类食品制售',
    issuer: '上海市奉贤区市场监督管理局',
    issued_on: '2026-03-05',
    valid_until: '2031-03-04',
  };
}

/** A small sound PDF with one empty page. */
export function smallPdf(name = '食品经营许可证.pdf') {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const beginning = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${beginning}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text) };
}

/** A file that the portal must refuse, whatever its name says. */
export function notReallyAPdf() {
  return { name: '其实是网页.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<!DOCTYPE html><title>x</title>') };
}
