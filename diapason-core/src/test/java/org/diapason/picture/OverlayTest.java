package org.diapason.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** All expected pixels are worked out by hand from 255 ((1 − α) g + α c). */
class OverlayTest {
    private static final ValueRange HU = new ValueRange(-100, 100, "");
    private static final ValueRange SUV = new ValueRange(0, 12, "");

    private static Overlay overlay(double alpha, double from) {
        return new Overlay(HU, Lut.HOT, SUV, alpha, from);
    }

    @Test
    void aPixelIsGreyAndColourByOpacity() {
        // g = (50 + 100)/200 = 0.75; hot at 6/12: (1, 0.5, 0); 255 (0.7 · 0.75 + 0.3 c)
        // = 210.375, 172.125, 133.875
        assertEquals(210 << 16 | 172 << 8 | 134, overlay(0.3, 0).colour(50, 6));
        // at the ends of the range and beyond: black and white
        assertEquals(0, overlay(1, 0).colour(50, 0));
        assertEquals(0xffffff, overlay(1, 0).colour(50, 12));
        assertEquals(0xffffff, overlay(1, 0).colour(50, 1e9f));
        assertEquals(0xffffff, overlay(1, 0).colour(50, Float.POSITIVE_INFINITY));
        assertEquals(0, overlay(1, Double.NEGATIVE_INFINITY).colour(50, -5));
    }

    @Test
    void hotIsThreeRampsOneAfterTheOther() {
        double[] shares = {0, 1 / 6.0, 1 / 3.0, 0.4, 0.75, 1};
        for (double t : shares) {
            for (int c = 0; c < 3; c++) {
                double ramp = Math.max(0, Math.min(1, 3 * t - c));
                assertEquals(ramp, Lut.HOT.at(t, c), 1e-12, "hot(" + t + ")");
                assertEquals(ramp, Lut.COLD.at(t, 2 - c), 1e-12, "cold(" + t + ")");
            }
        }
    }

    @Test
    void viridisGrowsEverLighter() {
        double before = -1;
        for (int n = 0; n <= 100; n++) {
            double y =
                    0.2126 * Lut.VIRIDIS.at(n / 100.0, 0)
                            + 0.7152 * Lut.VIRIDIS.at(n / 100.0, 1)
                            + 0.0722 * Lut.VIRIDIS.at(n / 100.0, 2);
            assertEquals(true, y > before, "at " + n);
            before = y;
        }
    }

    @Test
    void opacityNoneIsTheGreyImageAlone() {
        for (float hu = -150; hu <= 150; hu += 7.3f) {
            int grey = overlay(1, 0).colour(hu, Float.NaN);
            assertEquals((int) Math.rint(255 * HU.share(hu)) * 0x010101, grey);
            assertEquals(grey, overlay(0, 0).colour(hu, 6));
        }
    }

    @Test
    void whatIsMissingOrBelowTheThresholdIsTransparent() {
        Overlay o = overlay(0.5, 3);
        int grey = 191 * 0x010101; // 255 · 0.75 = 191.25
        assertEquals(grey, o.colour(50, Float.NaN));
        assertEquals(grey, o.colour(50, 2.999f));
        // hot at 3/12 is (0.75, 0, 0): 255 (0.375 + 0.375), 255 · 0.375
        assertEquals(191 << 16 | 96 << 8 | 96, o.colour(50, 3));
        assertEquals(0, o.colour(Float.NaN, 0), "no grey is black");
        assertEquals(96 << 16, o.colour(Float.NaN, 3), "and shows the colour");
    }

    @Test
    void theWholeIsAPictureOnTheSameGridAndTheImagesStay() {
        Geometry g = Geometry.of(2, 1, 2, 1, 1, 1);
        float[] a = {50, 50, -100, Float.NaN};
        float[] b = {6, Float.NaN, 12, 1};
        Volume grey = Volume.of(g, a.clone(), Quantity.HU);
        Volume pet = Volume.of(g, b.clone(), Quantity.SUV_BW);
        Volume rgb = overlay(0.3, 2).volume(grey, pet);
        assertEquals(Quantity.PICTURE, rgb.quantity());
        assertEquals(Channels.COLOURS, rgb.meaning());
        assertEquals(g, rgb.geometry());
        // white at 0.3 over black: 76.5 goes to the even neighbour
        assertArrayEquals(new float[] {210, 191, 76, 0}, rgb.channel(0));
        assertArrayEquals(new float[] {172, 191, 76, 0}, rgb.channel(1));
        assertArrayEquals(new float[] {134, 191, 76, 0}, rgb.channel(2));
        assertArrayEquals(a, grey.values());
        assertArrayEquals(b, pet.values());
    }

    @Test
    void badSettingsSayWhatIsNeeded() {
        assertMessage(
                "--alpha is the opacity of the colours, 0 to 1, got 1.5", () -> overlay(1.5, 0));
        assertMessage(
                "--alpha is the opacity of the colours, 0 to 1, got NaN",
                () -> overlay(Double.NaN, 0));
        assertMessage("--from must be a number, got NaN", () -> overlay(1, Double.NaN));
        assertMessage("--lut virids: did you mean \"viridis\"?", () -> Lut.of("virids"));
    }

    private static void assertMessage(String message, Runnable code) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, code::run);
        assertEquals(message, e.getMessage());
    }
}
