package org.diapason.registration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;

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
}
