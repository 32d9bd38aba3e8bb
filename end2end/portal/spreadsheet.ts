/** Tables as enterprises keep them: made, filled in and read without any spreadsheet program. */

export type Cells = string[];

/** A file as a person chooses it. */
export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Lays answers out under their heads; a head that the table does not have is a mistake of the test. */
export function under(heads: Cells, answers: Record<string, string>): Cells {
  for (const head of Object.keys(answers)) if (!heads.includes(head)) throw new Error(`there is no column ${head} among ${heads.join(', ')}`);
  return heads.map((head) => answers[head] ?? '');
}

/** A table as CSV (RFC 4180). */
export function csv(rows: Cells[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** The cells of a CSV table; the mark before it is passed over. */
export function readCsv(text: string): Cells[] {
  const rows: Cells[] = [];
  let row: Cells = [];
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && row.length === 0 && !quoted && !plain) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

export function csvFile(name: string, rows: Cells[]): ChosenFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(csv(rows)) };
}

/** What most spreadsheet programs in China write when they are asked for CSV. */
export function gb18030File(name: string, rows: Cells[]): ChosenFile {
  return { name, mimeType: 'text/csv', buffer: gb18030(csv(rows)) };
}

let twoBytes: Map<string, number[]> | undefined;

/** Node can read GB18030, but not write it: what two bytes mean is looked up backwards, the rest is counted (GB 18030-2022, 4 bytes). */
function gb18030(text: string): Buffer {
  if (!twoBytes) {
    twoBytes = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let first = 0x81; first <= 0xfe; first += 1) {
      for (let second = 0x40; second <= 0xfe; second += 1) {
        const character = decoder.decode(Uint8Array.of(first, second));
        if ([...character].length === 1 && character !== '\uFFFD') twoBytes.set(character, [first, second]);
      }
    }
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const known = code < 0x80 ? [code] : twoBytes.get(character);
    if (!known && code < 0x10000) throw new Error(`${character} is not written here`);
    const at = code - 0x10000;
    bytes.push(...(known ?? [0x90 + Math.floor(at / 12600), 0x30 + (Math.floor(at / 1260) % 10), 0x81 + (Math.floor(at / 10) % 126), 0x30 + (at % 10)]));
  }
  return Buffer.from(bytes);
}
