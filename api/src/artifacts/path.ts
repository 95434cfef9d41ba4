/** Where an artifact is served, relative to the API. */
export const artifactPath = (sha256: string) => `/artifacts/${sha256}`;

/** A SHA-256 as artifacts are named by it. */
export const sha256Pattern = /^[0-9a-f]{64}$/;
