/** Workbooks (.xlsx), as far as a test needs to look into one or to fill one in: a ZIP archive of XML. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

type Parts = Map<string, Buffer>;

/** What is typed into a cell: a text, or a number, which a spreadsheet keeps with fifteen digits. */
export type Typed = string | number;

/** A workbook with its first sheet, to be filled in as a person would. */
export class Workbook {
  private readonly parts: Parts;
  private readonly rows: string[] = [];

  constructor(content: Buffer) {
    this.parts = unzip(content);
  }

  private text(part: string): string {
    const content = this.parts.get(part);
    if (!content) throw new Error(`the workbook has no ${part}: ${[...this.parts.keys()].join(', ')}`);
    return content.toString('utf8');
  }

  /** The texts of the sheet, each with its column and row. */
  private cells(): { column: string; line: number; text: string }[] {
    const shared = [...this.text('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, inner]) =>
      [...inner!.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join(''),
    );
    const cells = this.text(SHEET).matchAll(/<c r="([A-Z]+)(\d+)"[^>]*t="s"[^>]*><v>(\d+)<\/v>/g);
    return [...cells].map(([, column, line, at]) => ({ column: column!, line: Number(line), text: shared[Number(at)]! }));
  }

  /** What stands in the first row, with its columns by letter. */
  heads(): Map<string, string> {
    return new Map(this.cells().filter(({ line }) => line === 1).map(({ text, column }) => [text, column]));
  }

  /** The number of each row in which something stands, with its texts. */
  lines(): Map<number, string[]> {
    const lines = new Map<number, string[]>();
    for (const { line, text } of this.cells()) lines.set(line, [...(lines.get(line) ?? []), text]);
    return lines;
  }

  /** Fills a row in, by the heads; the row’s own number is the spreadsheet’s. */
  fill(line: number, answers: Record<string, Typed>) {
    const heads = this.heads();
    const cells = Object.entries(answers).map(([head, typed]) => {
      const column = heads.get(head);
      if (!column) throw new Error(`there is no column ${head} among ${[...heads.keys()].join(', ')}`);
      const place = `r="${column}${line}"`;
      return [column, typeof typed === 'number' ? `<c ${place}><v>${typed}</v></c>` : `<c ${place} t="inlineStr"><is><t>${escaped(typed)}</t></is></c>`] as const;
    });
    // Cells stand in the order of their columns, and Z before AA.
    cells.sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1));
    this.rows.push(`<row r="${line}">${cells.map(([, cell]) => cell).join('')}</row>`);
  }

  content(): Buffer {
    const filled = this.text(SHEET).replace('</sheetData>', `${this.rows.join('')}</sheetData>`);
    return zip(new Map(this.parts).set(SHEET, Buffer.from(filled)));
  }
}

const SHEET = 'xl/worksheets/sheet1.xml';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The parts of an archive, by its directory at the end. */
function unzip(content: Buffer): Parts {
  const end = content.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('this is no archive');
  const parts: Parts = new Map();
  let at = content.readUInt32LE(end + 16);
  for (let left = content.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packing, size] = [content.readUInt16LE(at + 10), content.readUInt32LE(at + 20)];
    const [name, extra, remark] = [content.readUInt16LE(at + 28), content.readUInt16LE(at + 30), content.readUInt16LE(at + 32)];
    const local = content.readUInt32LE(at + 42);
    const from = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
    const packed = content.subarray(from, from + size);
    parts.set(content.toString('utf8', at + 46, at + 46 + name), packing === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + remark;
  }
  return parts;
}

/** An archive of these parts. */
export function zip(parts: Parts): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const called = Buffer.from(name);
    const packed = deflateRawSync(content);
    const said = Buffer.alloc(26);
    said.writeUInt16LE(20, 0);
    // Names in UTF-8, contents deflated, made on 1 January 1980.
    said.writeUInt16LE(0x800, 2);
    said.writeUInt16LE(8, 4);
    said.writeUInt16LE(0x21, 8);
    said.writeUInt32LE(crc32(content), 10);
    said.writeUInt32LE(packed.length, 14);
    said.writeUInt32LE(content.length, 18);
    said.writeUInt16LE(called.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), said, called, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), said, rest, called]));
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

function crc32(content: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of content) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
