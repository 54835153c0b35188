package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearRegistrationTest {
    private static final double[] CENTRE = {47, 43, 39};
    private static final Volume FIXED = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2);

    private static Affine truth(LinearModel model) {
        double[] p = new double[model.parameters()];
        for (int n = 0; n < p.length; n++) {
            p[n] = n < 3 ? 4 - 3 * n : model == LinearModel.AFFINE ? 0.02 * (n % 5 - 2) : 0.1;
        }
        return model.at(p, CENTRE);
    }

    @ParameterizedTest
    @EnumSource
    void findsHowTheObjectMovedInAnotherContrast(LinearModel model) {
        Affine truth = truth(model);
        Volume moving = Scenes.of(1, Scenes.GRID, truth, 2);
        var found = LinearRegistration.of(model).find(FIXED, moving, Optional.empty());
        double off = Scenes.apart(truth, found.transform());
        // Bins blur the values and with them the edges, which a scale can make up for a little.
        boolean scales = model == LinearModel.SIMILARITY || model == LinearModel.AFFINE;
        assertTrue(off < (scales ? 0.6 : 0.1), "off by " + off + " mm of 2 mm voxels");
        assertTrue(found.overlap() > 0.6 && found.overlap() <= 1, "overlap " + found.overlap());
    }

    @Test
    void aWrongHeaderDoesNotMatter() {
        Affine far =
                LinearModel.RIGID
                        .at(new double[] {2, 1, 0, 0.5, -0.3, 0.4}, CENTRE)
                        .then(Affine.shift(70, -60, 80));
        Geometry moved =
                new Geometry(
                        48,
                        44,
                        40,
                        Scenes.GRID.spacingMm(),
                        org.diapason.volume.Numbers.of(70, -60, 80),
                        Geometry.IDENTITY);
        Volume moving = Scenes.of(1, moved, far, 2);
        var found = LinearRegistration.of(LinearModel.RIGID).find(FIXED, moving, Optional.empty());
        double off = Scenes.apart(far, found.transform());
        assertTrue(off < 0.1, "off by " + off + " mm");
    }

    @Test
    void picturesMoveInTheirPlane() {
        Geometry flat =
                new Geometry(
                        64, 60, 1, Scenes.GRID.spacingMm(), at(-10, -10, 45), Geometry.IDENTITY);
        Affine truth = LinearModel.RIGID.at(new double[] {3, -2, 0, 0, 0, 0.2}, CENTRE);
        Volume moving = Scenes.of(1, flat, truth, 1);
        var found =
                LinearRegistration.of(LinearModel.RIGID)
                        .find(Scenes.of(0, flat, Affine.IDENTITY, 1), moving, Optional.empty());
        double off = Scenes.apart(truth, found.transform());
        assertTrue(off < 0.2, "off by " + off + " mm");
        assertEquals(0, found.transform().get(2, 3), 1e-12);
    }

    private static org.diapason.volume.Numbers at(double x, double y, double z) {
        return org.diapason.volume.Numbers.of(x, y, z);
    }

    @Test
    void theBitsAreTheSameOnAnyNumberOfThreads() {
        Volume moving = Scenes.of(1, Scenes.GRID, truth(LinearModel.RIGID), 2);
        LinearRegistration rigid = new LinearRegistration(LinearModel.RIGID, 32, 5000, 1);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            var one = rigid.find(FIXED, moving, Optional.empty());
            Parallel.setThreads(3);
            assertEquals(one, rigid.find(FIXED, moving, Optional.empty()));
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void anImageWithoutContrastIsRefused() {
        Volume even = Volume.of(Scenes.GRID, new float[Scenes.GRID.voxels()], Quantity.UNKNOWN);
        LinearRegistration rigid = LinearRegistration.of(LinearModel.RIGID);
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> rigid.find(FIXED, even, Optional.empty()))
                        .getMessage();
        assertTrue(message.startsWith("moving image: all"), message);
        Mask nothing = Mask.of(Scenes.GRID, new boolean[Scenes.GRID.voxels()]);
        message =
                assertThrows(
                                RefusedException.class,
                                () -> rigid.find(FIXED, FIXED, Optional.of(nothing)))
                        .getMessage();
        assertTrue(message.contains("no voxel"), message);
    }
}
