/** What the letters of one document are drawn with: the fonts that it uses, by the names that its pages call them. */
import { NO_BREAK_SPACE } from './code-page.js';
import { writeCoreFont } from './core-font.js';
import type { PdfFile } from './file.js';
import { type Face, isStyle, typeface } from './fonts.js';
import { RareFont } from './rare-font.js';

/** Text in one font: as it stands, or as codes in hexadecimal digits. */
export interface Stroke {
  readonly font: string;
  readonly text?: string;
  readonly codes?: string;
}

interface Rare {
  readonly name: string;
  readonly font: RareFont;
}

export class Inks {
  private readonly cores = new Map<Face, string>();
  private readonly rares = new Map<Face, Rare>();

  /** The name of the font for what is on the code page. */
  core(face: Face): string {
    let name = this.cores.get(face);
    if (name === undefined) {
      name = `F${this.cores.size + 1}`;
      this.cores.set(face, name);
    }
    return name;
  }

  /** The font for everything else. */
  rare(face: Face): Rare {
    let rare = this.rares.get(face);
    if (rare === undefined) {
      rare = { name: `G${this.rares.size + 1}`, font: new RareFont(face) };
      this.rares.set(face, rare);
    }
    return rare;
  }

  /** A text of one face, part of which is not on the code page. */
  mixed(face: Face, text: string): Stroke[] {
    const { quick } = typeface(face);
    const strokes: Stroke[] = [];
    let core = '';
    let codes = '';
    const close = (): void => {
      if (core !== '') strokes.push({ font: this.core(face), text: core });
      if (codes !== '') strokes.push({ font: this.rare(face).name, codes });
      core = '';
      codes = '';
    };
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const onPage = (quick[codePoint] ?? -1) >= 0;
      if (onPage ? codes !== '' : core !== '') close();
      if (onPage) core += character;
      else codes += this.rare(face).font.code(codePoint === NO_BREAK_SPACE ? 0x20 : codePoint);
    }
    close();
    return strokes;
  }

  /** Writes the fonts. @returns them with their names, as an entry of the resources */
  write(file: PdfFile): string {
    let fonts = '';
    for (const [face, name] of this.cores)
      if (isStyle(face)) fonts += `/${name} ${writeCoreFont(file, face)} 0 R`;
    for (const { name, font } of this.rares.values()) fonts += `/${name} ${font.write(file)} 0 R`;
    return `/Font<<${fonts}>>`;
  }
}
