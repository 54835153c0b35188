package org.diapason.registration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * The error to expect of a deformation: how far two searches disagree that each see one half of the
 * image, on the grid of twice the voxels.
 *
 * <p>The halves are the two colours of a checkerboard in space, so that each sees every structure
 * and no voxel of the other. What the stiffness keeps both from following they get wrong alike, and
 * it is not told.
 */
final class FieldError {
    /** Edge of a square of the board in voxels of the coarse grid. */
    private static final int SQUARE = 4;

    private FieldError() {}

    static Certificate.ErrorMm of(
            Diffeomorphic settings,
            Volume fixed,
            Volume moving,
            Optional<Mask> mask,
            Affine affine) {
        List<Level> of = Level.pyramid(fixed, mask.orElse(null), 2);
        List<Level> to = Level.pyramid(moving, null, 2);
        Level f = of.get(of.size() - 1);
        Volume coarse = Volume.of(f.geometry(), f.values(), fixed.quantity());
        Level m = to.get(to.size() - 1);
        Volume other = Volume.of(m.geometry(), m.values(), moving.quantity());
        DisplacementField[] fields = new DisplacementField[2];
        for (int half = 0; half < 2; half++) {
            Optional<Mask> seen = Optional.of(half(f, half));
            fields[half] = settings.find(coarse, other, affine, seen, Progress.NONE).field();
        }
        double[][] places = TargetPlaces.of(f, mask);
        double[] apart = new double[places.length];
        double sum = 0;
        for (int n = 0; n < places.length; n++) {
            // Not half of it: what holds both back alike is not seen, and as large (four pairs).
            apart[n] = Distances.at(fields[0], fields[1], places[n]);
            sum += apart[n];
        }
        Arrays.sort(apart);
        return new Certificate.ErrorMm(
                sum / apart.length,
                apart[(int) (0.95 * (apart.length - 1))],
                apart[apart.length - 1],
                "disagreement of two searches that each see half of the image");
    }

    private static Mask half(Level level, int colour) {
        Geometry g = level.geometry();
        boolean[] in = new boolean[g.voxels()];
        for (int v = 0; v < in.length; v++) {
            int row = v / g.ni();
            int squares =
                    (v - row * g.ni()) / SQUARE + row % g.nj() / SQUARE + row / g.nj() / SQUARE;
            in[v] = squares % 2 == colour && (level.mask() == null || level.mask()[v]);
        }
        return Mask.of(g, in);
    }
}
