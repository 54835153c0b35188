package org.diapason.fusion;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Numbers;

/**
 * Edges of several images as one field: how strong, and which way the brighter side lies.
 *
 * <p>The gradients g_m of images that were made comparable, with weights w_m of sum 1, give the
 * structure tensor {@code J = Σ w_m g_m g_mᵀ} (Di Zenzo 1986, Computer Vision, Graphics, and Image
 * Processing 33(1):116–125, doi:10.1016/0734-189X(86)90223-9). Its direction is the eigenvector e
 * of the largest eigenvalue λ; edges of opposite contrast do not cancel in it. e has no sign; it is
 * given that of the gradient with the largest {@code w_m (g_m·e)²}.
 *
 * @param strength of each voxel; NaN where an image has no value
 * @param direction along i, j, k, of length 1; zeros where there is no edge
 */
record EdgeField(float[] strength, float[][] direction) {

    /** Fuses gradients, three arrays an image, which are not modified. */
    static EdgeField of(List<float[][]> gradients, Numbers weights, FeatureFusion.By by) {
        int voxels = gradients.get(0)[0].length;
        EdgeField out = new EdgeField(new float[voxels], new float[3][voxels]);
        int run = 4096;
        Parallel.forEach(
                (voxels + run - 1) / run,
                b -> {
                    Voxel here = new Voxel(gradients, weights, by);
                    for (int v = b * run; v < Math.min(voxels, (b + 1) * run); v++) {
                        here.fuse(v, out);
                    }
                });
        return out;
    }

    /** What is worked with at one voxel after the other. */
    private static final class Voxel {
        private final List<float[][]> gradients;
        private final Numbers weights;
        private final FeatureFusion.By by;
        private final double[] tensor = new double[9];
        private final double[] vectors = new double[9];

        Voxel(List<float[][]> gradients, Numbers weights, FeatureFusion.By by) {
            this.gradients = gradients;
            this.weights = weights;
            this.by = by;
        }

        void fuse(int v, EdgeField out) {
            double strength = 0;
            int strongest = 0;
            for (int m = 0; m < gradients.size(); m++) {
                double length = length(gradients.get(m), v);
                if (by == FeatureFusion.By.UNION) {
                    strongest = length > strength ? m : strongest;
                    strength = Math.max(strength, length); // NaN stays
                } else {
                    strength += weights.get(m) * length;
                }
            }
            out.strength[v] = (float) strength;
            if (!(strength > 0)) {
                return;
            }
            double[] e = new double[3];
            if (by == FeatureFusion.By.UNION) {
                for (int a = 0; a < 3; a++) {
                    e[a] = gradients.get(strongest)[a][v] / strength;
                }
            } else {
                double largest = main(v, e);
                if (by == FeatureFusion.By.TENSOR) {
                    out.strength[v] = (float) Math.sqrt(largest);
                }
            }
            for (int a = 0; a < 3; a++) {
                out.direction[a][v] = (float) e[a];
            }
        }

        /** Writes the direction of the tensor and returns its largest eigenvalue. */
        private double main(int v, double[] e) {
            if (gradients.size() == 2) {
                ofTwo(v);
            } else {
                Arrays.fill(tensor, 0);
                for (int m = 0; m < gradients.size(); m++) {
                    float[][] g = gradients.get(m);
                    for (int n = 0; n < 9; n++) {
                        tensor[n] += weights.get(m) * g[n / 3][v] * g[n % 3][v];
                    }
                }
                Symmetric3.eigenvectors(tensor, vectors);
            }
            double most = -1;
            double sign = 1;
            double largest = 0;
            for (int m = 0; m < gradients.size(); m++) {
                double along = 0;
                for (int a = 0; a < 3; a++) {
                    along += gradients.get(m)[a][v] * vectors[a];
                }
                double part = weights.get(m) * along * along;
                largest += part; // eᵀ J e
                if (part > most) {
                    most = part;
                    sign = along < 0 ? -1 : 1;
                }
            }
            for (int a = 0; a < 3; a++) {
                e[a] = sign * vectors[a];
            }
            return largest;
        }

        /**
         * Writes the first eigenvector of {@code a aᵀ + b bᵀ}, a tenth of the work of turning the
         * matrix: it lies between a and b, its shares the eigenvector of {@code (a·a a·b; a·b
         * b·b)}.
         */
        private void ofTwo(int v) {
            double wa = weights.get(0);
            double wb = weights.get(1);
            double aa = 0;
            double bb = 0;
            double ab = 0;
            for (int n = 0; n < 3; n++) {
                double a = gradients.get(0)[n][v];
                double b = gradients.get(1)[n][v];
                aa += wa * a * a;
                bb += wb * b * b;
                ab += a * b;
            }
            ab *= Math.sqrt(wa * wb);
            double d = (aa - bb) / 2;
            double root = Math.sqrt(d * d + ab * ab);
            double ofA = (d >= 0 ? d + root : ab) * Math.sqrt(wa);
            double ofB = (d >= 0 ? ab : root - d) * Math.sqrt(wb);
            ofA = root > 0 ? ofA : 1; // as long and square to each other: any is the largest
            double square = 0;
            for (int n = 0; n < 3; n++) {
                vectors[n] = ofA * gradients.get(0)[n][v] + ofB * gradients.get(1)[n][v];
                square += vectors[n] * vectors[n];
            }
            double length = Math.sqrt(square);
            for (int n = 0; n < 3; n++) {
                vectors[n] /= length;
            }
        }

        private static double length(float[][] g, int v) {
            double square = 0;
            for (float[] along : g) {
                square += (double) along[v] * along[v];
            }
            return Math.sqrt(square);
        }
    }
}
