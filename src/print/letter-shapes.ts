/**
 * The shapes of letters without their text, so that what lies across a page is not mixed into it when the text is
 * copied out, searched or read aloud.
 */
import type { PathCommand } from 'fontkit';
import { typeface } from './fonts.js';
import type { Line } from './lines.js';
import { number } from './number.js';

/** Path operators for the letters of a line, base line at zero, y upwards. */
export function outlineOperators(line: Line, size: number): string {
  const operators: string[] = [];
  let pen = 0;
  for (const run of line.runs) {
    const { font } = typeface(run.face);
    const scale = size / font.unitsPerEm;
    for (const character of run.text) {
      const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
      operators.push(...pathOperators(glyph.path.commands, pen, scale));
      pen += glyph.advanceWidth * scale;
    }
  }
  return `${operators.join('\n')}\nf`;
}

function pathOperators(commands: readonly PathCommand[], left: number, scale: number): string[] {
  const operators: string[] = [];
  let [lastX, lastY] = [0, 0];
  for (const { command, args } of commands) {
    const points = args.map((value, index) => (index % 2 === 0 ? left + value * scale : value * scale));
    const [a = 0, b = 0, c = 0, d = 0] = points;
    if (command === 'moveTo') operators.push(`${number(a)} ${number(b)} m`);
    else if (command === 'lineTo') operators.push(`${number(a)} ${number(b)} l`);
    else if (command === 'bezierCurveTo') operators.push(`${points.map(number).join(' ')} c`);
    else if (command === 'quadraticCurveTo') {
      // PDF has cubic curves alone: both of their handles lie two thirds of the way to the quadratic one.
      const curve = [
        lastX + ((a - lastX) * 2) / 3,
        lastY + ((b - lastY) * 2) / 3,
        c + ((a - c) * 2) / 3,
        d + ((b - d) * 2) / 3,
        c,
        d,
      ];
      operators.push(`${curve.map(number).join(' ')} c`);
    } else operators.push('h');
    [lastX, lastY] = [points.at(-2) ?? lastX, points.at(-1) ?? lastY];
  }
  return operators;
}
