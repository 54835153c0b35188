package org.diapason.picture;

import java.util.Arrays;
import org.diapason.surface.Mesh;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * A surface drawn from three sides, all in one scale, without perspective: from the front, from the
 * patient's left, and from above with the front up.
 *
 * <p>A triangle is as bright as it faces the light at the eye's upper left, and red where its
 * inside is seen, so that holes and shells inside out are noticed. The nearest is seen (z-buffer).
 */
public final class MeshPicture {
    private static final int SIDE = 360;
    private static final int MARGIN = 24;
    private static final int GROUND = 0x202428;
    private static final int[] OUTSIDE = {232, 220, 196};
    private static final int[] INSIDE = {200, 60, 50};
    private static final double AMBIENT = 0.18;

    /** To the right, up, and towards the eye, in LPS. */
    private static final double[][] VIEWS = {
        {1, 0, 0, 0, 0, 1, 0, -1, 0},
        {0, 1, 0, 0, 0, 1, 1, 0, 0},
        {-1, 0, 0, 0, -1, 0, 0, 0, 1}
    };

    private static final String[] NAMES = {"FRONT", "LEFT", "ABOVE"};

    /** Where the light stands, to the right, up and towards the eye; of length 1. */
    private static final double[] LIGHT = {-0.36, 0.48, 0.8};

    private MeshPicture() {}

    /**
     * Returns the picture, red, green and blue.
     *
     * @param mesh in LPS mm
     */
    public static Volume draw(Mesh mesh) {
        double[] low = new double[3];
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int corner : mesh.triangles()) {
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], mesh.points()[3 * corner + a]);
                high[a] = Math.max(high[a], mesh.points()[3 * corner + a]);
            }
        }
        double most = 0;
        double[] middle = new double[3];
        for (int a = 0; a < 3; a++) {
            most = Math.max(most, high[a] - low[a]);
            middle[a] = (low[a] + high[a]) / 2;
        }
        double scale = (SIDE - 2 * MARGIN) / Math.max(most, 1e-9);
        Canvas canvas = new Canvas(3 * SIDE, SIDE, GROUND);
        for (int v = 0; v < 3; v++) {
            int[] seen = view(mesh, VIEWS[v], middle, scale);
            canvas.image(seen, SIDE, SIDE, v * SIDE, 0, SIDE, SIDE);
            canvas.text(NAMES[v], v * SIDE + 8, 8);
        }
        double bar = bar(most / 3);
        int length = (int) Math.round(bar * scale);
        canvas.box(8, SIDE - 10, length, 3, Canvas.WHITE);
        canvas.text(Numbers.plain(bar) + " mm", 16 + length, SIDE - 20);
        return canvas.volume(1 / scale);
    }

    /** Returns the largest of 1, 2, 5, 10, 20 … that is not longer. */
    private static double bar(double mm) {
        double ten = 1;
        while (ten * 10 <= mm) {
            ten *= 10;
        }
        while (ten > mm) {
            ten /= 10;
        }
        return mm >= 5 * ten ? 5 * ten : mm >= 2 * ten ? 2 * ten : ten;
    }

    private static int[] view(Mesh mesh, double[] axes, double[] middle, double scale) {
        int[] colour = new int[SIDE * SIDE];
        float[] depth = new float[SIDE * SIDE];
        Arrays.fill(colour, GROUND);
        Arrays.fill(depth, Float.NEGATIVE_INFINITY);
        double[] p = mesh.points();
        double[] c = new double[9];
        for (int t = 0; t < mesh.triangles().length; t += 3) {
            for (int n = 0; n < 3; n++) {
                int at = 3 * mesh.triangles()[t + n];
                for (int a = 0; a < 3; a++) {
                    double sum = 0;
                    for (int b = 0; b < 3; b++) {
                        sum += axes[3 * a + b] * (p[at + b] - middle[b]);
                    }
                    c[3 * n + a] = scale * sum;
                }
                c[3 * n] += SIDE / 2.0;
                c[3 * n + 1] = SIDE / 2.0 - c[3 * n + 1];
            }
            fill(c, shade(c), colour, depth);
        }
        return colour;
    }

    /** Corners are right, down, near; so a triangle that faces the eye runs clockwise in them. */
    private static int shade(double[] c) {
        double ux = c[3] - c[0];
        double uy = c[1] - c[4];
        double uz = c[5] - c[2];
        double vx = c[6] - c[0];
        double vy = c[1] - c[7];
        double vz = c[8] - c[2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double size = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double side = nz < 0 ? -1 : 1;
        double light =
                size == 0 ? 0 : side * (LIGHT[0] * nx + LIGHT[1] * ny + LIGHT[2] * nz) / size;
        double bright = AMBIENT + (1 - AMBIENT) * Math.max(0, light);
        int rgb = 0;
        for (int n = 0; n < 3; n++) {
            rgb = rgb << 8 | (int) Math.rint(bright * (nz < 0 ? INSIDE : OUTSIDE)[n]);
        }
        return rgb;
    }

    /** Colours the pixels whose middle a triangle covers, where nothing nearer does. */
    private static void fill(double[] c, int rgb, int[] colour, float[] depth) {
        double area = (c[3] - c[0]) * (c[7] - c[1]) - (c[6] - c[0]) * (c[4] - c[1]);
        if (area == 0) {
            return;
        }
        int left = (int) Math.max(0, Math.ceil(Math.min(c[0], Math.min(c[3], c[6])) - 0.5));
        int right = (int) Math.min(SIDE - 1, Math.max(c[0], Math.max(c[3], c[6])) - 0.5);
        int top = (int) Math.max(0, Math.ceil(Math.min(c[1], Math.min(c[4], c[7])) - 0.5));
        int bottom = (int) Math.min(SIDE - 1, Math.max(c[1], Math.max(c[4], c[7])) - 0.5);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double dx = x + 0.5 - c[0];
                double dy = y + 0.5 - c[1];
                double v = (dx * (c[7] - c[1]) - (c[6] - c[0]) * dy) / area;
                double w = ((c[3] - c[0]) * dy - dx * (c[4] - c[1])) / area;
                if (v < 0 || w < 0 || v + w > 1) {
                    continue;
                }
                float near = (float) (c[2] + v * (c[5] - c[2]) + w * (c[8] - c[2]));
                if (near > depth[y * SIDE + x]) {
                    depth[y * SIDE + x] = near;
                    colour[y * SIDE + x] = rgb;
                }
            }
        }
    }
}
