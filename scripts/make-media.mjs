#!/usr/bin/env node
/**
 * Makes the small media of the fixtures, byte for byte the same each time: nothing in them is of a real person.
 * `node scripts/make-media.mjs` writes fixtures/media; `--check` fails when what lies there differs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../fixtures/media/', import.meta.url));

const files = {
  'cpr-form.pdf': pdf([
    'MADE-UP EXAMPLE, NOT A REAL FORM',
    'Scan of a CPR decision form, page 1 of 1',
    'This page stands for the paper that travels in the bag.',
  ]),
  'picture.png': png(48, 48, (x, y) => ((x - 24) ** 2 + (y - 24) ** 2 < 400 ? 200 - y : 245)),
  'photograph.jpg': jpeg(12, 12, (x, y) => 60 + 12 * x + 3 * y),
  'voice.wav': wav(800, (n) => Math.sin(n / 3) * 40),
  'song.mp3': mp3(20),
  'film.mp4': mp4(jpeg(8, 8, (x, y) => 30 + 14 * (x + y))),
};

if (process.argv.includes('--check')) {
  const wrong = Object.entries(files).filter(([name, bytes]) => !readFileSync(FOLDER + name).equals(bytes));
  for (const [name] of wrong) console.error(`fixtures/media/${name} is not what this script makes`);
  process.exit(wrong.length > 0 ? 1 : 0);
}
mkdirSync(FOLDER, { recursive: true });
for (const [name, bytes] of Object.entries(files)) writeFileSync(FOLDER + name, bytes);

/** One page of text in a font that every reader has. ISO 32000-1. */
function pdf(lines) {
  const text = lines.map((l, i) => `${i === 0 ? '' : '0 -24 Td '}(${l}) Tj`).join('\n');
  const content = `BT /F1 14 Tf 60 760 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** Grey picture, stored without compression, so that no version of zlib changes the bytes. */
function png(width, height, grey) {
  const rows = Buffer.concat(
    Array.from({ length: height }, (_, y) =>
      Buffer.from([0, ...Array.from({ length: width }, (_, x) => Math.round(grey(x, y)))]),
    ),
  );
  const stored = Buffer.concat([
    Buffer.from([0x78, 0x01, 0x01]),
    u16le(rows.length),
    u16le(~rows.length & 0xffff),
    rows,
    u32(adler32(rows)),
  ]);
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', stored),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** Baseline grey JPEG of blocks of one tone each: only the mean of a block is coded. ITU-T T.81. */
function jpeg(columns, lines, tone) {
  // Lengths of the standard luminance DC codes (table K.3); of the AC codes only "end of block" is needed.
  const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
  const dcValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const dcCode = canonical(dcCounts, dcValues);
  const bits = [];
  const put = (value, length) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  let before = 0;
  for (let y = 0; y < lines; y++) {
    for (let x = 0; x < columns; x++) {
      const level = Math.round(tone(x, y)) - 128; // the quantiser is 8: one step of DC is one tone
      const difference = level - before;
      before = level;
      const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      put(...dcCode.get(size));
      put(difference > 0 ? difference : difference + 2 ** size - 1, size);
      put(0, 1); // end of block
    }
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const scan = [];
  for (let i = 0; i < bits.length; i += 8) {
    const byte = Number.parseInt(bits.slice(i, i + 8).join(''), 2);
    scan.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0', 'latin1'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, ...u16(lines * 8), ...u16(columns * 8), 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...dcCounts, ...dcValues]),
    segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0x00]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    Buffer.from(scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function canonical(counts, values) {
  const codes = new Map();
  let [code, next] = [0, 0];
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) codes.set(values[next++], [code++, i + 1]);
    code <<= 1;
  });
  return codes;
}

function segment(marker, data) {
  return Buffer.from([0xff, marker, ...u16(data.length + 2), ...data]);
}

/** Eight-bit sound at 8 kHz. */
function wav(samples, wave) {
  const data = Buffer.from(Array.from({ length: samples }, (_, n) => 128 + Math.round(wave(n))));
  const format = Buffer.concat([u16le(1), u16le(1), u32le(8000), u32le(8000), u16le(1), u16le(8)]);
  const chunk = (name, body) => Buffer.concat([Buffer.from(name, 'latin1'), u32le(body.length), body]);
  return chunk(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE', 'latin1'), chunk('fmt ', format), chunk('data', data)]),
  );
}

/** Frames of silence, MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono. ISO/IEC 11172-3. */
function mp3(frames) {
  const length = Math.floor((144 * 32_000) / 44_100);
  const frame = Buffer.alloc(length);
  frame.set([0xff, 0xfb, 0x10, 0xc0]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** One still picture shown for a second. ISO/IEC 14496-12 and -14; pictures are JPEG (object type 0x6C). */
function mp4(picture) {
  const side = 64;
  const ftyp = box('ftyp', Buffer.from('isom\0\0\x02\0isommp41', 'latin1'));
  const mdat = box('mdat', picture);
  const matrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));
  const mvhd = full('mvhd', 0, [
    ...[0, 0, 1000, 1000, 0x10000].map(u32),
    Buffer.from([1, 0, ...zeros(10)]),
    matrix,
    Buffer.alloc(24),
    u32(2),
  ]);
  const tkhd = full('tkhd', 7, [
    ...[0, 0, 1, 0, 1000].map(u32),
    Buffer.alloc(16),
    matrix,
    u32(side * 65536),
    u32(side * 65536),
  ]);
  const mdhd = full('mdhd', 0, [...[0, 0, 1000, 1000].map(u32), Buffer.from([0x55, 0xc4, 0, 0])]);
  const hdlr = full('hdlr', 0, [
    u32(0),
    Buffer.from('vide', 'latin1'),
    Buffer.alloc(12),
    Buffer.from('film\0'),
  ]);
  const url = full('url ', 1, []);
  const dinf = box('dinf', full('dref', 0, [u32(1), url]));
  const config = [0x6c, 0x11, 0, 0, 0, ...u32(0), ...u32(0)];
  const esds = full('esds', 0, [
    Buffer.from([0x03, 3 + 2 + config.length + 3, 0, 1, 0, 0x04, config.length, ...config, 0x06, 1, 2]),
  ]);
  const entry = box(
    'mp4v',
    Buffer.concat([
      Buffer.from([...zeros(6), 0, 1, ...zeros(16), ...u16(side), ...u16(side)]),
      u32(0x480000),
      u32(0x480000),
      u32(0),
      Buffer.from([0, 1, ...zeros(32), 0, 24, 0xff, 0xff]),
      esds,
    ]),
  );
  const tables = [
    full('stsd', 0, [u32(1), entry]),
    full('stts', 0, [1, 1, 1000].map(u32)),
    full('stsc', 0, [1, 1, 1, 1].map(u32)),
    full('stsz', 0, [0, 1, picture.length].map(u32)),
    full('stco', 0, [u32(1), u32(ftyp.length + 8)]),
  ];
  const minf = box(
    'minf',
    Buffer.concat([full('vmhd', 1, [Buffer.alloc(8)]), dinf, box('stbl', Buffer.concat(tables))]),
  );
  const trak = box('trak', Buffer.concat([tkhd, box('mdia', Buffer.concat([mdhd, hdlr, minf]))]));
  return Buffer.concat([ftyp, mdat, box('moov', Buffer.concat([mvhd, trak]))]);
}

function box(type, body) {
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function full(type, flags, parts) {
  return box(type, Buffer.concat([u32(flags), ...parts]));
}

function zeros(n) {
  return Array.from({ length: n }, () => 0);
}
function u16(n) {
  return [(n >> 8) & 0xff, n & 0xff];
}
function u16le(n) {
  return Buffer.from([n & 0xff, (n >> 8) & 0xff]);
}
function u32(n) {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n >>> 0);
  return out;
}
function u32le(n) {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(n >>> 0);
  return out;
}
