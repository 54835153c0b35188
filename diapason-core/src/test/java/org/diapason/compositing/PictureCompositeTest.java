package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class PictureCompositeTest {
    private static final int SIDE = 128;
    private static final float[] NO_MATTE = {};

    private static Volume picture(int channels, float... pixel) {
        float[][] planes = new float[channels][];
        for (int c = 0; c < channels; c++) {
            planes[c] = new float[] {pixel[c]};
        }
        Channels kind = channels == 1 ? Channels.ONE : Channels.COLOURS;
        return Volume.of(Geometry.of(1, 1, 1, 1, 1, 1), List.of(planes), kind, Quantity.PICTURE);
    }

    private static Volume random(long seed, int channels, int white) {
        Rng rng = new Rng(seed);
        float[][] planes = new float[channels][SIDE * SIDE];
        for (float[] plane : planes) {
            for (int p = 0; p < plane.length; p++) {
                plane[p] = rng.nextInt(white + 1);
            }
        }
        return Volume.of(
                Geometry.of(SIDE, SIDE, 1, 1, 1, 1),
                List.of(planes),
                channels == 1 ? Channels.ONE : Channels.COLOURS,
                Quantity.PICTURE);
    }

    private static float[] one(PorterDuff operator, Volume s, Volume d) {
        Volume out = new PictureComposite(operator, false, false).of(s, d, NO_MATTE, 255);
        float[] pixel = new float[out.channels()];
        for (int c = 0; c < pixel.length; c++) {
            pixel[c] = out.channel(c)[0];
        }
        return pixel;
    }

    /** Table of Porter and Duff 1984, by hand: S = 200 at 102/255 = 0.4, D = 100 at 0.8. */
    @Test
    void theFiveOperatorsAreThoseOfThePaper() {
        Volume s = picture(2, 200, 102);
        Volume d = picture(2, 100, 204);

        // 0.4 + 0.8 · 0.6 = 0.88; (0.4 · 200 + 0.48 · 100)/0.88 = 145.45
        assertArrayEquals(new float[] {145, 224}, one(PorterDuff.OVER, s, d)); // 224.4
        // 0.4 · 0.2 + 0.8 = 0.88; (0.08 · 200 + 0.8 · 100)/0.88 = 109.09
        assertArrayEquals(new float[] {109, 224}, one(PorterDuff.UNDER, s, d));
        // 0.32
        assertArrayEquals(new float[] {200, 82}, one(PorterDuff.IN, s, d)); // 81.6
        // 0.8; (0.32 · 200 + 0.48 · 100)/0.8 = 140
        assertArrayEquals(new float[] {140, 204}, one(PorterDuff.ATOP, s, d));
        // 1, what is more is lost; 0.4 · 200 + 0.8 · 100 = 160
        assertArrayEquals(new float[] {160, 255}, one(PorterDuff.PLUS, s, d));
    }

    @Test
    void twoOpaquePicturesAddUpToWhite() {
        assertArrayEquals(
                new float[] {255}, one(PorterDuff.PLUS, picture(1, 200), picture(1, 100)));
        assertArrayEquals(new float[] {130}, one(PorterDuff.PLUS, picture(1, 30), picture(1, 100)));
    }

    @Test
    void straightOverIsTheTrueFractionRoundedOnceIn8And16Bits() {
        for (int white : new int[] {255, 65535}) {
            Volume s = random(1, 4, white);
            Volume d = random(2, 4, white);
            Volume out =
                    new PictureComposite(PorterDuff.OVER, false, false).of(s, d, NO_MATTE, white);
            for (int p = 0; p < SIDE * SIDE; p++) {
                long as = (long) s.channel(3)[p];
                long ad = (long) d.channel(3)[p];
                BigInteger ws = BigInteger.valueOf(white * as);
                BigInteger wd = BigInteger.valueOf((white - as) * ad);
                BigInteger all = ws.add(wd);
                assertEquals(rounded(all, BigInteger.valueOf(white)), out.channel(3)[p]);
                for (int c = 0; c < 3; c++) {
                    BigInteger sum =
                            ws.multiply(BigInteger.valueOf((long) s.channel(c)[p]))
                                    .add(wd.multiply(BigInteger.valueOf((long) d.channel(c)[p])));
                    assertEquals(rounded(sum, all), out.channel(c)[p]);
                }
            }
        }
    }

    private static long rounded(BigInteger numerator, BigInteger divisor) {
        if (divisor.signum() == 0) {
            return 0;
        }
        return numerator.add(numerator).add(divisor).divide(divisor.add(divisor)).longValueExact();
    }

    @Test
    void packedPixelsAgreeWithIt() {
        Volume s = random(3, 4, 255);
        Volume d = random(4, 3, 255);
        Volume out = new PictureComposite(PorterDuff.OVER, false, false).of(s, d, NO_MATTE, 255);
        int[] packed = new int[SIDE * SIDE];
        int[] below = new int[SIDE * SIDE];
        for (int p = 0; p < packed.length; p++) {
            packed[p] = packed(s, p) | (int) s.channel(3)[p] << 24;
            below[p] = packed(d, p) | 0xff000000;
        }
        PackedAlpha.overOpaque(packed, below, packed);
        for (int p = 0; p < packed.length; p++) {
            assertEquals(packed(out, p) | 0xff000000, packed[p]);
        }
    }

    private static int packed(Volume v, int p) {
        return (int) v.channel(0)[p] << 16 | (int) v.channel(1)[p] << 8 | (int) v.channel(2)[p];
    }

    @Test
    void premultipliedAndStraightAgreeToARounding() {
        Volume s = random(5, 4, 65535);
        Volume d = random(6, 4, 65535);
        Volume straight =
                new PictureComposite(PorterDuff.OVER, false, false).of(s, d, NO_MATTE, 65535);
        Volume multiplied =
                new PictureComposite(PorterDuff.OVER, true, false)
                        .of(multiplied(s), multiplied(d), NO_MATTE, 65535);
        for (int c = 0; c < 3; c++) {
            for (int p = 0; p < SIDE * SIDE; p++) {
                double held = straight.channel(c)[p] * (double) straight.channel(3)[p] / 65535;
                assertEquals(held, multiplied.channel(c)[p], 2);
            }
        }
        assertArrayEquals(straight.channel(3), multiplied.channel(3));
    }

    private static Volume multiplied(Volume v) {
        float[][] planes = new float[4][];
        planes[3] = v.channel(3);
        for (int c = 0; c < 3; c++) {
            planes[c] = new float[v.channel(c).length];
            for (int p = 0; p < planes[c].length; p++) {
                planes[c][p] = Math.round(v.channel(c)[p] * (double) planes[3][p] / 65535);
            }
        }
        return Volume.of(v.geometry(), List.of(planes), Channels.COLOURS, Quantity.PICTURE);
    }

    /**
     * Half of white light and half of black is sample 188 of sRGB: 255 (1.055 · 0.5^(1/2.4) −
     * 0.055).
     */
    @Test
    void linearLightMixesLightAndNotSamples() {
        Volume white = picture(2, 255, 255);
        Volume black = picture(1, 0);
        float[] half = {127.5f};
        PictureComposite light = new PictureComposite(PorterDuff.OVER, false, true);

        assertEquals(188, light.of(white, black, half, 255).channel(0)[0]);
        for (int white2 : new int[] {255, 65535}) {
            Volume s = random(7, 3, white2);
            float[] none = new float[SIDE * SIDE];
            Volume out = light.of(random(8, 3, white2), s, none, white2);
            assertArrayEquals(s.channel(1), out.channel(1));
        }
    }

    @Test
    void greyOnColoursIsColourAndOpaqueStaysWithoutOpacity() {
        Volume out =
                new PictureComposite(PorterDuff.OVER, false, false)
                        .of(picture(2, 100, 255), picture(3, 1, 2, 3), NO_MATTE, 255);
        assertEquals(3, out.channels());
        assertEquals(100, out.channel(2)[0]);
    }

    @Test
    void premultipliedLinearLightIsRefused() {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PictureComposite(PorterDuff.OVER, true, true))
                        .getMessage();
        assertTrue(said.contains("Take straight colours"), said);
    }
}
