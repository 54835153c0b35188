package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.diapason.math.Parallel;
import org.diapason.math.SplineJet;
import org.diapason.volume.Geometry;

/**
 * How a fused value follows a shift of one image, in mm and mm² along x, y and z (LPS): its
 * gradient and second derivatives by u in {@code f(I_A(x), I_B(x + u))} at u = 0, I_A being all
 * others.
 */
interface ShiftResponse {

    /** Reads at a voxel; says whether there is a value. One thread at a time. */
    boolean read(int i, int j, int k);

    void gradient(double[] g);

    void hessian(double[] h);

    /** Makes a response for each thread. */
    interface Source {
        ShiftResponse open();
    }

    /**
     * The derivatives of the spline times df/dI_B, or the differences of shifted images.
     *
     * @param stepMm how far images are shifted for differences; asked for where they are needed
     */
    static Source of(
            FusionRule rule, Geometry g, List<float[]> images, int moving, DoubleSupplier stepMm) {
        SplineJet spline = new SplineJet(g, images.get(moving));
        Optional<float[]> share = rule.derivative(g, images, moving);
        return share.isPresent()
                ? () -> new Straight(g, images, spline.reader(), share.get())
                : new Differences(rule, g, images, moving, spline, stepMm.getAsDouble());
    }

    /** Returns what a rule makes of images, NaN where one of them has no value. */
    static float[] whole(FusionRule rule, Geometry g, List<float[]> images) {
        float[] fused = rule.fuse(g, images);
        for (float[] image : images) {
            for (int v = 0; v < fused.length; v++) {
                fused[v] = image[v] == image[v] ? fused[v] : Float.NaN;
            }
        }
        return fused;
    }

    /** Of a rule that is a straight line in I_B at each voxel. */
    final class Straight implements ShiftResponse {
        private final Geometry g;
        private final List<float[]> images;
        private final SplineJet.Reader reader;
        private final float[] share;
        private double here;

        Straight(Geometry g, List<float[]> images, SplineJet.Reader reader, float[] share) {
            this.g = g;
            this.images = images;
            this.reader = reader;
            this.share = share;
        }

        @Override
        public boolean read(int i, int j, int k) {
            int v = g.index(i, j, k);
            here = share[v];
            boolean is = reader.read(i, j, k) && here == here;
            for (float[] image : images) {
                is &= image[v] == image[v];
            }
            return is;
        }

        @Override
        public void gradient(double[] into) {
            reader.gradient(into);
            for (int r = 0; r < 3; r++) {
                into[r] *= here;
            }
        }

        @Override
        public void hessian(double[] into) {
            reader.hessian(into);
            for (int n = 0; n < 6; n++) {
                into[n] *= here;
            }
        }
    }

    /**
     * Of any rule: the image is shifted as a whole by ±h along the axes of its grid, two at a time
     * for the mixed derivatives, and each goes through the rule (19 runs in 3-D).
     */
    final class Differences implements Source {
        private final Geometry g;
        private final float[][] first = new float[3][];
        private final float[][] second = new float[6][];

        private final FusionRule rule;
        private final List<float[]> images;
        private final int moving;

        Differences(
                FusionRule rule,
                Geometry g,
                List<float[]> images,
                int moving,
                SplineJet spline,
                double h) {
            this.g = g;
            this.rule = rule;
            this.images = images;
            this.moving = moving;
            float[] still = whole(rule, g, images);
            for (int p = 0, n = 0; p < 3; p++) {
                for (int q = p; q < 3; q++, n++) {
                    if (g.size(p) == 1 || g.size(q) == 1) {
                        continue;
                    }
                    float[] up = fused(spline, p, h, q, p == q ? 0 : h);
                    float[] down = fused(spline, p, -h, q, p == q ? 0 : -h);
                    if (p == q) {
                        first[p] = combine(up, down, still, still, 1 / (2 * h), 0);
                        second[n] = combine(up, still, still, down, 1 / (h * h), 1);
                    } else {
                        float[] left = fused(spline, p, h, q, -h);
                        float[] right = fused(spline, p, -h, q, h);
                        second[n] = combine(up, left, right, down, 1 / (4 * h * h), 1);
                    }
                }
            }
        }

        /** Returns {@code ((v0 − v1) − sign (v2 − v3)) · scale}. */
        private static float[] combine(
                float[] v0, float[] v1, float[] v2, float[] v3, double scale, double sign) {
            float[] out = new float[v0.length];
            for (int v = 0; v < out.length; v++) {
                double one = (double) v0[v] - v1[v];
                double other = sign == 0 ? 0 : sign * ((double) v2[v] - v3[v]);
                out[v] = (float) ((one - other) * scale);
            }
            return out;
        }

        private float[] fused(SplineJet spline, int p, double up, int q, double uq) {
            List<float[]> moved = new ArrayList<>(images);
            moved.set(moving, shifted(spline, p, up, q, uq));
            return whole(rule, g, moved);
        }

        /** Returns I_B(x + u), u in mm along two axes of the grid. */
        private float[] shifted(SplineJet spline, int p, double up, int q, double uq) {
            double[] by = new double[3];
            by[p] += up / g.spacing(p);
            by[q] += uq / g.spacing(q);
            float[] out = new float[g.voxels()];
            Parallel.forEach(
                    g.nk(),
                    k -> {
                        SplineJet.Reader reader = spline.reader();
                        for (int j = 0; j < g.nj(); j++) {
                            for (int i = 0; i < g.ni(); i++) {
                                boolean is = reader.read(i + by[0], j + by[1], k + by[2]);
                                out[g.index(i, j, k)] = is ? (float) reader.value() : Float.NaN;
                            }
                        }
                    });
            return out;
        }

        @Override
        public ShiftResponse open() {
            return new Reader();
        }

        private final class Reader implements ShiftResponse {
            private int at;

            @Override
            public boolean read(int i, int j, int k) {
                at = g.index(i, j, k);
                boolean is = true;
                for (float[] axis : first) {
                    is &= axis == null || axis[at] == axis[at];
                }
                for (float[] mixed : second) { // a gap may lie across a corner only
                    is &= mixed == null || mixed[at] == mixed[at];
                }
                return is;
            }

            @Override
            public void gradient(double[] into) {
                for (int r = 0; r < 3; r++) {
                    into[r] = 0;
                    for (int c = 0; c < 3; c++) {
                        double d = first[c] == null ? 0 : first[c][at];
                        into[r] += g.direction().get(3 * r + c) * d;
                    }
                }
            }

            @Override
            public void hessian(double[] into) {
                double[] whole = new double[9];
                for (int p = 0, n = 0; p < 3; p++) {
                    for (int q = p; q < 3; q++, n++) {
                        whole[3 * p + q] = second[n] == null ? 0 : second[n][at];
                        whole[3 * q + p] = whole[3 * p + q];
                    }
                }
                for (int r = 0, n = 0; r < 3; r++) {
                    for (int c = r; c < 3; c++, n++) {
                        into[n] = 0;
                        for (int e = 0; e < 9; e++) {
                            into[n] +=
                                    g.direction().get(3 * r + e / 3)
                                            * g.direction().get(3 * c + e % 3)
                                            * whole[e];
                        }
                    }
                }
            }
        }
    }
}
