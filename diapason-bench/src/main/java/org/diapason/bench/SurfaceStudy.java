package org.diapason.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.math.DistanceMap;
import org.diapason.math.Gauss;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.MarchingCubes;
import org.diapason.surface.Mesh;
import org.diapason.surface.SurfaceNets;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Prints how far surfaces of binary masks lie from what was cut into voxels: the stairs on tilted
 * planes, and the volumes of a ball and a rod, for each way to take the surface and two spacings.
 */
public final class SurfaceStudy {
    private static final double SIDE = 60;

    /** Angles from the slices and in them, in degrees. */
    private static final double[][] TILTS = {{4, 25}, {9, 70}, {20, 10}, {38, 50}, {70, 33}};

    private SurfaceStudy() {}

    private interface Body {
        boolean holds(double x, double y, double z);
    }

    private interface Way {
        Mesh mesh(Geometry g, boolean[] voxels);
    }

    public static void main(String[] args) {
        for (double slice : new double[] {1, 3}) {
            Geometry g = grid(1, 1, slice);
            System.out.println("\n1 x 1 x " + Numbers.fixed(slice, 0) + " mm");
            ways().forEach((name, way) -> System.out.println(row(name, way, g)));
        }
    }

    private static String row(String name, Way way, Geometry g) {
        StringBuilder row = new StringBuilder("| " + name);
        double[] figures = figures(way, g);
        for (int f = 0; f < figures.length; f++) {
            String text = Numbers.fixed(figures[f], f == 0 ? 3 : f == 1 ? 2 : 1);
            row.append(" | ").append(Double.isNaN(figures[f]) ? "gone" : text);
        }
        return row.append(" |").toString();
    }

    /** Returns the figures of one way for slices of a thickness in mm. */
    static double[] figures(String way, double sliceMm) {
        return figures(ways().get(way), grid(1, 1, sliceMm));
    }

    /**
     * Returns root mean square and greatest distance in mm and root mean square angle in degrees of
     * planes; volume drift of the ball and of the rod in per cent, NaN where nothing is left.
     */
    private static double[] figures(Way way, Geometry g) {
        double square = 0;
        double angle = 0;
        double most = 0;
        for (double[] tilt : TILTS) {
            double[] error = stairs(way, g, tilt);
            square += error[0] / TILTS.length;
            angle += error[1] / TILTS.length;
            most = Math.max(most, error[2]);
        }
        Body ball = (x, y, z) -> sq(x - 0.3) + sq(y - 0.2) + sq(z - 0.4) < 100;
        Body rod = (x, y, z) -> sq(x - 0.3) + sq(y - 0.2) < 4 && sq(z - 0.4) < 225;
        return new double[] {
            Math.sqrt(square),
            most,
            Math.sqrt(angle),
            drift(way, g, ball, 4 * Math.PI / 3 * 1000),
            drift(way, g, rod, 4 * Math.PI * 30)
        };
    }

    private static double drift(Way way, Geometry g, Body body, double truth) {
        try {
            return 100 * (way.mesh(g, cut(g, body)).volumeMm3() / truth - 1);
        } catch (IllegalArgumentException e) {
            return Double.NaN;
        }
    }

    private static Map<String, Way> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("marching cubes", (g, v) -> MarchingCubes.of(g, v).inWorld());
        ways.put(
                "resampled to 1 mm (linear, 0.5), marching cubes",
                (g, v) ->
                        MarchingCubes.of(grid(1, 1, 1), Resample.mask(g, v, grid(1, 1, 1)))
                                .inWorld());
        ways.put("values resampled to 1 mm (linear), at 0.5", (g, v) -> fine(g, share(g, v), 0.5));
        for (double sigma : new double[] {0.5, 0.7, 1, 1.5}) {
            ways.put(
                    "blurred by " + sigma + " voxel, at 0.5",
                    (g, v) -> IsoSurface.of(blurred(g, v, sigma, sigma, sigma), 0.5));
        }
        for (double sigma : new double[] {1, 2, 3}) {
            ways.put(
                    "blurred by " + sigma + " mm, at 0.5",
                    (g, v) ->
                            IsoSurface.of(blurred(g, v, sigma, sigma, sigma / g.spacing(2)), 0.5));
        }
        ways.put("signed distance, at 0", (g, v) -> IsoSurface.of(distance(g, v), 0));
        ways.put(
                "signed distance blurred by 1 voxel, at 0",
                (g, v) ->
                        IsoSurface.of(
                                Volume.of(
                                        g,
                                        Gauss.blur(g, distance(g, v).values(), 1, 1, 1),
                                        Quantity.MAPPED),
                                0));
        ways.put(
                "signed distance resampled to 1 mm (cubic), at 0",
                (g, v) -> fine(g, distance(g, v), 0));
        for (int steps : new int[] {0, 20, 80}) {
            ways.put(
                    "surface net, " + steps + " steps",
                    (g, v) -> SurfaceNets.of(share(g, v)).relaxed(steps).mesh(1));
        }
        for (int steps : new int[] {10, 40, 100}) {
            ways.put(
                    "surface net, " + steps + " steps in place",
                    (g, v) -> SurfaceNets.of(share(g, v)).relaxedInPlace(steps).mesh(1));
        }
        Geometry fine = grid(1, 1, 1);
        ways.put(
                "resampled to 1 mm (linear, 0.5), surface net, 40 steps in place",
                (g, v) -> net(fine, Resample.mask(g, v, fine)));
        ways.put(
                "signed distance resampled to 1 mm (cubic), surface net, 40 steps in place",
                (g, v) -> {
                    float[] d =
                            Resample.onto(g, distance(g, v).values(), fine, Interpolation.CUBIC);
                    boolean[] inside = new boolean[d.length];
                    for (int q = 0; q < d.length; q++) {
                        inside[q] = d[q] > 0;
                    }
                    return net(fine, inside);
                });
        return ways;
    }

    private static Mesh net(Geometry g, boolean[] voxels) {
        return SurfaceNets.of(share(g, voxels)).relaxedInPlace(40).mesh(1);
    }

    private static Geometry grid(double si, double sj, double sk) {
        int[] n = {(int) (SIDE / si) + 1, (int) (SIDE / sj) + 1, (int) (SIDE / sk) + 1};
        double half = -SIDE / 2;
        return new Geometry(
                n[0],
                n[1],
                n[2],
                Numbers.of(si, sj, sk),
                Numbers.of(half, half, half),
                Geometry.IDENTITY);
    }

    private static boolean[] cut(Geometry g, Body body) {
        boolean[] voxels = new boolean[g.voxels()];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    double[] at = g.toWorld(i, j, k).toArray();
                    voxels[g.index(i, j, k)] = body.holds(at[0], at[1], at[2]);
                }
            }
        }
        return voxels;
    }

    private static Volume share(Geometry g, boolean[] voxels) {
        float[] values = new float[voxels.length];
        for (int v = 0; v < voxels.length; v++) {
            values[v] = voxels[v] ? 1 : 0;
        }
        return Volume.of(g, values, Quantity.MAPPED);
    }

    private static Volume blurred(Geometry g, boolean[] voxels, double si, double sj, double sk) {
        return Volume.of(g, Gauss.blur(g, share(g, voxels).values(), si, sj, sk), Quantity.MAPPED);
    }

    private static Mesh fine(Geometry g, Volume volume, double level) {
        Geometry to = grid(1, 1, 1);
        Interpolation how = level == 0 ? Interpolation.CUBIC : Interpolation.LINEAR;
        float[] values = Resample.onto(g, volume.values(), to, how);
        return IsoSurface.of(Volume.of(to, values, Quantity.MAPPED), level);
    }

    /** Distance to the nearest voxel outside less that to the nearest inside. */
    private static Volume distance(Geometry g, boolean[] voxels) {
        boolean[] outside = new boolean[voxels.length];
        for (int v = 0; v < voxels.length; v++) {
            outside[v] = !voxels[v];
        }
        double[] in = DistanceMap.squaredMm(g, outside);
        double[] out = DistanceMap.squaredMm(g, voxels);
        float[] signed = new float[voxels.length];
        for (int v = 0; v < voxels.length; v++) {
            signed[v] = (float) (Math.sqrt(in[v]) - Math.sqrt(out[v]));
        }
        return Volume.of(g, signed, Quantity.MAPPED);
    }

    /** Returns mean square distance in mm², mean square angle in degrees², greatest distance. */
    private static double[] stairs(Way way, Geometry g, double[] tilt) {
        double theta = Math.toRadians(tilt[0]);
        double phi = Math.toRadians(tilt[1]);
        double nx = Math.sin(theta) * Math.cos(phi);
        double ny = Math.sin(theta) * Math.sin(phi);
        double nz = Math.cos(theta);
        Mesh mesh = way.mesh(g, cut(g, (x, y, z) -> nx * x + ny * y + nz * z < 0.2));
        double[] p = mesh.points();
        int[] t = mesh.triangles();
        double area = 0;
        double square = 0;
        double angle = 0;
        double most = 0;
        for (int c = 0; c < t.length; c += 3) {
            double[] d = new double[3];
            boolean inner = true;
            for (int n = 0; n < 3; n++) {
                int q = 3 * t[c + n];
                d[n] = nx * p[q] + ny * p[q + 1] + nz * p[q + 2] - 0.2;
                for (int a = 0; a < 3; a++) {
                    inner &= Math.abs(p[q + a]) < 14;
                }
            }
            if (!inner) {
                continue;
            }
            double[] n = normal(p, 3 * t[c], 3 * t[c + 1], 3 * t[c + 2]);
            double twice = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
            double cos = (nx * n[0] + ny * n[1] + nz * n[2]) / twice;
            double degrees = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cos))));
            area += twice;
            // the mean square of a linear function over a triangle
            square += twice * (sq(d[0]) + sq(d[1]) + sq(d[2]) + sq(d[0] + d[1] + d[2])) / 12;
            angle += twice * degrees * degrees;
            most =
                    Math.max(
                            most,
                            Math.max(Math.abs(d[0]), Math.max(Math.abs(d[1]), Math.abs(d[2]))));
        }
        return new double[] {square / area, angle / area, most};
    }

    private static double sq(double x) {
        return x * x;
    }

    private static double[] normal(double[] p, int a, int b, int c) {
        double[] u = {p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]};
        double[] v = {p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]};
        return new double[] {
            u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
        };
    }
}
