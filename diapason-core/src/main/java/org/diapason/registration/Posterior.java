package org.diapason.registration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The error to expect of a deformation: errors drawn from what images and stiffness leave open.
 *
 * <p>About the velocity found, the fit less what bending costs is a paraboloid of curvature {@code
 * A = BᵀHB + αR}; errors of the control points are normal with covariance {@code s² A⁻¹} (Laplace),
 * drawn as {@code s A⁻¹ (BᵀH^½ ε + √α R^½ ε')}, ε normal. Where the image shows nothing H is 0, and
 * what is drawn is what bending allows. The scale makes the bending found the one to be expected:
 * {@code s² = α c·Rc / γ}, at least 1; γ = trace(A⁻¹ BᵀHB) parameters are decided by the images
 * (MacKay 1992, Neural Comput. 4(3):415–447, doi:10.1162/neco.1992.4.3.415, section 4.4).
 */
final class Posterior {
    private static final int DRAWS = 8;
    private static final int PROBES = 2;
    private static final long SEED = 1;

    /** Fewer than those of an affine transform: what was found is what bending leaves. */
    private static final double FEWEST = 12;

    /**
     * What shades an image or mixes tissues moves neighbours alike, and the fit takes voxels one by
     * one: over the bright half of drawn heads places were 1.7 to 2.4 times as far off as s alone
     * says, over the brain 1.1 to 1.8 times.
     */
    private static final double ALIKE = 1.75;

    /** Weight of a place for which no error is told: it decides only far from the others. */
    private static final double ELSEWHERE = 1e-3;

    /** Places of those from one node to the next. */
    private static final int FINER = 4;

    private final ControlGrid grid;
    private final Geometry at;
    private final Newton newton;
    private final double[][] controls;

    /**
     * @param at the grid on which errors are drawn
     * @param controls of the velocity found
     */
    Posterior(ControlGrid grid, Geometry at, Newton newton, double[][] controls) {
        this.grid = grid;
        this.at = at;
        this.newton = newton;
        this.controls = controls;
    }

    /** Returns errors of the shifts; none where the images decide too little to tell. */
    List<DisplacementField> errors() {
        Rng rng = new Rng(Rng.seed(SEED, "posterior"));
        double decided = 0;
        for (int n = 0; n < PROBES; n++) {
            decided += newton.decided(rng) / PROBES;
        }
        List<DisplacementField> errors = new ArrayList<>();
        if (!(decided >= FEWEST)) {
            return errors;
        }
        double scale = ALIKE * Math.sqrt(Math.max(1, 2 * newton.cost(controls) / decided));
        for (int n = 0; n < DRAWS; n++) {
            double[][] error = newton.drawn(rng);
            for (double[] along : error) {
                for (int i = 0; i < along.length; i++) {
                    along[i] *= scale;
                }
            }
            errors.add(Diffeomorphic.field(at, grid.velocity(error, at)));
        }
        return errors;
    }

    /** Returns how large errors are at places in mm; NaN where there are none. */
    static Certificate.ErrorMm at(List<DisplacementField> errors, double[][] places) {
        String how = "what the images and the stiffness leave open";
        double[] all = new double[errors.size() * places.length];
        double sum = 0;
        int n = 0;
        for (DisplacementField error : errors) {
            for (double[] place : places) {
                all[n] = Distances.at(error, Affine.IDENTITY, place);
                sum += all[n++];
            }
        }
        if (n == 0) {
            return new Certificate.ErrorMm(Double.NaN, Double.NaN, Double.NaN, how);
        }
        Arrays.sort(all);
        return new Certificate.ErrorMm(sum / n, all[(int) (0.95 * (n - 1))], all[n - 1], how);
    }

    /**
     * Returns the covariance of errors by place: at each node the mean of {@code u uᵀ} over all
     * draws and the places about it, weighted as the node counts at the place. So over the places
     * the variance is that of the draws, and what differs within a node's distance is evened out:
     * at one place eight draws would leave a variance to within 50 % (standard deviation) and no
     * error at all in some direction of any three; over a node's surroundings several of them are
     * alike to each other less.
     *
     * <p>An error of the velocity counts as a shift of the fixed place: the flow of both is, to
     * first order, the flow after that shift.
     *
     * @param places that the error is told for, mm; where there are none, the rest of the image
     * @param image the fixed grid
     */
    static ErrorCovariance covariance(
            List<DisplacementField> errors, double[][] places, Geometry image) {
        Geometry nodes = ErrorCovariance.nodes(image);
        double[] sums = new double[ErrorCovariance.PARTS * nodes.voxels()];
        double[] weights = new double[nodes.voxels()];
        gather(errors, places, 1, nodes, sums, weights);
        gather(errors, everywhere(nodes), ELSEWHERE, nodes, sums, weights);
        for (int n = 0; n < sums.length; n++) {
            sums[n] /= weights[n / ErrorCovariance.PARTS] * errors.size();
        }
        return ErrorCovariance.blended(nodes, sums);
    }

    /** Returns places all over the image, several to a node; the nodes are among them. */
    private static double[][] everywhere(Geometry nodes) {
        int[] size = new int[3];
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (nodes.size(a) - 1) * FINER + 1;
            spacing[a] = nodes.spacing(a) / FINER;
        }
        return ErrorCovariance.places(
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        Numbers.of(spacing),
                        nodes.originMm(),
                        nodes.direction()));
    }

    private static void gather(
            List<DisplacementField> errors,
            double[][] places,
            double weight,
            Geometry nodes,
            double[] sums,
            double[] weights) {
        double[] u = new double[3];
        int[] node = new int[8];
        double[] share = new double[8];
        for (double[] place : places) {
            int met = ErrorCovariance.about(nodes, place, node, share);
            for (int n = 0; n < met; n++) {
                weights[node[n]] += weight * share[n];
            }
            for (DisplacementField error : errors) {
                error.at(place, u);
                for (int n = 0; n < met; n++) {
                    ErrorCovariance.add(
                            sums, ErrorCovariance.PARTS * node[n], weight * share[n], u);
                }
            }
        }
    }
}
