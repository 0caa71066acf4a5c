/** What profiles/ holds is what the papers' schemas and the FSH sources give: `npm run profiles` was not forgotten. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { documentedForms } from '#src/profiles/forms.js';
import { generatedFsh } from '#src/profiles/fsh.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

t.test('the compiled definitions are those of the sources', (t) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/profiles.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  t.equal(status, 0, `${stdout}${stderr}`);
  t.end();
});

t.test('every paper has a Questionnaire, and About Me has the codes of its seven headings', (t) => {
  const files = generatedFsh();
  for (const form of documentedForms) t.ok(files.has(`questionnaire-${form.name}.fsh`), form.title);
  const codes = [...(files.get('questionnaire-this-is-me.fsh') ?? '').matchAll(/sct#(\d+)/g)].map(
    (m) => m[1],
  );
  t.same(codes, [
    '1515861000000103',
    '1515871000000105',
    '1515881000000107',
    '1515891000000109',
    '1515901000000105',
    '1515911000000107',
    '1515921000000101',
  ]);
  t.end();
});
