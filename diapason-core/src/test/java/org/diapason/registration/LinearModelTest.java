package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.volume.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinearModelTest {
    private static final double[] CENTRE = {10, -20, 30};

    private static double[] some(LinearModel model) {
        double[] p = new double[model.parameters()];
        for (int n = 0; n < p.length; n++) {
            p[n] = n < 3 ? 7 - 4 * n : 0.1 * (n - 4.5);
        }
        return p;
    }

    @ParameterizedTest
    @EnumSource
    void parametersComeBackFromTheirTransform(LinearModel model) {
        double[] p = some(model);
        assertArrayEquals(p, model.parametersOf(model.at(p, CENTRE), CENTRE), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void nothingMovesAtZero(LinearModel model) {
        Affine none = model.at(new double[model.parameters()], CENTRE);
        assertArrayEquals(Affine.IDENTITY.matrix().toArray(), none.matrix().toArray(), 1e-15);
    }

    @Test
    void aRotationVectorTurnsAboutItselfByItsLength() {
        // a quarter turn about z takes x to y
        double[] m = LinearModel.rotation(0, 0, Math.PI / 2);
        assertArrayEquals(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, m, 1e-15);
        assertEquals(1, LinearModel.RIGID.at(some(LinearModel.RIGID), CENTRE).determinant(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "3.14159265358979, 0, 0",
        "0, 3.1, 0",
        "0, 0, -3.14159265358979",
        "1.8, -1.8, 1.8",
        "-2, 2.3, 0.1",
        "1e-14, 0, 0"
    })
    void halfTurnsComeBackToo(double x, double y, double z) {
        double[] p = {1, 2, 3, x, y, z};
        Affine turn = LinearModel.RIGID.at(p, CENTRE);
        Affine back = LinearModel.RIGID.at(LinearModel.RIGID.parametersOf(turn, CENTRE), CENTRE);
        assertArrayEquals(turn.matrix().toArray(), back.matrix().toArray(), 1e-12);
    }

    @Test
    void aSimilarityScalesByTheExponentOfItsLast() {
        double[] p = new double[7];
        p[6] = 0.2;
        double scale = StrictMath.exp(0.2);
        Affine found = LinearModel.SIMILARITY.at(p, CENTRE);
        assertEquals(scale * scale * scale, found.determinant(), 1e-12);
    }
}
