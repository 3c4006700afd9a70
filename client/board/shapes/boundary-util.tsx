/** The trust boundary: closed, dashed, named at its top left edge. What lies in it moves along; nothing is clipped. */
import {
  BaseBoxShapeUtil,
  Group2d,
  Rectangle2d,
  resizeBox,
  SVGContainer,
  type SvgExportContext,
  type TLDragShapesOutInfo,
  type TLResizeInfo,
  type TLShape,
  useValue,
} from 'tldraw';
import { KINDS } from '#shared/dfd/kinds.ts';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';
import { adoptable, settleBoundary } from '../contents.ts';
import { type BoundaryShape, type BoxProps, boxProps } from '../schema.ts';
import { FONT_FACE, layOut, widthOf } from './measure.ts';
import { NameField } from './NameField.tsx';
import { LINE_HEIGHT, type NameLayout } from './name-layout.ts';
import { BOUNDARY_STROKE, type Inset } from './outlines.ts';
import { inkOf, SvgName } from './SvgName.tsx';

const MIN_SIZE = { minWidth: 60, minHeight: 40 };

const PLACEHOLDER = KINDS.trust_boundary.label;

export class BoundaryShapeUtil extends BaseBoxShapeUtil<BoundaryShape> {
  static override type = 'trust_boundary' as const;
  static override props = boxProps;

  override canEdit = () => true;
  override canBind = () => false;
  override canResizeChildren = () => false;
  override hideRotateHandle = () => true;
  override getText = (shape: BoundaryShape) => shape.props.name;
  override getFontFaces = () => [FONT_FACE];
  override canReceiveNewChildrenOfType = (shape: TLShape) => !shape.isLocked;

  override getAriaDescriptor(shape: BoundaryShape): string {
    return `${PLACEHOLDER} ${shape.props.name}`;
  }

  override getDefaultProps(): BoxProps {
    return { ...(SHAPE_DEFAULTS.trust_boundary as BoxProps) };
  }

  /** Hollow, so that clicks and brushes reach what is inside; only the edge and the name are solid. */
  override getGeometry(shape: BoundaryShape) {
    const { w, h } = shape.props;
    const { inset, layout } = labelOf(shape);
    const widest = Math.max(...layout.lines.map(line => widthOf(line, layout.fontSize)));
    // Kept within the edge: what reaches over it would count into the size that resizing starts from.
    const x = Math.min(inset.x, w / 4);
    const y = Math.min(inset.y, h / 4);
    const width = Math.min(w - x, Math.max(widest, 8));
    const height = Math.min(h - y, layout.lines.length * layout.fontSize * LINE_HEIGHT);
    return new Group2d({
      children: [
        new Rectangle2d({ width: w, height: h, isFilled: false }),
        new Rectangle2d({ x, y, width, height, isFilled: true }),
      ],
    });
  }

  override onResize(shape: BoundaryShape, info: TLResizeInfo<BoundaryShape>) {
    return resizeBox(shape, info, MIN_SIZE);
  }

  override onResizeEnd(_: BoundaryShape, { id }: BoundaryShape) {
    settleBoundary(this.editor, id);
  }

  override onTranslateEnd(_: BoundaryShape, { id }: BoundaryShape) {
    settleBoundary(this.editor, id);
  }

  override onDragShapesIn(shape: BoundaryShape, dragged: TLShape[]) {
    const entering = dragged.filter(one => one.parentId !== shape.id && adoptable(this.editor, shape, one));
    if (entering.length > 0) this.editor.reparentShapes(entering, shape.id);
  }

  override onDragShapesOut(shape: BoundaryShape, dragged: TLShape[], info: TLDragShapesOutInfo) {
    if (info.nextDraggingOverShapeId) return;
    const leaving = dragged.filter(one => one.parentId === shape.id);
    this.editor.reparentShapes(leaving, this.editor.getCurrentPageId());
  }

  override component(shape: BoundaryShape) {
    return <Boundary shape={shape} />;
  }

  override indicator({ props }: BoundaryShape) {
    return <rect width={props.w} height={props.h} />;
  }

  override toSvg(shape: BoundaryShape, { isDarkMode }: SvgExportContext) {
    const { ink } = inkOf(isDarkMode);
    const { inset, layout } = labelOf(shape);
    return (
      <>
        <rect width={shape.props.w} height={shape.props.h} fill="none" stroke={ink} {...BOUNDARY_STROKE} />
        {shape.props.name && <SvgName layout={layout} inset={inset} align="top-left" color={ink} />}
      </>
    );
  }
}

function Boundary({ shape }: { shape: BoundaryShape }) {
  const { inset, layout } = useValue('boundary label', () => labelOf(shape), [shape]);
  return (
    <>
      <SVGContainer className="board-boundary">
        <rect width={shape.props.w} height={shape.props.h} {...BOUNDARY_STROKE} />
      </SVGContainer>
      <NameField shape={shape} inset={inset} layout={layout} placeholder={PLACEHOLDER} align="top-left" />
    </>
  );
}

function labelOf({ props: { w, h, name } }: BoundaryShape): { inset: Inset; layout: NameLayout } {
  const inset = { x: 10, y: 6, w: Math.max(20, w - 20), h: Math.max(16, Math.min(h - 12, 40)) };
  const { fontSize, lines } = layOut(name || PLACEHOLDER, inset.w, inset.h);
  return { inset, layout: { fontSize: Math.min(fontSize, 14), lines } };
}
