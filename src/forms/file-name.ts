const EXTENSION =
  /\.(pdf|png|apng|jpe?g|gif|bmp|tiff?|heic|heif|webp|svgz?|mp[1-4]|mpe?g|m4[av]|mov|avi|mkv|webm|wmv|3gp|wav|wma|ogg|opus|aac|flac|docx?|odt|xlsx?|ods|pptx?|rtf|txt|csv|html?|xml|json|zip|7z)$/i;

/** True when a title ends like a file's name. PRSB About Me asks for file names without; a ward's list reads better. */
export const hasExtension = (name: string): boolean => EXTENSION.test(name.trim());
