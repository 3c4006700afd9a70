/** Under which what only Threat Dragon can say is kept. */
export const FORMAT = 'threat-dragon';

/** The release whose files these are; it warns about files of another major one. */
export const VERSION = '2.3.0';

/** What a whole file and each of its diagrams have besides their contents, as long as nobody changed it. */
export const STANDARD_FILE = {
  version: VERSION,
  summary: { owner: '' },
  detail: { contributors: [], reviewer: '', diagramTop: 0, threatTop: 0 },
};

export const STANDARD_DIAGRAM = {
  diagramType: 'STRIDE',
  description: '',
  placeholder: 'New STRIDE diagram description',
  thumbnail: './public/content/images/thumbnail.stride.jpg',
  version: VERSION,
};
