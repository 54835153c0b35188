package org.diapason.report;

import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Reads a grid slice by slice as an axial picture: columns go to the patient's left (+x), rows to
 * the back (+y), whatever axis of the grid that is and whichever way it runs.
 *
 * <p>Millimetres in the picture are the world's x and y where the grid is not oblique; an oblique
 * grid is shown along its own nearest axes.
 */
final class Axial {
    private final Geometry geometry;
    private final int across;
    private final int down;
    private final int along;
    private final int signAcross;
    private final int signDown;

    private Axial(Geometry geometry, int across, int down, int along) {
        this.geometry = geometry;
        this.across = across;
        this.down = down;
        this.along = along;
        this.signAcross = geometry.direction().get(across) < 0 ? -1 : 1;
        this.signDown = geometry.direction().get(3 + down) < 0 ? -1 : 1;
    }

    static Axial of(Geometry geometry) {
        Numbers d = geometry.direction();
        int along = 0;
        for (int a = 1; a < 3; a++) {
            along = Math.abs(d.get(6 + a)) >= Math.abs(d.get(6 + along)) ? a : along;
        }
        int one = along == 0 ? 1 : 0;
        int two = 3 - along - one;
        boolean oneAcross = Math.abs(d.get(one)) >= Math.abs(d.get(two));
        return new Axial(geometry, oneAcross ? one : two, oneAcross ? two : one, along);
    }

    int slices() {
        return geometry.size(along);
    }

    int slice(int i, int j, int k) {
        return along == 0 ? i : along == 1 ? j : k;
    }

    /** Edges of the whole slice in picture millimetres: x0, y0, x1, y1. */
    double[] extentMm() {
        double x = startMm(across, signAcross, 0);
        double y = startMm(down, signDown, 1);
        return new double[] {
            x,
            y,
            x + geometry.size(across) * geometry.spacing(across),
            y + geometry.size(down) * geometry.spacing(down)
        };
    }

    /** Edges of the mask in one slice; null where it is empty. */
    double[] boxMm(Mask mask, int slice) {
        int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
        for (int r = 0; r < geometry.size(down); r++) {
            for (int c = 0; c < geometry.size(across); c++) {
                if (mask.voxels()[voxel(c, r, slice)]) {
                    box[0] = Math.min(box[0], c);
                    box[1] = Math.min(box[1], r);
                    box[2] = Math.max(box[2], c + 1);
                    box[3] = Math.max(box[3], r + 1);
                }
            }
        }
        if (box[2] < 0) {
            return null;
        }
        double[] whole = extentMm();
        double w = geometry.spacing(across);
        double h = geometry.spacing(down);
        return new double[] {
            whole[0] + box[0] * w, whole[1] + box[1] * h,
            whole[0] + box[2] * w, whole[1] + box[3] * h
        };
    }

    /** World position of the middle of a field in a slice. */
    Numbers centreWorld(int slice, double[] field) {
        double[] whole = extentMm();
        double[] at = new double[3];
        double c = ((field[0] + field[2]) / 2 - whole[0]) / geometry.spacing(across) - 0.5;
        double r = ((field[1] + field[3]) / 2 - whole[1]) / geometry.spacing(down) - 0.5;
        at[across] = signAcross > 0 ? c : geometry.size(across) - 1 - c;
        at[down] = signDown > 0 ? r : geometry.size(down) - 1 - r;
        at[along] = slice;
        return geometry.toWorld(at[0], at[1], at[2]);
    }

    /** The slice nearest to a world position. */
    int nearest(Numbers world) {
        Numbers voxel = geometry.toVoxel(world.get(0), world.get(1), world.get(2));
        return (int) Math.max(0, Math.min(slices() - 1, Math.rint(voxel.get(along))));
    }

    /** Cuts the pixels that touch the field; their places are told from the field's corner. */
    Picture.Slice cut(Volume volume, Mask mask, int slice, double[] field) {
        double[] whole = extentMm();
        double w = geometry.spacing(across);
        double h = geometry.spacing(down);
        int c0 = clamp(Math.floor((field[0] - whole[0]) / w + 1e-6), geometry.size(across) - 1);
        int r0 = clamp(Math.floor((field[1] - whole[1]) / h + 1e-6), geometry.size(down) - 1);
        int c1 = clamp(Math.ceil((field[2] - whole[0]) / w - 1e-6), geometry.size(across));
        int r1 = clamp(Math.ceil((field[3] - whole[1]) / h - 1e-6), geometry.size(down));
        int columns = Math.max(1, c1 - c0);
        int rows = Math.max(1, r1 - r0);
        double[] values = new double[columns * rows];
        boolean[] inside = new boolean[columns * rows];
        for (int r = 0, p = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++, p++) {
                int v = voxel(c0 + c, r0 + r, slice);
                values[p] = volume.values()[v];
                inside[p] = mask != null && mask.voxels()[v];
            }
        }
        double left = whole[0] + c0 * w - field[0];
        double top = whole[1] + r0 * h - field[1];
        List<Numbers> outline =
                mask == null
                        ? List.of()
                        : Outline.of(inside, columns, rows).stream()
                                .map(loop -> placed(loop, left, top, w, h))
                                .toList();
        return new Picture.Slice(
                columns,
                rows,
                left,
                top,
                w,
                h,
                centreWorld(slice, field).get(2),
                Numbers.of(values),
                volume.quantity(),
                0,
                1,
                outline);
    }

    private static Numbers placed(int[] loop, double left, double top, double w, double h) {
        double[] mm = new double[loop.length];
        for (int n = 0; n < loop.length; n += 2) {
            mm[n] = left + loop[n] * w;
            mm[n + 1] = top + loop[n + 1] * h;
        }
        return Numbers.of(mm);
    }

    private int voxel(int column, int row, int slice) {
        int[] at = new int[3];
        at[across] = signAcross > 0 ? column : geometry.size(across) - 1 - column;
        at[down] = signDown > 0 ? row : geometry.size(down) - 1 - row;
        at[along] = slice;
        return geometry.index(at[0], at[1], at[2]);
    }

    /** World coordinate of the edge before the first column or row of the picture. */
    private double startMm(int axis, int sign, int world) {
        int first = sign > 0 ? 0 : geometry.size(axis) - 1;
        double[] at = new double[3];
        at[axis] = first;
        return geometry.toWorld(at[0], at[1], at[2]).get(world) - geometry.spacing(axis) / 2;
    }

    private static int clamp(double value, int most) {
        return (int) Math.max(0, Math.min(most, value));
    }
}
