// jStat brings no types; this is what is used of it.
declare module 'jstat' {
  const jstat: { studentt: { inv(probability: number, degrees: number): number } };
  export default jstat;
}
