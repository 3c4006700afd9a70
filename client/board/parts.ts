/** Of what the editor is made: the shapes, bindings and tools that a DFD needs, and no others. */
import {
  ArrowBindingUtil,
  ArrowShapeTool,
  DrawShapeTool,
  DrawShapeUtil,
  defaultAddFontsFromNode,
  EraserTool,
  HandTool,
  LaserTool,
  NoteShapeTool,
  NoteShapeUtil,
  SelectTool,
  TextShapeTool,
  TextShapeUtil,
  type TLAnyShapeUtilConstructor,
  type TLTextOptions,
  tipTapDefaultExtensions,
  ZoomTool,
} from 'tldraw';
import { BoundaryShapeUtil } from './shapes/boundary-util.tsx';
import { elementShapeUtils } from './shapes/element-util.tsx';
import { FlowShapeUtil } from './shapes/flow-util.ts';
import { LineShapeUtil } from './shapes/line-util.tsx';
import { boxTools } from './tools.ts';

export const shapeUtils: TLAnyShapeUtilConstructor[] = [
  ...elementShapeUtils,
  BoundaryShapeUtil,
  LineShapeUtil,
  FlowShapeUtil,
  NoteShapeUtil,
  TextShapeUtil,
  DrawShapeUtil,
];

export const bindingUtils = [ArrowBindingUtil];

export const tools = [
  SelectTool,
  HandTool,
  LaserTool,
  EraserTool,
  ZoomTool,
  ArrowShapeTool,
  NoteShapeTool,
  TextShapeTool,
  DrawShapeTool,
  ...boxTools,
];

export const textOptions: TLTextOptions = {
  addFontsFromNode: defaultAddFontsFromNode,
  tipTapConfig: { extensions: tipTapDefaultExtensions },
};
