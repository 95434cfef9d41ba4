/** Where Studyhall lies on its host: `/studyhall` behind a proxy that shares the host with others, else nothing. Fixed when the pages are built. */
export const basePath = process.env.NEXT_PUBLIC_BASE_PATH ?? '';
