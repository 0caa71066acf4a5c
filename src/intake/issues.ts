/**
 * The one table of everything the service says about what was sent: each stable code with its severity, its sentence,
 * how to mend it and the rule it comes from. `docs/issues.md` is made from it (`node scripts/issues-doc.mjs`).
 *
 * A form's rules add their codes to the section of their paper below; a sentence takes its values from the finding by
 * `{name}`. Sentences speak to a care software developer in the sender's own field names. They never repeat what was
 * typed about a person: the pointer leads to it, and answers end up in other people's logs.
 */
import type { Finding } from '../forms/finding.js';
import type { Issue, Severity } from './issue.js';

/** `urgent`: sent in a hurry at night; `complete`: everything both sides agreed on. */
export type Mode = 'urgent' | 'complete';

/**
 * Who can mend it. `software`: the sending program is wrong, refused in both modes. `content`: a person typed it
 * wrongly; in urgent mode it is carried as NOT UNDERSTOOD text. `clinical`: told, never refused for it unless the
 * severity says so. `request`: the HTTP call, not the papers.
 */
export type Fault = 'software' | 'content' | 'clinical' | 'request';

export interface IssueEntry {
  readonly fault: Fault;
  readonly severity: Severity | Readonly<Record<Mode, Severity>>;
  /** `{name}` is replaced by the finding's value of that name. */
  readonly sentence: string;
  /** What the developer does about it; follows the sentence in the answer. */
  readonly mend: string;
  /** Where the rule comes from: a standard with its address, or "Red Bag package format". */
  readonly rule: string;
}

/** What complete mode refuses and urgent mode lets pass with a warning. */
export const ERROR_WHEN_COMPLETE: Readonly<Record<Mode, Severity>> = { urgent: 'warning', complete: 'error' };

const JSON_RULE = 'RFC 8259 (JSON), https://www.rfc-editor.org/rfc/rfc8259';
const I_JSON_RULE = 'RFC 7493 (I-JSON), https://www.rfc-editor.org/rfc/rfc7493';
const FORMAT_RULE = 'Red Bag package format redbag/1';
const HTTP_RULE = 'RFC 9110 (HTTP), https://www.rfc-editor.org/rfc/rfc9110';
const NHS_NUMBER_RULE =
  'NHS number, modulus 11 check digit, https://www.datadictionary.nhs.uk/attributes/nhs_number.html';
const SNOMED_RULE = 'SNOMED CT identifier, Verhoeff check digit, http://snomed.org/tig';
const ODS_RULE = 'NHS Organisation Data Service, https://digital.nhs.uk/services/organisation-data-service';
const TIME_RULE = 'RFC 3339, https://www.rfc-editor.org/rfc/rfc3339';
const ABOUT_ME_RULE = 'PRSB About Me v2.01, https://theprsb.org/standards/aboutme/';
const BELONGINGS_RULE =
  'Red Bag pathway, checklist of belongings, https://frailtytoolkit.org/suttons-red-bag';
const DISCHARGE_RULE =
  'NICE QS85 statement 2, https://www.nice.org.uk/guidance/qs85; PRSB eDischarge Summary, https://theprsb.org/standards/edischargesummary/';
const CARRIED = 'It goes on as text, printed NOT UNDERSTOOD, and is used for nothing.';

function mistyped(sentence: string, mend: string, rule: string): IssueEntry {
  return { fault: 'content', severity: ERROR_WHEN_COMPLETE, sentence, mend, rule };
}

function softwareFormat(sentence: string, mend: string): IssueEntry {
  return { fault: 'software', severity: 'error', sentence, mend, rule: FORMAT_RULE };
}

/** Reading the bytes: faults that make the whole unreadable (HTTP 400). */
const reading = {
  'no-body': {
    fault: 'software',
    severity: 'error',
    sentence: 'There is no body.',
    mend: 'Send the JSON document as the body of the request.',
    rule: JSON_RULE,
  },
  'not-utf8': {
    fault: 'software',
    severity: 'error',
    sentence: 'The bytes are not UTF-8 (first wrong byte at {offset}).',
    mend: 'Write the JSON as UTF-8; Windows-1252 and UTF-16 are not accepted, because a letter of a name could change.',
    rule: JSON_RULE,
  },
  'byte-order-mark': {
    fault: 'software',
    severity: 'error',
    sentence: 'The JSON starts with a byte order mark.',
    mend: 'Write UTF-8 without a byte order mark.',
    rule: JSON_RULE,
  },
  'json-broken': {
    fault: 'software',
    severity: 'error',
    sentence: 'This is not JSON: {problem} at line {line}, column {column}.',
    mend: 'Make the text with a JSON library, not by putting strings together.',
    rule: JSON_RULE,
  },
  'duplicate-field': {
    fault: 'software',
    severity: 'error',
    sentence: 'The field "{field}" is given twice (again at line {line}, column {column}).',
    mend: 'Give each field once: which of the two is meant cannot be known.',
    rule: I_JSON_RULE,
  },
  'forbidden-field': {
    fault: 'software',
    severity: 'error',
    sentence: 'A field may not be named "{field}".',
    mend: 'Leave it out.',
    rule: FORMAT_RULE,
  },
  'too-deep': {
    fault: 'software',
    severity: 'error',
    sentence: 'The JSON is nested more than {limit} levels deep.',
    mend: 'No part of a Red Bag is nested so deep: look for a loop in what writes it.',
    rule: FORMAT_RULE,
  },
  'too-many-values': {
    fault: 'software',
    severity: 'error',
    sentence: 'The JSON holds more than {limit} values.',
    mend: 'Send what belongs to this transfer only.',
    rule: FORMAT_RULE,
  },
  'list-too-long': {
    fault: 'software',
    severity: 'error',
    sentence: 'The list holds more than {limit} items.',
    mend: 'Send what belongs to this transfer only.',
    rule: FORMAT_RULE,
  },
  'text-too-long': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text is longer than {limit} characters.',
    mend: 'Send long documents as attachments.',
    rule: FORMAT_RULE,
  },
  'name-too-long': {
    fault: 'software',
    severity: 'error',
    sentence: 'A field name here is longer than {limit} characters.',
    mend: 'Field names come from the schema; content belongs into values.',
    rule: FORMAT_RULE,
  },
  'number-loses-digits': {
    fault: 'software',
    severity: 'error',
    sentence: 'The number has more digits than can be kept exactly.',
    mend: 'Send identifiers as text in quotes, and measurements with no more than 15 digits.',
    rule: I_JSON_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

/** What the schema of the forms says (HTTP 422). */
const schema = {
  'format-not-served': {
    fault: 'software',
    severity: 'error',
    sentence: 'The package format is not one of those served here: {served}.',
    mend: 'Set "format" to a format that is served and build the package by its schema (GET /openapi.json).',
    rule: FORMAT_RULE,
  },
  'unknown-field': {
    fault: 'software',
    severity: 'error',
    sentence: 'There is no field "{field}" here.{suggestion}',
    mend: 'Rename it or leave it out; unknown fields are refused, because nothing that is sent may be dropped.',
    rule: FORMAT_RULE,
  },
  'missing-field': {
    fault: 'software',
    severity: 'error',
    sentence: 'The field "{field}" is missing.',
    mend: 'Send it: it is mandatory here.',
    rule: FORMAT_RULE,
  },
  'wrong-type': {
    fault: 'software',
    severity: 'error',
    sentence: 'Here stands {actual}; {expected} is expected.',
    mend: 'Change the type; values are never converted.',
    rule: FORMAT_RULE,
  },
  'null-value': {
    fault: 'software',
    severity: 'error',
    sentence: 'The value is null.',
    mend: 'Leave the field out when there is nothing to say, or use the choice that says so (for example "not-recorded").',
    rule: FORMAT_RULE,
  },
  'empty-string': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text is empty.',
    mend: 'Leave the field out when there is nothing to say.',
    rule: FORMAT_RULE,
  },
  'empty-list': {
    fault: 'software',
    severity: 'error',
    sentence: 'The list is empty.',
    mend: 'Leave the field out when there is nothing to say.',
    rule: FORMAT_RULE,
  },
  'empty-object': {
    fault: 'software',
    severity: 'error',
    sentence: 'The object has no fields.',
    mend: 'Leave it out when there is nothing to say.',
    rule: FORMAT_RULE,
  },
  'control-character': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text holds the control character {character}.',
    mend: 'Take it out; only line feed, carriage return and tab may stand in a text.',
    rule: 'FHIR R4 string, https://hl7.org/fhir/R4/datatypes.html#string',
  },
  'broken-character': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text holds half of a character (a lone surrogate, {character}).',
    mend: 'Text was cut in the middle of a character, often an emoji: cut between characters.',
    rule: I_JSON_RULE,
  },
  'not-a-choice': {
    fault: 'software',
    severity: 'error',
    sentence: 'The value is not one of the choices: {choices}.{suggestion}',
    mend: 'Send one of the choices, letter by letter.',
    rule: FORMAT_RULE,
  },
  'no-choice-fits': {
    fault: 'software',
    severity: 'error',
    sentence: 'The value has none of the shapes that may stand here.',
    mend: 'See the schema (GET /openapi.json).',
    rule: FORMAT_RULE,
  },
  'too-short': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text is shorter than {limit} characters.',
    mend: 'Send the whole value.',
    rule: FORMAT_RULE,
  },
  'too-long': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text is longer than {limit} characters.',
    mend: 'Shorten it in the program that the person types into: nothing is cut off here.',
    rule: FORMAT_RULE,
  },
  'too-few-items': {
    fault: 'software',
    severity: 'error',
    sentence: 'The list holds fewer than {limit} items.',
    mend: 'Send all of them.',
    rule: FORMAT_RULE,
  },
  'too-many-items': {
    fault: 'software',
    severity: 'error',
    sentence: 'The list holds more than {limit} items.',
    mend: 'Send no more than that.',
    rule: FORMAT_RULE,
  },
  'duplicate-item': {
    fault: 'software',
    severity: 'error',
    sentence: 'Items {first} and {second} of the list are the same.',
    mend: 'Send each item once.',
    rule: FORMAT_RULE,
  },
  'wrong-pattern': {
    fault: 'software',
    severity: 'error',
    sentence: 'The text does not have the form that is asked for{description}.',
    mend: 'See the schema (GET /openapi.json).',
    rule: FORMAT_RULE,
  },
  'wrong-shape': {
    fault: 'software',
    severity: 'error',
    sentence: 'The value breaks the rule "{keyword}" of the schema.',
    mend: 'See the schema (GET /openapi.json).',
    rule: FORMAT_RULE,
  },
  'number-out-of-range': {
    fault: 'content',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The number must be {range}.',
    mend: 'Ask for it again.',
    rule: FORMAT_RULE,
  },
  'too-many-faults': {
    fault: 'software',
    severity: 'error',
    sentence: 'More is wrong than is looked at ({limit} faults).',
    mend: 'Mend what is listed and try again.',
    rule: FORMAT_RULE,
  },
  'more-issues': {
    fault: 'software',
    severity: 'information',
    sentence: 'There are more issues than are listed here.',
    mend: 'Mend the listed ones and try again.',
    rule: FORMAT_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

/** Texts with a format of their own (`mapping/formats.ts`): dates, times, identifiers, codes. */
const formats = {
  'not-text': softwareFormat('This is not a text that can be shown.', 'Send readable characters.'),
  'not-a-line': softwareFormat(
    'The text must stand on one line.',
    'Take out line breaks and tabs, or use the field for longer text.',
  ),
  'not-an-nhs-number': mistyped(
    'An NHS number has ten digits.',
    'Check it against the record, or leave it out.',
    NHS_NUMBER_RULE,
  ),
  'nhs-number-check-digit': mistyped(
    'This cannot be an NHS number: its check digit is wrong.',
    'Check it against the record, or leave it out.',
    NHS_NUMBER_RULE,
  ),
  'not-a-snomed-code': mistyped(
    'A SNOMED CT or dm+d code is 6 to 18 digits without a leading zero.',
    'Send the concept identifier as text; words go into the text field beside it.',
    SNOMED_RULE,
  ),
  'snomed-check-digit': mistyped(
    'This cannot be a SNOMED CT or dm+d code: its check digit is wrong.',
    'Codes kept as numbers lose their last digits: keep them as text.',
    SNOMED_RULE,
  ),
  'not-an-ods-code': mistyped(
    'This is not an ODS code: it has 3 to 10 capital letters and digits.',
    'Look it up at https://odsportal.digital.nhs.uk.',
    ODS_RULE,
  ),
  'not-a-gp-ods-code': mistyped(
    'This is not the ODS code of a GP practice: it has 6 capital letters and digits.',
    'Look it up at https://odsportal.digital.nhs.uk.',
    ODS_RULE,
  ),
  'not-a-cqc-location': mistyped(
    'This is not a CQC location: it is "1-" and 9 or 10 digits, or 5 capital letters and digits.',
    'Look it up at https://www.cqc.org.uk.',
    'CQC location identifier, https://www.cqc.org.uk',
  ),
  'not-a-date': mistyped(
    'This is not a date.',
    'Write dates as YYYY-MM-DD, for example 1931-02-28.',
    TIME_RULE,
  ),
  'impossible-date': mistyped(
    'There is no such day in the calendar (years 1880 to 2199).',
    'Ask for the date again.',
    TIME_RULE,
  ),
  'not-a-date-time': mistyped(
    'This is not a date with a time.',
    'Write it as YYYY-MM-DDThh:mm:ss with an offset, for example 2026-07-01T03:12:00+01:00.',
    TIME_RULE,
  ),
  'time-missing': mistyped(
    'This is a date without its time.',
    'Write it as YYYY-MM-DDThh:mm:ss with an offset, for example 2026-07-01T03:12:00+01:00.',
    TIME_RULE,
  ),
  'time-without-offset': {
    fault: 'software',
    severity: 'error',
    sentence: 'The time has no offset from UTC.',
    mend: 'Add Z or the offset, for example 2026-07-01T03:12:00+01:00: without it the hour is not known when clocks change.',
    rule: TIME_RULE,
  },
  'not-a-clock-time': mistyped(
    'This is not a time of day.',
    'Write times of day as HH:mm, for example 08:00.',
    TIME_RULE,
  ),
  'not-an-attachment-id': softwareFormat(
    'An attachment id is made of letters, digits, dots and hyphens, 64 at most.',
    'Give each attachment such an id.',
  ),
  'not-a-package-id': softwareFormat(
    'A packageId is made of printable ASCII without spaces, 128 at most.',
    'A UUID is a good one.',
  ),
  'not-a-language': mistyped(
    'This is not a language tag.',
    'Write it by BCP 47, for example en, cy, ur; bfi is British Sign Language.',
    'BCP 47, https://www.rfc-editor.org/info/bcp47',
  ),
  'not-a-media-type': softwareFormat(
    'This is not a media type.',
    'Write it in small letters, for example application/pdf.',
  ),
  'not-a-uri': mistyped(
    'This is not an absolute address (URI).',
    'Write it with its scheme, for example https://example.org/plan/1.',
    'RFC 3986, https://www.rfc-editor.org/rfc/rfc3986',
  ),
  'not-base64': {
    fault: 'software',
    severity: 'error',
    sentence: 'This is not base64.',
    mend: 'Encode the bytes as base64 (RFC 4648 section 4) with padding, without line breaks and without "data:" in front.',
    rule: 'RFC 4648, https://www.rfc-editor.org/rfc/rfc4648',
  },
} as const satisfies Record<string, IssueEntry>;

/** The call itself, whatever it carries. */
const request = {
  'not-found': {
    fault: 'request',
    severity: 'error',
    sentence: 'Nothing is here.',
    mend: 'Follow the links that an answer gives; GET /openapi.json lists every address.',
    rule: HTTP_RULE,
  },
  'bag-not-found': {
    fault: 'request',
    severity: 'error',
    sentence: 'There is no such bag, or no such version of it.',
    mend: 'Take the address from the "links" of the answer to POST /red-bags.',
    rule: FORMAT_RULE,
  },
  'method-not-allowed': {
    fault: 'request',
    severity: 'error',
    sentence: 'This address does not take the method {method}.',
    mend: 'It takes: {allowed}.',
    rule: HTTP_RULE,
  },
  'bad-url': {
    fault: 'request',
    severity: 'error',
    sentence: 'The address of the request cannot be read.',
    mend: 'Escape special characters by RFC 3986.',
    rule: HTTP_RULE,
  },
  'bad-request': {
    fault: 'request',
    severity: 'error',
    sentence: 'The request is not HTTP that can be read.',
    mend: 'Use an HTTP library.',
    rule: HTTP_RULE,
  },
  'request-timeout': {
    fault: 'request',
    severity: 'error',
    sentence: 'The request did not arrive in time.',
    mend: 'Send it again: a repeated request doubles nothing.',
    rule: HTTP_RULE,
  },
  'headers-too-large': {
    fault: 'request',
    severity: 'error',
    sentence: 'The headers of the request are too large.',
    mend: 'Send fewer or shorter headers.',
    rule: HTTP_RULE,
  },
  'body-too-large': {
    fault: 'request',
    severity: 'error',
    sentence: 'The body is larger than {limit} bytes.',
    mend: 'Send smaller attachments: scan at 150 dpi, shorten films.',
    rule: FORMAT_RULE,
  },
  'unsupported-media-type': {
    fault: 'request',
    severity: 'error',
    sentence: 'The body is not sent as {expected}.',
    mend: 'Set Content-Type: {expected}.',
    rule: HTTP_RULE,
  },
  'unsupported-content-encoding': {
    fault: 'request',
    severity: 'error',
    sentence: 'The body is sent with a content encoding.',
    mend: 'Send it as it is, without compression.',
    rule: HTTP_RULE,
  },
  'unknown-parameter': {
    fault: 'request',
    severity: 'error',
    sentence: 'There is no query parameter "{parameter}" here.{suggestion}',
    mend: 'The parameters are: {known}.',
    rule: FORMAT_RULE,
  },
  'bad-parameter': {
    fault: 'request',
    severity: 'error',
    sentence: 'The query parameter "{parameter}" must be {expected}.',
    mend: 'Change it or leave it out.',
    rule: FORMAT_RULE,
  },
  'if-match-missing': {
    fault: 'request',
    severity: 'error',
    sentence: 'A change needs the header If-Match with the version that it changes.',
    mend: 'Read the bag and send its ETag back, for example If-Match: "1", so that nobody\'s amendment is lost.',
    rule: 'RFC 6585 section 3, https://www.rfc-editor.org/rfc/rfc6585',
  },
  'if-match-unreadable': {
    fault: 'request',
    severity: 'error',
    sentence: 'The header If-Match does not name one version.',
    mend: 'Send the ETag of the bag as it was given, for example If-Match: "1".',
    rule: HTTP_RULE,
  },
  'stale-version': {
    fault: 'request',
    severity: 'error',
    sentence: 'The bag has been amended since: its version is now {version}.',
    mend: 'Read it again, put the change onto the new version and send that.',
    rule: HTTP_RULE,
  },
  'package-id-reused': {
    fault: 'software',
    severity: 'error',
    sentence: 'This packageId was used before for other content (bag {id}, version {version}).',
    mend: 'Amend that bag with PUT, or give a new transfer a packageId of its own.',
    rule: FORMAT_RULE,
  },
  'package-id-mismatch': {
    fault: 'software',
    severity: 'error',
    sentence: 'The packageId is not that of the bag that is to be amended.',
    mend: 'Keep the packageId and the sending organisation; a transfer of someone else is a bag of its own.',
    rule: FORMAT_RULE,
  },
  'bag-withdrawn': {
    fault: 'request',
    severity: 'error',
    sentence: 'The bag has been withdrawn and takes no changes.',
    mend: 'Send a new bag with a packageId of its own.',
    rule: FORMAT_RULE,
  },
  'not-authorised': {
    fault: 'request',
    severity: 'error',
    sentence: 'The request carries no access token, or a wrong one.',
    mend: 'Send Authorization: Bearer with the token that the operator of this service gave you.',
    rule: 'RFC 6750, https://www.rfc-editor.org/rfc/rfc6750',
  },
  'wrong-host': {
    fault: 'request',
    severity: 'error',
    sentence: 'Without access control this service answers to its own machine only.',
    mend: 'Call it as http://127.0.0.1, or set up access control.',
    rule: HTTP_RULE,
  },
  'not-available': {
    fault: 'request',
    severity: 'error',
    sentence: 'The service cannot do this now.',
    mend: 'Send it again later: a repeated request doubles nothing. Hand over paper meanwhile.',
    rule: HTTP_RULE,
  },
  'internal-error': {
    fault: 'request',
    severity: 'error',
    sentence: 'The service failed; this is our fault. Nothing was accepted.',
    mend: 'Hand over paper, and tell the operator the X-Request-ID of this answer.',
    rule: HTTP_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

// A paper's codes: each form's rules add theirs to the section that bears its name.

const NOT_SENT = 'NOT SENT: hand over paper to the crew';
const PATHWAY = 'Red Bag package format redbag/1, delivery';

const transfer = {
  'no-destination': {
    fault: 'clinical',
    severity: 'warning',
    sentence: `${NOT_SENT}. The bag names no hospital and is held.`,
    mend: 'Print the PDF for the crew now; when the hospital is known, POST its ODS code to /red-bags/{id}/destinations.',
    rule: PATHWAY,
  },
  'destination-not-configured': {
    fault: 'clinical',
    severity: 'warning',
    sentence: `${NOT_SENT}. This hospital is not connected to this service.`,
    mend: 'Print the PDF for the crew now and telephone the ward; ask the operator to connect the hospital, or name another destination.',
    rule: PATHWAY,
  },
  'not-delivered': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'NOT DELIVERED to {destination}: hand over paper. The service has stopped trying.',
    mend: 'Print the PDF and take it to the ward or telephone{phone}; ask the operator what /deliveries means.',
    rule: PATHWAY,
  },
  'withdrawn-tell-the-ward': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The bag is withdrawn. A ward that printed or read it does not know.',
    mend: 'Telephone every hospital that it was sent to, and write down who was told and when.',
    rule: PATHWAY,
  },
  'not-shared': {
    fault: 'clinical',
    severity: 'warning',
    sentence: `${NOT_SENT}. Consent to share is refused: the bag is kept for the home and goes to nobody.`,
    mend: 'If the law allows sharing all the same (best interests, emergency), state that basis with the person who decided and the reason, and amend the bag.',
    rule: 'PRSB, legal information: consent for information sharing',
  },
  'sensitive-not-sent': {
    fault: 'clinical',
    severity: 'warning',
    sentence: `${NOT_SENT}. The resident is marked sensitive and this hospital has not agreed to take such papers on this way.`,
    mend: 'Hand over paper and follow the local policy for sensitive records.',
    rule: 'PDS S-flag: nothing that tells where the person lives leaves',
  },
  'test-nhs-number': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This NHS number is from the range kept for tests (999).',
    mend: 'If the bag is for care, send the real number; if it is a trial, use the demonstration.',
    rule: NHS_NUMBER_RULE,
  },
  'real-nhs-number-in-demonstration': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This is the demonstration, and the NHS number is not from the range kept for tests (999).',
    mend: 'Send no real people here: everything made is marked NOT FOR CARE.',
    rule: NHS_NUMBER_RULE,
  },
  'sender-not-identified': {
    fault: 'software',
    severity: 'error',
    sentence: 'The sending organisation has neither an ODS code nor a CQC location id.',
    mend: 'Add odsCode (the site code of the home) or cqcLocationId.',
    rule: FORMAT_RULE,
  },
  'destination-repeated': {
    fault: 'software',
    severity: 'warning',
    sentence: 'This destination is named twice; it gets the bag once.',
    mend: 'Name each hospital once.',
    rule: FORMAT_RULE,
  },
  'created-in-the-future': {
    fault: 'software',
    severity: 'warning',
    sentence:
      'The package says that it is made later than now. Ages and "days ago" in the PDF are reckoned from this time.',
    mend: 'Check the clock and the time zone of the sending computer.',
    rule: FORMAT_RULE,
  },
  'characters-not-printed': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The PDF has no letters for these characters and prints their numbers instead: {characters}.',
    mend: 'The Bundle holds the text as it is. Add the same in English where it matters.',
    rule: 'Red Bag print',
  },
  'printed-plainly': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The pages could not be laid out and were printed as plain text; all content is there.',
    mend: 'Tell the operator the X-Request-ID of this answer.',
    rule: 'Red Bag print',
  },
} as const satisfies Record<string, IssueEntry>;

const PRSB_REFERRAL =
  'PRSB Hospital referral for assessment for community care and support v1.1, https://theprsb.org/standards/';
const IDENTITY_RULE = 'HSIB, wrong patient details (local investigation pilot), https://www.hssib.org.uk';
const LEGAL_RULE = 'Mental Capacity Act 2005, https://www.legislation.gov.uk/ukpga/2005/9';

const resident = {
  'identity-not-verified': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'There is no NHS number: the document is marked IDENTITY NOT VERIFIED.',
    mend: 'Send it when it is known; otherwise the hospital matches by name, birth date and address.',
    rule: IDENTITY_RULE,
  },
  'nhs-number-not-verified': {
    fault: 'clinical',
    severity: 'information',
    sentence: 'The NHS number has not been said to be verified.',
    mend: 'Send "nhsNumberStatus" as your records have it.',
    rule: IDENTITY_RULE,
  },
  'nhs-number-status-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The NHS number and its status contradict each other.',
    mend: 'Send the status that belongs to what is sent as the NHS number.',
    rule: IDENTITY_RULE,
  },
  'given-name-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The resident has no given name.',
    mend: 'Send "given" unless the person has one name only.',
    rule: PRSB_REFERRAL,
  },
  'birth-date-unlikely': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'By this birth date the resident is not born yet or older than anybody has been.',
    mend: 'Ask for the birth date again.',
    rule: IDENTITY_RULE,
  },
  'similar-name': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Somebody else in the home has a similar name: the document says so on page one.',
    mend: 'Check that the papers are those of the right person.',
    rule: IDENTITY_RULE,
  },
  'photograph-undated': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The photograph has no date.',
    mend: 'Send "takenOn": people change.',
    rule: IDENTITY_RULE,
  },
  'sensitive-resident': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The resident is marked sensitive: address, home and practice are withheld from everything that leaves.',
    mend: 'There is nothing to mend if it is meant so. Tell the hospital by telephone what it must know.',
    rule: 'NHS sensitive (S-flag) record, https://digital.nhs.uk/services/personal-demographics-service',
  },
  'home-name-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The care home has no name.',
    mend: 'Send "homeName", or "kind": "own-home" for a person who lives in their own home.',
    rule: FORMAT_RULE,
  },
  'home-code-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The care home has neither an ODS site code nor a CQC location id.',
    mend: 'Send one of them, so that the hospital finds the home.',
    rule: ODS_RULE,
  },
  'postcode-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The address has no postcode.',
    mend: 'Send "postcode": hospitals match people by it.',
    rule: PRSB_REFERRAL,
  },
  'in-home-since-future': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The day since when the resident is in this home lies in the future.',
    mend: 'Ask for the date again.',
    rule: FORMAT_RULE,
  },
  'usual-self-poorly-known': {
    fault: 'clinical',
    severity: 'information',
    sentence: 'The resident has been in this home for {days} days: the usual self is poorly known.',
    mend: 'Say in This Is Me from whom it comes.',
    rule: FORMAT_RULE,
  },
  'gp-practice-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The GP practice is missing.',
    mend: 'Send its ODS code, or "state": "not-registered" or "not-known".',
    rule: PRSB_REFERRAL,
  },
  'gp-practice-code-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The GP practice has no ODS code.',
    mend: 'Send "odsCode", or "state": "not-known".',
    rule: PRSB_REFERRAL,
  },
  'gp-practice-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'A practice is named, but the state says that the resident is not registered or that it is not known.',
    mend: 'Set "state" to "registered", or leave the practice out.',
    rule: FORMAT_RULE,
  },
  'do-not-contact-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A person who must not be contacted is also marked as one to telephone.',
    mend: 'Ask which holds. Until then the document says DO NOT CONTACT.',
    rule: FORMAT_RULE,
  },
  'contact-details-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A personal contact has no telephone, e-mail or address.',
    mend: 'Send "telephones".',
    rule: PRSB_REFERRAL,
  },
  'language-unnamed': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The language is not in the list and not named.',
    mend: 'Send "name".',
    rule: FORMAT_RULE,
  },
  'sharing-not-recorded': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Agreement to share this information is not recorded.',
    mend: 'Send "sharing" in the legal information: agreed, refused or not asked.',
    rule: LEGAL_RULE,
  },
  'sharing-not-asked': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Nobody has asked for agreement to share this information.',
    mend: 'Ask; if that cannot be, say the basis ("emergency" or "best-interests"), who decided and why.',
    rule: LEGAL_RULE,
  },
  'sharing-refused': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Sharing is refused: the bag is stored for the home and NOT SENT.',
    mend: 'Tell the crew by word of mouth what they must know. In an emergency or in best interests a named person may decide otherwise: send "basis", "decidedBy" and "overrideReason".',
    rule: LEGAL_RULE,
  },
  'sharing-overridden': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The bag is sent without agreement ({basis}); the document says so, with the name and the reason.',
    mend: 'There is nothing to mend if it is meant so.',
    rule: LEGAL_RULE,
  },
  'sharing-override-incomplete': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A basis to share without agreement is given, but "{field}" is missing, so it does not count.',
    mend: 'Send who decided ("decidedBy") and why ("overrideReason").',
    rule: LEGAL_RULE,
  },
  'sharing-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The basis says that somebody agreed, the answer says that nobody did.',
    mend: 'Set "consent" to "yes", or leave "basis" out. Until then it counts as not agreed.',
    rule: LEGAL_RULE,
  },
  'sharing-basis-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Sharing is agreed, but not by whom.',
    mend: 'Send "basis".',
    rule: LEGAL_RULE,
  },
  'sharing-reason-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'Sharing is refused, and no reason is recorded.',
    mend: 'Send "reasonNotGiven".',
    rule: PRSB_REFERRAL,
  },
  'attorney-not-registered': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The power of this attorney or deputy is not said to be registered.',
    mend: 'Look at the stamped document; an unregistered power is not in force.',
    rule: LEGAL_RULE,
  },
  'deputy-life-sustaining': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A deputy is said to have power over life-sustaining treatment; a deputy never has.',
    mend: 'Look at the court order.',
    rule: LEGAL_RULE,
  },
  'dols-does-not-travel': {
    fault: 'clinical',
    severity: 'information',
    sentence: 'A DoLS authorisation is for the care home only and does not travel: the document says so.',
    mend: 'There is nothing to mend.',
    rule: LEGAL_RULE,
  },
  'advance-decision-details-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'There is an advance decision, but the CPR decision paper does not say what it refuses.',
    mend: 'Send "advanceDecision" in cprDecision.',
    rule: LEGAL_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

const thisIsMe = {
  'about-me-empty': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'About Me was sent without any words under its headings.',
    mend: 'Send what is known of the person, or leave the paper out.',
    rule: ABOUT_ME_RULE,
  },
  'about-me-version-lacks': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'About Me version {version} has no "{field}". It is kept as sent.',
    mend: 'Correct "version", or "document" when this is another paper.',
    rule: ABOUT_ME_RULE,
  },
  'about-me-stale': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'About Me was last updated more than a year before this bag was made.',
    mend: 'Go through it with the person; it is sent as it is.',
    rule: ABOUT_ME_RULE,
  },
  'about-me-from-the-future': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The date on which About Me was last updated is after the day on which this bag was made.',
    mend: 'Correct the date.',
    rule: ABOUT_ME_RULE,
  },
  'about-me-older-than-held': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'An About Me of this resident that was updated later is held already. Readers see the newest.',
    mend: 'Send the newest; this one is kept with this bag.',
    rule: ABOUT_ME_RULE,
  },
  'supported-by-long': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      '"Supported to write this by" has {length} characters; PRSB gives it {limit}. It is kept whole.',
    mend: 'Nothing needs to be done; other systems may cut it off.',
    rule: ABOUT_ME_RULE,
  },
  'filename-with-extension': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The name ends like the name of a file. It is kept as sent.',
    mend: 'Send it without its extension: the media type says what it is.',
    rule: ABOUT_ME_RULE,
  },
  'media-without-file': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A film, sound or picture is named, but there is nothing to open.',
    mend: 'Send "attachmentId" when it travels with the bag, "url" when it lies elsewhere.',
    rule: ABOUT_ME_RULE,
  },
  'media-in-two-places': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A heading has one film, sound or picture; here an attachment and an address are given.',
    mend: 'Send one of the two; both are kept.',
    rule: ABOUT_ME_RULE,
  },
  'media-type-differs': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The media type is not that of the attachment ({attachment}).',
    mend: 'Send the same media type in both places, or leave it out here.',
    rule: ABOUT_ME_RULE,
  },
  'heading-not-in-crosswalk': {
    fault: 'clinical',
    severity: 'information',
    sentence:
      'The heading is not one that is known here: its words stand under "Also worth knowing about me", with their label.',
    mend: 'Set "aboutMeHeading" when they belong under another heading.',
    rule: FORMAT_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

// Sources of the papers' rules.
const PRSB_REFERRAL_RULE =
  'PRSB hospital referral for assessment for community care and support v1.1, https://theprsb.org/standards';
const PRSB_NURSING_RULE = 'PRSB nursing care needs v0.62 (draft), https://theprsb.org/standards';
const CARES_RULE = 'CARES escalation record: our proposal, docs/forms.md';
const NEWS2_RULE =
  'Royal College of Physicians NEWS2, https://www.rcp.ac.uk/improving-care/resources/national-early-warning-score-news-2/';
const ALLERGY_RULE =
  'UK Core guidance on allergies (negation, no record), https://simplifier.net/guide/uk-core-implementation-guide';
const HEAD_INJURY_RULE =
  'NICE QS74, head CT for people who take anticoagulants, https://www.nice.org.uk/guidance/qs74';
const IDDSI_RULE =
  'National safety alert on thickened fluids and "soft diet", https://www.cas.mhra.gov.uk/ViewandAcknowledgment/ViewAlert.aspx?AlertID=102767';

const olderPersonsAssessment = {
  'care-needs-summary-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'There is no care needs summary.',
    mend: 'Send olderPersonsAssessment.careNeedsSummary; in urgent mode it may follow with an amendment.',
    rule: PRSB_REFERRAL_RULE,
  },
  'assessment-without-date': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The assessment does not say when it was made.',
    mend: 'Send assessedOn, so that a ward can tell how old it is.',
    rule: PRSB_NURSING_RULE,
  },
  'texture-not-iddsi': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The text names a texture by words that are no level, such as "soft diet" or "custard thick".',
    mend: 'Send foodLevel and drinkLevel (IDDSI); the words are kept and printed as they are.',
    rule: IDDSI_RULE,
  },
  'iddsi-level-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'There is a choking risk, but this level is not given.',
    mend: 'Send the IDDSI levels of food and of drink, each for itself.',
    rule: IDDSI_RULE,
  },
  'score-without-date': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The score or measurement has no date.',
    mend: 'Send when it was taken, so that an old one is not read as new.',
    rule: PRSB_REFERRAL_RULE,
  },
  'barthel-out-of-range': {
    fault: 'content',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The total is higher than this version of the Barthel index goes ({maximum}).',
    mend: `Check the total and the version. ${CARRIED}`,
    rule: 'Barthel index, UK version 0 to 20',
  },
  'ends-before-it-starts': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The end lies before the start.',
    mend: 'Check both dates; the end is kept as an answer and is not used.',
    rule: 'FHIR R4 per-1, https://hl7.org/fhir/R4/datatypes.html#Period',
  },
  'snomed-system-corrected': {
    fault: 'software',
    severity: 'information',
    sentence: 'The code system was written https://snomed.info/sct and is stored as http://snomed.info/sct.',
    mend: 'Send http://snomed.info/sct.',
    rule: 'SNOMED CT URI standard, http://snomed.org/uri',
  },
} as const satisfies Record<string, IssueEntry>;

const caresEscalation = {
  'reason-too-vague': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The reason for transfer is too short or too general to act on.',
    mend: 'Say what happened, since when, and what is different from usual; softSigns and whatIsDifferent help.',
    rule: CARES_RULE,
  },
  'time-given-and-not-known': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The time is said to be not known, and is given.',
    mend: 'Send one of the two; both are printed.',
    rule: CARES_RULE,
  },
  'known-time-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The time is said to be known, but is not given.',
    mend: 'Send it, or "not-known". It is never taken from another of the three times.',
    rule: CARES_RULE,
  },
  'anticoagulant-not-stated': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The head was or may have been struck, and nothing says whether an anticoagulant is taken.',
    mend: 'Send anticoagulant.taken: yes, no or not-known.',
    rule: HEAD_INJURY_RULE,
  },
  'anticoagulant-detail-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'An anticoagulant is taken, but this is not told of it.',
    mend: 'Send the drug and the time of the last dose, if anyone knows.',
    rule: HEAD_INJURY_RULE,
  },
  'anticoagulant-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'No anticoagulant is said to be taken, or it is not known, but a drug or a last dose is given.',
    mend: 'Check which of them holds; both are printed.',
    rule: HEAD_INJURY_RULE,
  },
  'observations-without-time': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The set of observations has no time.',
    mend: 'Send when it was taken.',
    rule: NEWS2_RULE,
  },
  'news2-incomplete': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Not all seven readings are there: the score is printed as "at least", never as a total.',
    mend: 'Send the missing readings, if they were taken.',
    rule: NEWS2_RULE,
  },
  'news2-mismatch': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The NEWS2 total that was given is not the one that the readings add up to; both are kept and shown.',
    mend: 'Check the readings, the scale and the total.',
    rule: NEWS2_RULE,
  },
  'news2-cannot-be-checked': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A NEWS2 total was given, but not all the readings that it comes from.',
    mend: 'Send the readings; the total is kept and shown as given, and not used.',
    rule: NEWS2_RULE,
  },
  'scale-2-without-authority': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'SpO2 scale 2 is used, and nobody is named who authorised it for this person.',
    mend: 'Send who did, or use scale 1.',
    rule: NEWS2_RULE,
  },
  'oxygen-flow-on-air': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A flow of oxygen is given for somebody who breathes room air.',
    mend: 'Check which of them holds: oxygen scores two points.',
    rule: NEWS2_RULE,
  },
  'diastolic-not-below-systolic': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The diastolic pressure is not below the systolic.',
    mend: 'Check whether the two were exchanged; they are kept as sent.',
    rule: NEWS2_RULE,
  },
  'allergies-known-but-not-listed': {
    fault: 'clinical',
    severity: 'error',
    sentence: 'Allergies are said to be known, but none is listed.',
    mend: 'List each with its causative agent; if nobody knows which, say "not-recorded" and put what is known into the reason.',
    rule: ALLERGY_RULE,
  },
  'none-known-ignored': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'No known allergies are stated beside an active allergy: the statement is ignored, the allergy stands.',
    mend: 'Send the state "known", or mark the allergy as no longer active or ruled out.',
    rule: ALLERGY_RULE,
  },
  'allergies-not-recorded': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Allergies are not recorded: the hospital is told so in red, and must ask.',
    mend: 'Find out and amend the bag; absent is not "none".',
    rule: ALLERGY_RULE,
  },
  'allergies-listed-but-not-recorded': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Allergies are listed although the state says "not-recorded"; the listed ones stand.',
    mend: 'Send the state "known".',
    rule: ALLERGY_RULE,
  },
  'allergy-entry-says-none': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'An entry of the list says that there is no allergy; it is kept and printed as an entry.',
    mend: 'Send the state "none-known" and leave the entry out: the state is never taken from text.',
    rule: ALLERGY_RULE,
  },
  'infection-not-described': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'There is an infection risk, but not which.',
    mend: 'Send which infection and what precautions.',
    rule: PRSB_REFERRAL_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

const MAR_KEY = 'Red Bag: letters of a MAR chart are not standard, its own key decides';
const MAR_RECORD = 'Red Bag: a blank cell of a MAR chart means several things, each is told apart';
const MAR_SC1 = 'NICE SC1, https://www.nice.org.uk/guidance/sc1';
const MAR_PRN =
  'CQC, when-required medicines in adult social care, https://www.cqc.org.uk/guidance-providers/adult-social-care/when-required-medicines-adult-social-care';
const MAR_COVERT = 'NICE QS85 statement 6, https://www.nice.org.uk/guidance/qs85';
const MAR_PATCH =
  'MHRA, fatal overdose of fentanyl patches, https://www.gov.uk/drug-safety-update/serious-and-fatal-overdose-of-fentanyl-patches';
const MAR_TIME =
  'Every Minute Counts, https://www.medicinesresources.nhs.uk/every-minute-counts-time-critical-parkinsons-medication-on-time-every-time.html';
const MAR_DOSE =
  'MHRA alert 101416, https://www.cas.mhra.gov.uk/ViewandAcknowledgment/ViewAlert.aspx?AlertID=101416';

const mar = {
  'chart-letter-undeclared': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The letter is not in the key of the chart: what it says of the dose is unknown, and it is printed as it stands.',
    mend: 'Send the letter in chartKey with its meaning.',
    rule: MAR_KEY,
  },
  'chart-letter-twice': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The key of the chart has this letter twice.',
    mend: 'Send each letter once; capitals count.',
    rule: MAR_KEY,
  },
  'chart-letter-ambiguous': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The key of the chart has two outcomes for this letter: what it says of the dose is unknown.',
    mend: 'Send each letter once in chartKey.',
    rule: MAR_KEY,
  },
  'outcome-not-said': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The key says that the outcome is told with each dose, and it is not told here.',
    mend: 'Send "outcome" with the entry.',
    rule: MAR_KEY,
  },
  'outcome-contradicts-key': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The outcome sent with the entry is not the one that the key gives its letter: it counts as unknown.',
    mend: 'Leave the outcome out, or mend the key; "said-with-dose" in the key is for letters like "see notes".',
    rule: MAR_KEY,
  },
  'mar-record-end-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'When the record of doses ends is not said.',
    mend: 'Send recordEndsAt, the moment at which the chart was copied: a blank cell before it means something else than one after it.',
    rule: MAR_RECORD,
  },
  'mar-record-ends-later': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The record of doses ends after the package was made.',
    mend: 'Send the moment at which the chart was copied.',
    rule: MAR_RECORD,
  },
  'entry-without-time': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The entry has neither the time of its slot nor its own.',
    mend: 'Send scheduledFor, or at, or both.',
    rule: MAR_RECORD,
  },
  'entry-after-record-end': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The entry is later than the end of the record.',
    mend: 'Send the chart again as it is now, with its recordEndsAt.',
    rule: MAR_RECORD,
  },
  'dose-without-entry': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Doses were due and have no entry ({count}): the hospital reads "may have been given".',
    mend: 'Ask who gave the medicines and fill in the chart, or say the letter that the chart has for it.',
    rule: MAR_RECORD,
  },
  'chart-number-above-count': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The number of the chart is above the number of charts.',
    mend: 'Send for example 1 of 2.',
    rule: MAR_RECORD,
  },
  'other-charts': {
    fault: 'clinical',
    severity: 'information',
    sentence: 'This is one of {of} charts.',
    mend: 'See that the medicines of the others are sent too.',
    rule: MAR_RECORD,
  },
  'medicine-dose-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The dose of the medicine is not said.',
    mend: 'Send doseText as printed on the chart.',
    rule: MAR_SC1,
  },
  'prn-reason-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'What the when-required medicine is for is not said.',
    mend: 'Send whenRequired.reason.',
    rule: MAR_PRN,
  },
  'prn-maximum-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The most that may be given in 24 hours is not said.',
    mend: 'Send whenRequired.maximumIn24Hours.',
    rule: MAR_PRN,
  },
  'prn-interval-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The least time between two doses is not said.',
    mend: 'Send whenRequired.minimumIntervalHours.',
    rule: MAR_PRN,
  },
  'covert-best-interests-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The medicine is given covertly and the date of the best-interests decision is not said.',
    mend: 'Send covert.bestInterestsDate.',
    rule: MAR_COVERT,
  },
  'covert-plan-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The medicine is given covertly and there is no management plan.',
    mend: 'Send covert.plan.',
    rule: MAR_COVERT,
  },
  'topical-site-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Where the medicine is applied is not said.',
    mend: 'Send topical.site, or a body map.',
    rule: MAR_SC1,
  },
  'patch-old-one-on': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The old patch has not been removed.',
    mend: 'Look for it now: two patches are an overdose. Say at the handover where it is.',
    rule: MAR_PATCH,
  },
  'patch-removal-not-known': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Whether the old patch was removed is not said, or not known.',
    mend: 'Look at the skin and send patch.oldOneRemoved.',
    rule: MAR_PATCH,
  },
  'patch-count-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'How many patches are on the skin is not said.',
    mend: 'Look, and send patch.numberOnSkin.',
    rule: MAR_PATCH,
  },
  'patch-several-on': {
    fault: 'clinical',
    severity: 'warning',
    sentence: '{count} patches were found on the skin.',
    mend: 'See whether the dose is one patch; say at the handover where they are.',
    rule: MAR_PATCH,
  },
  'patch-site-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Where the patch is on the body is not said.',
    mend: 'Send patch.site.',
    rule: MAR_PATCH,
  },
  'patch-past-due-off': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The patch was due off before the package was made.',
    mend: 'See whether it was taken off, and send patch.numberOnSkin.',
    rule: MAR_PATCH,
  },
  'time-critical-without-times': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The medicine is time-critical, and the times at which it is due cannot be told.',
    mend: 'Send dose.times with the exact times of day.',
    rule: MAR_TIME,
  },
  'rare-without-day': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The medicine is not taken each day, and on which day is not said.',
    mend: 'Send dose.weekdays or startDate.',
    rule: MAR_SC1,
  },
  'times-differ-from-frequency': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The dose is due {times} times a day, and {clocks} times of day are given.',
    mend: 'See which of the two is right.',
    rule: MAR_SC1,
  },
  'variable-dose-amount-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The dose varies, and how much was given is not said.',
    mend: 'Send given with the amount.',
    rule: MAR_SC1,
  },
  'not-given-with-amount': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The dose was not given, and an amount given is sent.',
    mend: 'See which of the two is right.',
    rule: MAR_SC1,
  },
  'controlled-drug-without-witness': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A controlled drug was given and no witness is named.',
    mend: 'Send witness.',
    rule: MAR_SC1,
  },
  'given-by-others-not-said': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Whether others give medicines that are not on this chart is not said.',
    mend: 'Send notOnThisChart.anything (yes, no, not-known), or what they give.',
    rule: MAR_SC1,
  },
  'given-by-others-contradicts': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'It is said that nothing else is given, and medicines given by others are sent.',
    mend: 'See which of the two is right.',
    rule: MAR_SC1,
  },
  'given-by-others-last-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'When others last gave this medicine is not said.',
    mend: 'Ask them, and send lastGiven.',
    rule: MAR_SC1,
  },
  'changes-contradict': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'It is said that nothing was changed, and changes are sent.',
    mend: 'See which of the two is right.',
    rule: MAR_SC1,
  },
  'dose-unit-abbreviated': {
    fault: 'clinical',
    severity: 'warning',
    sentence: '"U" or "IU" stands for units here: it is misread as 0 or 10. It is left as sent.',
    mend: 'Write "units" in full.',
    rule: MAR_DOSE,
  },
  'dose-trailing-zero': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A zero ends a decimal here: 1.0 is misread as 10. It is left as sent.',
    mend: 'Write 1, not 1.0.',
    rule: MAR_DOSE,
  },
  'dose-naked-point': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A decimal begins with its point here: .5 is misread as 5. It is left as sent.',
    mend: 'Write 0.5, not .5.',
    rule: MAR_DOSE,
  },
} as const satisfies Record<string, IssueEntry>;

const CPR_RULE =
  'BMA, Resuscitation Council UK and RCN, Decisions relating to CPR, https://www.resus.org.uk/library/publications';
const ADRT_RULE = 'Mental Capacity Act 2005, sections 24 to 26, https://www.legislation.gov.uk/ukpga/2005/9';
const RESPECT_RULE = 'ReSPECT, https://www.resus.org.uk/respect';

const cprDecision = {
  'cpr-unknown': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'It is not known whether there is a CPR decision.',
    mend: 'Look for a form, and in the shared care record; amend the bag when it is known.',
    rule: CPR_RULE,
  },
  'cpr-unverified': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The CPR decision lacks its {missing}: the document says UNVERIFIED.',
    mend: 'Send it from the form. The decision travels all the same.',
    rule: CPR_RULE,
  },
  'cpr-review-passed': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The review date has passed: the document says REVIEW DATE PASSED – confirm.',
    mend: 'Nothing to mend here: a review date is not an expiry date. Have the decision reviewed.',
    rule: CPR_RULE,
  },
  'cpr-review-before-decision': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The review date lies before the decision.',
    mend: 'Ask for both dates again.',
    rule: CPR_RULE,
  },
  'cpr-decision-in-future': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The decision is dated after this package.',
    mend: 'Ask for the date again.',
    rule: CPR_RULE,
  },
  'cpr-contradiction': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'A date or a maker of a decision is given, but the status says that there is none or that it is not known.',
    mend: 'Set the status that the form shows, or leave date and maker out. No decision is taken from them.',
    rule: CPR_RULE,
  },
  'cpr-original-not-travelling': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'The original of the form is not said to travel with the person; crews may start CPR without it.',
    mend: 'Give the original to the crew and send "originalTravelling": "yes".',
    rule: CPR_RULE,
  },
  'cpr-sources-conflict': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This source says something else about CPR: both are printed, and none is preferred.',
    mend: 'Have a clinician settle it; then amend the bag.',
    rule: CPR_RULE,
  },
  'adrt-date-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'An advance decision to refuse life-sustaining treatment has no date.',
    mend: 'Send "madeOn"; a year is enough.',
    rule: ADRT_RULE,
  },
  'adrt-refusal-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'It is not said what the advance decision refuses.',
    mend: 'Send "refuses" in the words of the document.',
    rule: ADRT_RULE,
  },
  'adrt-form-unchecked': {
    fault: 'clinical',
    severity: 'warning',
    sentence:
      'An advance decision to refuse life-sustaining treatment must be signed and witnessed, and this is not said of it.',
    mend: 'Look at the document and send "signed" and "witnessed".',
    rule: ADRT_RULE,
  },
  'adrt-validity-unchecked': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Nobody has checked that the advance decision is valid and applies: the document says so.',
    mend: 'Nothing to mend here; the hospital will check.',
    rule: ADRT_RULE,
  },
  'respect-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The form is said to be a ReSPECT form, but its recommendations were not sent.',
    mend: 'Send "respect", and the scan.',
    rule: RESPECT_RULE,
  },
  'respect-summary-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The ReSPECT form has no shared understanding of health and condition.',
    mend: 'Send "summary".',
    rule: RESPECT_RULE,
  },
  'shared-plan-replaced': {
    fault: 'clinical',
    severity: 'information',
    sentence: 'Coordinate My Care was replaced by the Universal Care Plan in July 2022.',
    mend: 'Look there.',
    rule: 'Universal Care Plan, https://ucp.onelondon.online',
  },
  'shared-plan-differs': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The shared care plan and the paper do not agree.',
    mend: 'Send what the plan says as one of "otherSources": both are then printed.',
    rule: CPR_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

const belongings = {
  'belonging-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This item did not come back.',
    mend: 'Ask the ward named in the summary; note it on the feedback form.',
    rule: BELONGINGS_RULE,
  },
  'belonging-damaged': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This item came back damaged.',
    mend: 'Note it on the feedback form.',
    rule: BELONGINGS_RULE,
  },
  'belonging-not-back': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'This item went to hospital, and nothing says that it came back.',
    mend: 'Say in "back" whether it is present, missing, damaged or replaced.',
    rule: BELONGINGS_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

const dischargeSummary = {
  'medicine-changes-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The summary says nothing of medicines started, stopped, changed or left unchanged.',
    mend: 'Send every current medicine with its change, also those that stay as they were.',
    rule: DISCHARGE_RULE,
  },
  'medicine-change-without-reason': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A medicine was {change} without a reason.',
    mend: 'Say why, so that the home and the GP can judge it.',
    rule: DISCHARGE_RULE,
  },
  'medicine-change-without-review': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Nothing says who reviews this change.',
    mend: 'Name who reviews it, and when.',
    rule: DISCHARGE_RULE,
  },
  'last-dose-missing': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'Nothing says when this medicine was last given in hospital.',
    mend: 'Say the time of the last dose, so that none is given twice or left out.',
    rule: DISCHARGE_RULE,
  },
  'cpr-decision-without-status': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A CPR decision was made or changed in hospital, and nothing says what it is.',
    mend: 'Send "status".',
    rule: DISCHARGE_RULE,
  },
  'new-allergies-contradict': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The state of new allergies and the list of them do not fit together. Both are kept.',
    mend: 'Send "found" with entries, or "none-found" or "not-recorded" without.',
    rule: DISCHARGE_RULE,
  },
  'left-before-admitted': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The person left before they were admitted. Both times are kept.',
    mend: 'Correct the times.',
    rule: DISCHARGE_RULE,
  },
  'cpr-paper-not-accounted-for': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'A CPR decision was made or changed, and nothing says whether its paper travels back.',
    mend: 'Say where the original is.',
    rule: DISCHARGE_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

const attachments = {
  'attachment-id-twice': {
    fault: 'software',
    severity: 'error',
    sentence: 'This attachment has the id of another one (attachments[{first}]).',
    mend: 'Give each attachment an id of its own.',
    rule: FORMAT_RULE,
  },
  'attachment-missing': {
    fault: 'clinical',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'There is no attachment of this id in the package.',
    mend: 'Send the attachment, or leave the reference out.',
    rule: FORMAT_RULE,
  },
  'attachment-not-what-it-says': {
    fault: 'content',
    severity: ERROR_WHEN_COMPLETE,
    sentence: 'The bytes are not of this media type (they are {found}).',
    mend: `Send a PDF, PNG, JPEG, MP4, MP3 or WAV file, and say which. ${CARRIED}`,
    rule: FORMAT_RULE,
  },
  'attachment-type-refused': {
    fault: 'software',
    severity: 'error',
    sentence: 'The bytes are markup or a program, which can act on the machine that opens them.',
    mend: 'Send a picture or a PDF of it; SVG and HTML are never accepted.',
    rule: FORMAT_RULE,
  },
  'attachment-pdf-acts': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The PDF holds JavaScript, starts programs or carries other files.',
    mend: 'Print it to a plain PDF; it is sent as it is, and hospitals may refuse it.',
    rule: FORMAT_RULE,
  },
  'attachment-not-printed': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The PDF does not show all of this attachment: {reason}. It says so, and where to find it.',
    mend: 'It is in the Bundle as it was sent. Where the ward must see it on paper, send a picture or a plain PDF of it.',
    rule: 'Red Bag print',
  },
  'attachment-pdf-locked': {
    fault: 'clinical',
    severity: 'warning',
    sentence: 'The PDF is encrypted: the ward may not be able to open it.',
    mend: 'Send it without a password.',
    rule: FORMAT_RULE,
  },
} as const satisfies Record<string, IssueEntry>;

/** The sections, in the order of `docs/issues.md`. */
export const SECTIONS = {
  Reading: reading,
  Schema: schema,
  Formats: formats,
  Request: request,
  Transfer: transfer,
  Resident: resident,
  'This Is Me': thisIsMe,
  "Older Person's Assessment": olderPersonsAssessment,
  'CARES escalation': caresEscalation,
  MAR: mar,
  'CPR decision': cprDecision,
  Belongings: belongings,
  'Discharge summary': dischargeSummary,
  Attachments: attachments,
} as const satisfies Record<string, Record<string, IssueEntry>>;

const TABLE: ReadonlyMap<string, IssueEntry> = new Map(
  Object.values(SECTIONS).flatMap((section) => Object.entries<IssueEntry>(section)),
);

/**
 * The entry of a code.
 * @throws Error when the code is in no section: a rule that is not in the table is a fault of this program.
 */
export function entryOf(code: string): IssueEntry {
  const entry = TABLE.get(code);
  if (entry === undefined) throw new Error(`issue code not in the table: ${code}`);
  return entry;
}

/** Every code with its entry, in the order of the sections. */
export function allIssueEntries(): ReadonlyMap<string, IssueEntry> {
  return TABLE;
}

/** True for what a person typed wrongly, which urgent mode carries as NOT UNDERSTOOD text instead of refusing. */
export function isContentFault(code: string): boolean {
  return entryOf(code).fault === 'content';
}

/** The severity of a code in a mode. */
export function severityOf(code: string, mode: Mode): Severity {
  const { severity } = entryOf(code);
  return typeof severity === 'string' ? severity : severity[mode];
}

/**
 * Makes the issue that the sender reads.
 * @param finding what was found, with the values that its sentence names
 * @param mode of the package; what is not a package is read as `complete`
 * @param severity given when it is not that of the table (a content fault that cannot be carried)
 */
export function issueOf(finding: Finding, mode: Mode = 'complete', severity?: Severity): Issue {
  const entry = entryOf(finding.code);
  const values = finding.values ?? {};
  const weight = severity ?? severityOf(finding.code, mode);
  const carried = entry.fault === 'content' && weight !== 'error' ? CARRIED : '';
  return {
    severity: weight,
    code: finding.code,
    pointer: finding.pointer,
    message: [fill(entry.sentence, values), fill(entry.mend, values), carried].filter(Boolean).join(' '),
    rule: entry.rule,
  };
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
