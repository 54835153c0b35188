package org.diapason.io.mesh;

import java.util.Arrays;
import org.diapason.io.Room;
import org.diapason.surface.Mesh;
import org.diapason.volume.DataException;

/** Points and triangles as they come out of a file, within the memory there is. */
final class MeshBuilder {
    private final String file;
    private double[] points = new double[3 << 8];
    private int coordinates;
    private int[] triangles = new int[3 << 8];
    private int corners;

    MeshBuilder(String file) {
        this.file = file;
    }

    int points() {
        return coordinates / 3;
    }

    int triangles() {
        return corners / 3;
    }

    /** Adds a point; one that is no place is told with its number. */
    void point(double x, double y, double z) {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new DataException(
                    file
                            + ", point "
                            + (points() + 1)
                            + ": a coordinate is not a finite number: the file is broken.");
        }
        if (coordinates + 3 > points.length) {
            points = Arrays.copyOf(points, grown(points.length, 8));
        }
        points[coordinates++] = x;
        points[coordinates++] = y;
        points[coordinates++] = z;
    }

    /** Adds a triangle; its corners, counted from 0, are checked at the end. */
    void triangle(int a, int b, int c) {
        if (corners + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, grown(triangles.length, 4));
        }
        triangles[corners++] = a;
        triangles[corners++] = b;
        triangles[corners++] = c;
    }

    /** Returns a larger length, asked of {@link Room} with the array that is copied. */
    private int grown(int length, int bytes) {
        long longer = length + (length / 2L / 3 + 1) * 3;
        Room.need(file, (double) (longer + length) * bytes);
        return (int) Math.min(Integer.MAX_VALUE / 3 * 3 - 12, longer);
    }

    double x(int coordinate) {
        return points[coordinate];
    }

    int corner(int n) {
        return triangles[n];
    }

    Mesh build() {
        if (corners == 0) {
            throw new DataException(file + ": holds no triangle.");
        }
        int count = coordinates / 3;
        for (int c = 0; c < corners; c++) {
            if (triangles[c] < 0 || triangles[c] >= count) {
                throw new DataException(
                        file
                                + ", triangle "
                                + (c / 3 + 1)
                                + ": names point "
                                + triangles[c]
                                + " (counted from 0), the file has "
                                + count
                                + ". It is broken.");
            }
        }
        return Mesh.of(Arrays.copyOf(points, coordinates), Arrays.copyOf(triangles, corners));
    }
}
