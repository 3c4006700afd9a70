/** The defaults of the stored format, as the style values that tldraw knows. */
import type { TLArrowShapeProps, TLNoteShapeProps } from 'tldraw';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';

export const ARROW_STYLE = SHAPE_DEFAULTS.arrow as unknown as TLArrowShapeProps;
export const NOTE_COLOR = SHAPE_DEFAULTS.note!.color as TLNoteShapeProps['color'];
