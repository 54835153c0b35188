package org.diapason.picture;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Otsu;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * One plane of a grid as it is shown: patient's right and front to the viewer's left, head and
 * front at the top, whatever way the grid lies.
 *
 * @param name axial, coronal or sagittal, the nearest where the grid is oblique; picture where no
 *     header says how it lies
 * @param grid of the volume
 * @param across axis of the grid that runs to the right
 * @param down axis that runs down
 * @param through axis that the plane cuts
 * @param at voxel of the cut along it
 * @param left whether the first column is the last voxel
 * @param up whether the first row is the last voxel
 * @param eachAcross voxels along the axis to the right that make one pixel
 * @param eachDown voxels along the axis down that make one
 */
public record SlicePlane(
        String name,
        Geometry grid,
        int across,
        int down,
        int through,
        int at,
        boolean left,
        boolean up,
        int eachAcross,
        int eachDown) {
    private static final int MOST = 256;
    private static final String PICTURE = "picture";
    private static final String[] NAMES = {"sagittal", "coronal", "axial"};

    /** World axis that runs to the right, and down, in sagittal, coronal and axial planes. */
    private static final int[][] SHOWN = {{1, 2}, {0, 2}, {0, 1}};

    /** Returns the planes through the centre of what is bright that have an area. */
    public static List<SlicePlane> through(Volume fixed) {
        Geometry g = fixed.geometry();
        int[] axis = axes(g);
        int[] centre = centre(fixed);
        List<SlicePlane> planes = new ArrayList<>();
        for (int normal = 2; normal >= 0; normal--) {
            SlicePlane plane = of(fixed, normal, centre[axis[normal]], MOST);
            if (plane.hasArea()) {
                planes.add(plane);
            }
        }
        return planes;
    }

    /**
     * Returns the plane of one slice.
     *
     * @param image whose grid it is
     * @param normal 0 sagittal, 1 coronal, 2 axial
     * @param at voxel of the cut, counted from 0 along the axis of the grid nearest to the normal
     * @param most pixels along a side; where the grid has more, several voxels make one
     */
    public static SlicePlane of(Volume image, int normal, int at, int most) {
        Geometry g = image.geometry();
        int[] axis = axes(g);
        int across = axis[SHOWN[normal][0]];
        int down = axis[SHOWN[normal][1]];
        // to the right: left (x) and back (y); down: back (y) and, turned round, feet (z)
        boolean left = g.direction().get(3 * SHOWN[normal][0] + across) < 0;
        boolean low = g.direction().get(3 * SHOWN[normal][1] + down) < 0;
        boolean picture = image.quantity() == Quantity.PICTURE; // no header says how it lies
        return new SlicePlane(
                picture ? PICTURE : NAMES[normal],
                g,
                across,
                down,
                axis[normal],
                at,
                left,
                normal == 2 ? low : !low,
                (g.size(across) + most - 1) / most,
                (g.size(down) + most - 1) / most);
    }

    /** Says whether it is more than a line. */
    public boolean hasArea() {
        return grid.size(across) > 1 && grid.size(down) > 1;
    }

    /**
     * Returns the axis of the grid that is nearest to each of the world's x, y and z, each taken
     * once.
     */
    static int[] axes(Geometry g) {
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        int[] best = orders[0];
        double most = -1;
        for (int[] order : orders) {
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                sum += Math.abs(g.direction().get(3 * r + order[r]));
            }
            if (sum > most + 1e-9) {
                most = sum;
                best = order;
            }
        }
        return best;
    }

    private static int[] centre(Volume fixed) {
        Geometry g = fixed.geometry();
        float[] values = fixed.values();
        double threshold = Otsu.threshold(values);
        double[] sum = new double[3];
        long count = 0;
        for (int v = 0; v < values.length; v++) {
            if (values[v] > threshold) {
                int row = v / g.ni();
                sum[0] += v % g.ni();
                sum[1] += row % g.nj();
                sum[2] += row / g.nj();
                count++;
            }
        }
        int[] centre = new int[3];
        for (int a = 0; a < 3; a++) {
            centre[a] = count == 0 ? g.size(a) / 2 : (int) Math.rint(sum[a] / count);
        }
        return centre;
    }

    public int columns() {
        return (grid.size(across) + eachAcross - 1) / eachAcross;
    }

    public int rows() {
        return (grid.size(down) + eachDown - 1) / eachDown;
    }

    /** Returns the width of a pixel in mm. */
    public double pixelAcrossMm() {
        return eachAcross * grid.spacing(across);
    }

    /** Returns the height of a pixel in mm. */
    public double pixelDownMm() {
        return eachDown * grid.spacing(down);
    }

    public double widthMm() {
        return grid.size(across) * grid.spacing(across);
    }

    public double heightMm() {
        return grid.size(down) * grid.spacing(down);
    }

    /**
     * Returns the pixels of a volume on the grid, row by row; means where several voxels are one.
     */
    public float[] pixels(float[] values) {
        float[] out = new float[columns() * rows()];
        int[] voxel = new int[3];
        voxel[through] = at;
        for (int p = 0; p < out.length; p++) {
            double sum = 0;
            int count = 0;
            for (int n = 0; n < eachAcross * eachDown; n++) {
                int x = p % columns() * eachAcross + n % eachAcross;
                int y = p / columns() * eachDown + n / eachAcross;
                if (x < grid.size(across) && y < grid.size(down)) {
                    voxel[across] = left ? grid.size(across) - 1 - x : x;
                    voxel[down] = up ? grid.size(down) - 1 - y : y;
                    sum += values[grid.index(voxel[0], voxel[1], voxel[2])];
                    count++;
                }
            }
            out[p] = (float) (sum / count);
        }
        return out;
    }

    /** Returns the place in mm (LPS) of a point of the picture, x and y in mm from its corner. */
    public double[] place(double x, double y) {
        double[] voxel = new double[3];
        voxel[through] = at;
        double i = x / grid.spacing(across) - 0.5;
        double j = y / grid.spacing(down) - 0.5;
        voxel[across] = left ? grid.size(across) - 1 - i : i;
        voxel[down] = up ? grid.size(down) - 1 - j : j;
        return grid.toWorld(voxel[0], voxel[1], voxel[2]).toArray();
    }

    /** Returns where a place in mm (LPS) lies in the picture, looked at along the cut. */
    public double[] point(double[] place) {
        Numbers v = grid.toVoxel(place[0], place[1], place[2]);
        double i = left ? grid.size(across) - 1 - v.get(across) : v.get(across);
        double j = up ? grid.size(down) - 1 - v.get(down) : v.get(down);
        return new double[] {(i + 0.5) * grid.spacing(across), (j + 0.5) * grid.spacing(down)};
    }

    /**
     * Returns which slice this is and where its centre lies, {@code axial 57, z -120.5 mm} (LPS);
     * {@code slice 57} of a photograph.
     */
    public String where() {
        for (int normal = 0; normal < 3; normal++) {
            if (NAMES[normal].equals(name)) {
                double mm = centreMm(grid, through, at).get(normal);
                return name
                        + " "
                        + at
                        + ", "
                        + "xyz".charAt(normal)
                        + " "
                        + Numbers.fixed(mm, 1)
                        + " mm";
            }
        }
        return "slice " + at;
    }

    /** Returns the place (LPS mm) of the centre of a slice of a grid. */
    static Numbers centreMm(Geometry grid, int through, int at) {
        double[] voxel = new double[3];
        for (int a = 0; a < 3; a++) {
            voxel[a] = a == through ? at : (grid.size(a) - 1) / 2.0;
        }
        return grid.toWorld(voxel[0], voxel[1], voxel[2]);
    }

    /**
     * Letters of the patient's sides at the left, right and top of the picture; none where it is a
     * photograph, whose sides nobody knows.
     */
    public String[] sides() {
        return switch (name) {
            case PICTURE -> new String[0];
            case "axial" -> new String[] {"R", "L", "A"};
            case "coronal" -> new String[] {"R", "L", "S"};
            default -> new String[] {"A", "P", "S"};
        };
    }
}
