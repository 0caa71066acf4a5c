/**
 * What a PDF has to know of a JPEG (ITU-T T.81, annex B; Exif 2.3 for its orientation): size and colours. The picture
 * itself goes into the file as it is and is never decoded here.
 */
export interface JpegImage {
  readonly kind: 'jpeg';
  readonly width: number;
  readonly height: number;
  /** Exif orientation; 1 where none is told. */
  readonly orientation: number;
  /** What the PDF's dictionary says of it beside its size. */
  readonly entries: string;
  readonly data: Uint8Array;
}

export const MOST_PIXELS = 40_000_000;

const COLOURS: Readonly<Record<number, string>> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };

/** Reads the head of a JPEG. @returns the picture, or in words why it cannot be printed */
export function readJpeg(bytes: Uint8Array): JpegImage | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return 'not a JPEG picture';
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return 'the JPEG is damaged';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return 'the JPEG is damaged';
    if (marker === 0xe1)
      orientation = readOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    if (isFrame(marker)) return readFrame(view, at, length, orientation, bytes);
    if (marker === 0xda) return 'the JPEG is damaged';
    at += 2 + length;
  }
  return 'the JPEG is damaged';
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(
  view: DataView,
  at: number,
  length: number,
  orientation: number,
  bytes: Uint8Array,
): JpegImage | string {
  if (length < 8) return 'the JPEG is damaged';
  const bits = view.getUint8(at + 4);
  const height = view.getUint16(at + 5);
  const width = view.getUint16(at + 7);
  const colours = view.getUint8(at + 9);
  const space = COLOURS[colours];
  if (bits !== 8 || space === undefined || width === 0 || height === 0)
    return 'this kind of JPEG cannot be printed';
  if (width * height > MOST_PIXELS) return 'the picture is too large';
  return {
    kind: 'jpeg',
    width,
    height,
    orientation,
    entries: `/BitsPerComponent 8/ColorSpace/${space}/Filter/DCTDecode${colours === 4 ? '/Decode[1 0 1 0 1 0 1 0]' : ''}`,
    data: bytes,
  };
}

/** Tag 0x0112 of the first directory of the Exif block. */
function readOrientation(block: Uint8Array): number | undefined {
  const text = String.fromCharCode(...block.subarray(0, 4));
  if (text !== 'Exif' || block.length < 14) return undefined;
  const view = new DataView(block.buffer, block.byteOffset + 6, block.byteLength - 6);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
  }
  return undefined;
}
