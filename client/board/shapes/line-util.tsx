/** The open trust boundary: a dashed line that encloses nothing, as other tools draw them, named at its middle. */
import {
  type Geometry2d,
  Group2d,
  type IndexKey,
  Polyline2d,
  Rectangle2d,
  ShapeUtil,
  SVGContainer,
  type SvgExportContext,
  type TLHandle,
  type TLHandleDragInfo,
  useValue,
  Vec,
} from 'tldraw';
import { KINDS } from '#shared/dfd/kinds.ts';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';
import { type LineProps, type LineShape, lineProps } from '../schema.ts';
import { FONT_FACE, layOut, widthOf } from './measure.ts';
import { NameField } from './NameField.tsx';
import { LINE_HEIGHT, type NameLayout } from './name-layout.ts';
import { BOUNDARY_STROKE, type Inset } from './outlines.ts';
import { inkOf, SvgName } from './SvgName.tsx';

const PLACEHOLDER = KINDS.trust_boundary.label;

/** Room for the name, in board units, and how far it stands off the line. */
const ROOM = { w: 200, h: 40 };
const APART = 8;

export class LineShapeUtil extends ShapeUtil<LineShape> {
  static override type = 'boundary_line' as const;
  static override props = lineProps;

  override canEdit = () => true;
  override canBind = () => false;
  override canResize = () => false;
  override hideResizeHandles = () => true;
  override hideRotateHandle = () => true;
  override hideSelectionBoundsBg = () => true;
  override hideSelectionBoundsFg = () => true;
  override getText = (shape: LineShape) => shape.props.name;
  override getFontFaces = () => [FONT_FACE];

  override getAriaDescriptor(shape: LineShape): string {
    return `Open ${PLACEHOLDER.toLowerCase()} ${shape.props.name}`;
  }

  override getDefaultProps(): LineProps {
    const points: LineProps['points'] = [
      [0, 0],
      [0, KINDS.trust_boundary.size[1]],
    ];
    return { ...(SHAPE_DEFAULTS.boundary_line as Omit<LineProps, 'points'>), points };
  }

  override getGeometry(shape: LineShape): Geometry2d {
    const { inset, layout } = labelOf(shape);
    const width = Math.max(8, ...layout.lines.map(line => widthOf(line, layout.fontSize)));
    const height = layout.lines.length * layout.fontSize * LINE_HEIGHT;
    return new Group2d({
      children: [
        new Polyline2d({ points: shape.props.points.map(([x, y]) => new Vec(x, y)) }),
        new Rectangle2d({ x: inset.x, y: inset.y, width, height, isFilled: true, isLabel: true }),
      ],
    });
  }

  override getHandles({ props: { points } }: LineShape): TLHandle[] {
    const handle = (id: string, index: string, [x, y]: readonly [number, number]): TLHandle => ({
      ...{ id, index: index as IndexKey, x, y },
      type: 'vertex',
    });
    return [handle('start', 'a1', points[0]!), handle('end', 'a2', points.at(-1)!)];
  }

  override onHandleDrag(shape: LineShape, { handle }: TLHandleDragInfo<LineShape>) {
    const points = [...shape.props.points];
    points[handle.id === 'start' ? 0 : points.length - 1] = [handle.x, handle.y];
    return { ...shape, props: { ...shape.props, points } };
  }

  override component(shape: LineShape) {
    return <BoundaryLine shape={shape} />;
  }

  override indicator({ props }: LineShape) {
    return <path d={pathOf(props)} />;
  }

  override toSvg(shape: LineShape, { isDarkMode }: SvgExportContext) {
    const { ink } = inkOf(isDarkMode);
    const { inset, layout } = labelOf(shape);
    return (
      <>
        <path d={pathOf(shape.props)} fill="none" stroke={ink} {...BOUNDARY_STROKE} />
        {shape.props.name && <SvgName layout={layout} inset={inset} align="top-left" color={ink} />}
      </>
    );
  }
}

function BoundaryLine({ shape }: { shape: LineShape }) {
  const { inset, layout } = useValue('line label', () => labelOf(shape), [shape]);
  return (
    <>
      <SVGContainer className="board-line">
        <path d={pathOf(shape.props)} {...BOUNDARY_STROKE} />
      </SVGContainer>
      <NameField shape={shape} inset={inset} layout={layout} placeholder={PLACEHOLDER} align="top-left" />
    </>
  );
}

const pathOf = ({ points }: LineProps): string => `M${points.map(point => point.join(' ')).join('L')}`;

/** Right of the point half way along, and below. */
function labelOf({ props: { points, name } }: LineShape): { inset: Inset; layout: NameLayout } {
  const [x, y] = middleOf(points);
  const { fontSize, lines } = layOut(name || PLACEHOLDER, ROOM.w, ROOM.h);
  return {
    inset: { ...ROOM, x: x + APART, y: y + APART / 2 },
    layout: { fontSize: Math.min(fontSize, 14), lines },
  };
}

function middleOf(points: LineProps['points']): readonly [number, number] {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i]![0], y - points[i]![1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    if (length < left || length === 0) {
      left -= length;
      continue;
    }
    const [[ax, ay], [bx, by]] = [points[i]!, points[i + 1]!];
    return [ax + ((bx - ax) * left) / length, ay + ((by - ay) * left) / length];
  }
  return points[0]!;
}
