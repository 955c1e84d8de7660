/** Paths as people read them, whichever way their computer writes them. Pure. */

const parts = (path: string) => path.split(/[\\/]/);

/** A path's last part: which folder it is in says nothing to who reads it. */
export function fileName(path: string): string {
  return parts(path).at(-1) ?? path;
}

/** The folder that it is in. */
export function folderName(path: string): string {
  return parts(path).slice(0, -1).join('/');
}
