package org.diapason.io.dicom;

import org.diapason.volume.DataException;

/**
 * Turns the stored numbers of a frame into red, green and blue, as its photometric interpretation
 * says (PS3.3 C.7.6.3.1.2); markers inside compressed streams are not asked.
 */
final class Colours {
    private Colours() {}

    /** Says whether an image is one of colours, readable or not. */
    static boolean in(DataSet values) {
        return values.text(Keyword.PhotometricInterpretation)
                .map(text -> !text.startsWith("MONOCHROME"))
                .orElse(values.text(Keyword.SamplesPerPixel).orElse("1").equals("3"));
    }

    /**
     * Returns three planes, row by row: red, green, blue.
     *
     * <p>YBR_FULL and YBR_FULL_422 by the matrix of CCIR 601-2 at full range, rounded to the
     * nearest number; YBR_RCT and YBR_ICT are undone by the JPEG 2000 decoder; palettes by their
     * tables.
     *
     * @throws DataException if the interpretation is none of these or a palette is broken
     */
    static float[][] planes(Frame frame) {
        Samples stored = PixelReader.stored(frame);
        boolean compressed = frame.file().pixels().encapsulated();
        return switch (stored.colours()) {
            case "RGB" -> asTheyAre(channels(frame, stored, 3));
            case "YBR_FULL", PixelFormat.YBR_FULL_422 -> {
                if (stored.bits() > 16 || stored.signed()) {
                    throw refused(frame, stored);
                }
                yield fromYbr(channels(frame, stored, 3));
            }
            case "YBR_RCT", "YBR_ICT" -> {
                if (!compressed) {
                    throw refused(frame, stored);
                }
                yield asTheyAre(channels(frame, stored, 3));
            }
            case "PALETTE COLOR" -> fromPalette(frame, channels(frame, stored, 1));
            default -> throw refused(frame, stored);
        };
    }

    private static Samples channels(Frame frame, Samples stored, int channels) {
        if (stored.channels() != channels) {
            throw refused(frame, stored);
        }
        return stored;
    }

    private static DataException refused(Frame frame, Samples stored) {
        return frame.values()
                .bad(
                        Keyword.PhotometricInterpretation,
                        "is \""
                                + stored.colours()
                                + "\" with "
                                + stored.channels()
                                + " samples; of colours RGB, YBR_FULL, YBR_FULL_422, PALETTE COLOR"
                                + " and those of JPEG 2000 are read");
    }

    private static float[][] planes(Samples s) {
        return new float[3][s.columns() * s.rows()];
    }

    private static float[][] asTheyAre(Samples s) {
        float[][] out = planes(s);
        boolean wide = s.bits() == 32 && !s.signed();
        for (int n = 0; n < s.values().length; n++) {
            int value = s.values()[n];
            out[n % 3][n / 3] = wide ? value & 0xFFFFFFFFL : value;
        }
        return out;
    }

    private static float[][] fromYbr(Samples s) {
        int[] in = s.values();
        float[][] out = planes(s);
        int most = (1 << s.bits()) - 1;
        double centre = 1 << s.bits() - 1;
        for (int n = 0; n < in.length; n += 3) {
            double y = in[n];
            double cb = in[n + 1] - centre;
            double cr = in[n + 2] - centre;
            out[0][n / 3] = rounded(y + 1.402 * cr, most);
            out[1][n / 3] = rounded(y - 0.344136 * cb - 0.714136 * cr, most);
            out[2][n / 3] = rounded(y + 1.772 * cb, most);
        }
        return out;
    }

    private static int rounded(double value, int most) {
        return (int) Math.min(most, Math.max(0, Math.floor(value + 0.5)));
    }

    private static float[][] fromPalette(Frame frame, Samples s) {
        float[][] out = planes(s);
        Palette[] palettes = {
            Palette.of(
                    frame,
                    Keyword.RedPaletteColorLookupTableDescriptor,
                    Keyword.RedPaletteColorLookupTableData,
                    Keyword.SegmentedRedPaletteColorLookupTableData),
            Palette.of(
                    frame,
                    Keyword.GreenPaletteColorLookupTableDescriptor,
                    Keyword.GreenPaletteColorLookupTableData,
                    Keyword.SegmentedGreenPaletteColorLookupTableData),
            Palette.of(
                    frame,
                    Keyword.BluePaletteColorLookupTableDescriptor,
                    Keyword.BluePaletteColorLookupTableData,
                    Keyword.SegmentedBluePaletteColorLookupTableData)
        };
        for (int c = 0; c < 3; c++) {
            for (int n = 0; n < s.values().length; n++) {
                out[c][n] = palettes[c].colour(s.values()[n]);
            }
        }
        return out;
    }
}
