CodeSystem: AttachmentMediaTypeCodeSystem
Id: attachment-media-type
Title: "Red Bag attachment media type"
Description: "Choice list of the Red Bag papers: attachment media type."
* ^url = "https://w3id.org/redbag/CodeSystem/attachment-media-type"
* ^caseSensitive = true
* #application/pdf "PDF document"
* #image/png "PNG picture"
* #image/jpeg "JPEG picture"
* #video/mp4 "MP4 film"
* #audio/mp4 "MP4 sound"
* #audio/mpeg "MP3 sound"
* #audio/wav "WAV sound"

ValueSet: AttachmentMediaTypeValueSet
Id: attachment-media-type
Title: "Red Bag attachment media type"
Description: "All codes of the choice list: attachment media type."
* ^url = "https://w3id.org/redbag/ValueSet/attachment-media-type"
* include codes from system AttachmentMediaTypeCodeSystem
