/**
 * What a file says of itself: its catalogue (ISO 32000-1, 7.7.2), its title and dates for people (14.3.3) and for
 * programs (XMP, ISO 16684-1), and which standards it claims (PDF/UA-1, ISO 14289-1, 5; PDF/A-3, ISO 19005-3, 6.6).
 */
import { dateString, type PdfFile, textString } from './file.js';

export interface About {
  readonly title: string;
  readonly language: string;
  /** The one date in the file, so that the same content gives the same bytes. */
  readonly created: Date;
}

/** Which standards the file claims. */
export interface Claims {
  readonly accessible: boolean;
  readonly archive: boolean;
}

/** Numbers of the objects that the catalogue names. */
export interface Parts {
  readonly pages: number;
  readonly structure: number;
  readonly outline: number | undefined;
  /** More entries, as they stand in the file. */
  readonly more: string;
}

const PROGRAM = 'Red Bag';

/** Writes the catalogue with the metadata. @returns its number */
export function writeCatalog(file: PdfFile, about: About, claims: Claims, parts: Parts): number {
  const xmp = Buffer.from(metadata(about, claims), 'utf8');
  const described = file.addStream('/Type/Metadata/Subtype/XML', xmp);
  const outline = parts.outline === undefined ? '' : `/Outlines ${parts.outline} 0 R/PageMode/UseOutlines`;
  return file.add(
    `<</Type/Catalog/Version/1.7/Pages ${parts.pages} 0 R/Metadata ${described} 0 R/MarkInfo<</Marked true>>` +
      `/StructTreeRoot ${parts.structure} 0 R/Lang${textString(about.language)}` +
      `/ViewerPreferences<</DisplayDocTitle true>>${outline}${parts.more}>>`,
  );
}

/** Writes the information dictionary. @returns its number */
export function writeInfo(file: PdfFile, { title, created }: About): number {
  const date = dateString(created);
  return file.add(
    `<</Title${textString(title)}/Producer(${PROGRAM})/Creator(${PROGRAM})/CreationDate${date}/ModDate${date}>>`,
  );
}

function metadata(about: About, claims: Claims): string {
  const date = `${about.created.toISOString().slice(0, 19)}Z`;
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
    `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>`,
    `<xmp:CreatorTool>${PROGRAM}</xmp:CreatorTool><pdf:Producer>${PROGRAM}</pdf:Producer>`,
    '<dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(about.title)}</rdf:li></rdf:Alt></dc:title>`,
    `<dc:language><rdf:Bag><rdf:li>${escapeXml(about.language)}</rdf:li></rdf:Bag></dc:language>`,
    '</rdf:Description>',
    ...(claims.accessible ? [ACCESSIBLE] : []),
    ...(claims.archive ? [ARCHIVE] : []),
    ...(claims.archive && claims.accessible ? [ACCESSIBLE_EXPLAINED] : []),
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}

const ACCESSIBLE =
  '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>';
const ARCHIVE =
  '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>';
/** PDF/A wants every property that it does not know itself explained (ISO 19005-3, 6.6.2.3). */
const ACCESSIBLE_EXPLAINED =
  '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">' +
  '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">' +
  '<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>' +
  '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>' +
  '<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>' +
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">' +
  '<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>' +
  '<pdfaProperty:category>internal</pdfaProperty:category>' +
  '<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>' +
  '</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>';

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
