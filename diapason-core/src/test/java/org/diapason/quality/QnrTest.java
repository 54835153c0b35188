package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Bands sharpened by an image four times as fine. */
class QnrTest {
    private static final Geometry FINE = Geometry.of(160, 160, 1, 1, 1, 1);
    private static final Geometry COARSE =
            new Geometry(
                    40, 40, 1, Numbers.of(4, 4, 1), Numbers.of(1.5, 1.5, 0), Geometry.IDENTITY);

    private static float[] flat(Geometry g, double value) {
        float[] values = new float[g.voxels()];
        java.util.Arrays.fill(values, (float) value);
        return values;
    }

    private static Volume bands(Geometry g, float[]... planes) {
        return Volume.of(g, List.of(planes), Channels.COMPONENTS, Quantity.UNKNOWN);
    }

    private static FusionQuality judge(
            Volume fused, Volume pan, Volume onFine, Optional<Volume> low, Settings s) {
        return FusionQuality.of(
                fused, pan, onFine, Optional.empty(), low, EnumSet.allOf(Metric.class), s);
    }

    @Test
    void bandsOnTheirOwnGridGiveTheSameAsFlatOnesOnTheFineGrid() {
        Volume fused = bands(FINE, flat(FINE, 100), flat(FINE, 200));
        Volume pan = Volume.of(FINE, flat(FINE, 200), Quantity.UNKNOWN);
        Volume onFine = bands(FINE, flat(FINE, 100), flat(FINE, 100));
        Volume low = bands(COARSE, flat(COARSE, 100), flat(COARSE, 100));
        FusionQuality q = judge(fused, pan, onFine, Optional.of(low), Settings.usual());
        // Q of flat images is 2mn/(m² + n²): 0.8 of 100 and 200
        assertEquals(0.2, q.together().get(Metric.D_LAMBDA).value(), 1e-12);
        assertEquals(0.1, q.together().get(Metric.D_S).value(), 1e-6);
        assertEquals(0.72, q.together().get(Metric.QNR).value(), 1e-6);
    }

    /**
     * A wave of 16 pixels keeps e^(−2π²σ²/16²), σ = 4 √(−2 ln 0.3)/π; half-way between two pixels
     * it is their mean, cos(π/16) of itself.
     */
    @Test
    void theRatioOfTwoGridsIsThatOfTheirVoxels() {
        double sigma = 4 * Math.sqrt(-2 * Math.log(0.3)) / Math.PI;
        double kept =
                Math.exp(-2 * Math.PI * Math.PI * sigma * sigma / 256) * Math.cos(Math.PI / 16);
        float[] fine = new float[FINE.voxels()];
        for (int v = 0; v < fine.length; v++) {
            fine[v] = (float) (100 + 50 * Math.cos(2 * Math.PI * (v % 160) / 16));
        }
        float[] coarse = new float[COARSE.voxels()];
        for (int v = 0; v < coarse.length; v++) {
            double place = 1.5 + 4 * (v % 40);
            coarse[v] = (float) (100 + 50 * kept * Math.cos(2 * Math.PI * place / 16));
        }
        Volume pan = Volume.of(FINE, fine, Quantity.UNKNOWN);
        Volume low = Volume.of(COARSE, coarse, Quantity.UNKNOWN);
        double distortion =
                FusionQuality.of(
                                pan,
                                pan,
                                pan,
                                Optional.of(FusionQuality.Sharp.A),
                                Optional.of(low),
                                Set.of(Metric.D_S),
                                Settings.usual())
                        .together()
                        .get(Metric.D_S)
                        .value();
        // without the blur it is 0.04; the repeated border leaves less than 0.004
        assertEquals(0, distortion, 0.004);
    }

    /** At the Nyquist frequency of the coarse grid the sharp image keeps 0.3 of its contrast. */
    @Test
    void theSharpImageIsBlurredAsTheCoarseGridWouldSeeIt() {
        Volume pan = Volume.of(FINE, wave(50), Quantity.UNKNOWN);
        boolean[] inside = new boolean[FINE.voxels()];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = v % 160 >= 32 && v % 160 < 128;
        }
        Settings s =
                Settings.usual()
                        .withRatio(0.25)
                        .withMask(Optional.of(Mask.of(FINE, inside)))
                        .withLiterature(true);
        Figure fits = spatial(pan, 15, s);
        Figure softer = spatial(pan, 10, s);
        assertEquals(0, fits.value(), 1e-4);
        assertEquals(1 - 2 * 10 * 15.0 / (10 * 10 + 15 * 15), softer.value(), 1e-3);
        // a box of 7 leaves 1/7 of this wave, turned over, whatever the ratio is
        assertTrue(fits.literature().get(0).value() > 0.1);
    }

    private static Figure spatial(Volume pan, double contrast, Settings s) {
        Volume soft = Volume.of(FINE, wave(contrast), Quantity.UNKNOWN);
        return FusionQuality.of(
                        pan,
                        pan,
                        soft,
                        Optional.of(FusionQuality.Sharp.A),
                        Optional.empty(),
                        Set.of(Metric.D_S),
                        s)
                .together()
                .get(Metric.D_S);
    }

    /** Half a turn in four pixels. */
    private static float[] wave(double contrast) {
        float[] values = new float[FINE.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (100 + contrast * Math.cos(Math.PI * (v % 160) / 4));
        }
        return values;
    }

    @Test
    void asManyBandsAreNeededBeforeAndAfter() {
        Volume fused = bands(FINE, flat(FINE, 1), flat(FINE, 2), flat(FINE, 3));
        Volume pan = Volume.of(FINE, flat(FINE, 2), Quantity.UNKNOWN);
        Volume low = bands(COARSE, flat(COARSE, 1), flat(COARSE, 1));
        assertThrows(
                RefusedException.class,
                () -> judge(fused, pan, fused, Optional.of(low), Settings.usual()));
    }
}
