/** What a proof is, by the end of its name: shorter than the name itself. */
const ENDS = {
  recording: ['m4a', 'mp3', 'wav', 'ogg', 'opus', 'aac', 'flac', 'mp4', 'mov', 'webm'],
  scan: ['pdf', 'png', 'jpg', 'jpeg', 'tif', 'tiff', 'heic', 'webp'],
  mail: ['eml', 'msg'],
} as const;

export type ProofKind = keyof typeof ENDS | 'file';

export function kindOf(name: string): ProofKind {
  const end = name.toLowerCase().split('.').at(-1) ?? '';
  const kinds = Object.keys(ENDS) as (keyof typeof ENDS)[];
  return kinds.find((kind) => (ENDS[kind] as readonly string[]).includes(end)) ?? 'file';
}
