import { saveFile } from './save-file.ts';

/** Has the browser save a table as a file. */
export const saveCsv = (name: string, text: string): void => saveFile(name, new Blob([text], { type: 'text/csv;charset=utf-8' }));
