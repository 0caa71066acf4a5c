/** Infection risk, asked on two papers, and its Flag. https://hl7.org/fhir/R4/flag.html */
import { redbag, ukCore } from '../fhir/systems.js';
import { type Binding, project } from '../mapping/binding.js';
import { below, isObject, member } from '../mapping/json.js';
import { day, group, line, optional, text, yesNoUnknown } from './elements.js';

export const infectionRisk = group('Infection risk', {
  risk: yesNoUnknown('Infection risk'),
  what: optional(line('Which', 'For example C. difficile, MRSA, norovirus in the home, COVID-19.')),
  precautions: optional(text('Precautions')),
  since: optional(day('Since')),
  until: optional(day('Until')),
});

/**
 * The Flag of an infection risk that is stated as "yes", for the `infectionRisk` at `from`. One way: its leaves have
 * their home in the form's QuestionnaireResponse.
 */
export const infectionFlag = (from: string, section: string): Binding =>
  project((data, { writer, pointer }) => {
    const risk = member(data, from);
    if (!isObject(risk) || risk['risk'] !== 'yes') return;
    const what =
      typeof risk['what'] === 'string' ? `Infection risk: ${risk['what']}` : 'Infection risk: not described';
    const flag = writer.add('Flag', below(pointer, from), {
      part: 'infection',
      section,
      profiles: [redbag('StructureDefinition', 'RedBag-Flag'), ukCore('Flag')],
      content: {
        status: 'active',
        category: [{ coding: [FLAG_SAFETY] }],
        code: {
          text:
            typeof risk['precautions'] === 'string' ? `${what}. Precautions: ${risk['precautions']}` : what,
        },
        ...(typeof risk['since'] === 'string' ? { period: { start: risk['since'] } } : {}),
      },
    });
    writer.link(flag.resource, 'subject', { role: 'patient' });
    writer.link(flag.resource, 'author', { role: 'sender-organisation' });
  });

/** Category of the Flags that we make: https://terminology.hl7.org/CodeSystem/flag-category */
export const FLAG_SAFETY = {
  system: 'http://terminology.hl7.org/CodeSystem/flag-category',
  code: 'safety',
  display: 'Safety',
} as const;
