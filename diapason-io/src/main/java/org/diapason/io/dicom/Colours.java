package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import org.diapason.volume.DataException;

/**
 * Turns the stored numbers of a frame into grey or red, green and blue, as its photometric
 * interpretation says (PS3.3 C.7.6.3.1.2); markers inside compressed streams are not asked.
 */
final class Colours {
    private Colours() {}

    /**
     * Returns a frame whose channels are grey (one) or red, green, blue (three).
     *
     * <p>YBR_FULL and YBR_FULL_422 by the matrix of CCIR 601-2 at full range, rounded to the
     * nearest number; YBR_RCT and YBR_ICT are undone by the JPEG 2000 decoder; palettes by their
     * tables.
     *
     * @throws DataException if the interpretation is none of these or a palette is broken
     */
    static Samples picture(Frame frame) {
        Samples stored = PixelReader.stored(frame);
        boolean compressed = frame.file().pixels().encapsulated();
        return switch (stored.colours()) {
            case "MONOCHROME1", "MONOCHROME2" -> channels(frame, stored, 1);
            case "RGB" -> channels(frame, stored, 3);
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
                yield relabelled(channels(frame, stored, 3), stored.bits(), stored.values());
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
                                + " samples; MONOCHROME, RGB, YBR_FULL, YBR_FULL_422, PALETTE COLOR"
                                + " and those of JPEG 2000 are read");
    }

    private static Samples relabelled(Samples s, int bits, int[] values) {
        return new Samples(s.columns(), s.rows(), 3, bits, false, "RGB", values);
    }

    private static Samples fromYbr(Samples s) {
        int[] in = s.values();
        int[] out = new int[in.length];
        int most = (1 << s.bits()) - 1;
        double centre = 1 << s.bits() - 1;
        for (int n = 0; n < in.length; n += 3) {
            double y = in[n];
            double cb = in[n + 1] - centre;
            double cr = in[n + 2] - centre;
            out[n] = rounded(y + 1.402 * cr, most);
            out[n + 1] = rounded(y - 0.344136 * cb - 0.714136 * cr, most);
            out[n + 2] = rounded(y + 1.772 * cb, most);
        }
        return relabelled(s, s.bits(), out);
    }

    private static int rounded(double value, int most) {
        return (int) Math.min(most, Math.max(0, Math.floor(value + 0.5)));
    }

    private static Samples fromPalette(Frame frame, Samples s) {
        Palette red =
                Palette.of(
                        frame,
                        Keyword.RedPaletteColorLookupTableDescriptor,
                        Keyword.RedPaletteColorLookupTableData);
        Palette green =
                Palette.of(
                        frame,
                        Keyword.GreenPaletteColorLookupTableDescriptor,
                        Keyword.GreenPaletteColorLookupTableData);
        Palette blue =
                Palette.of(
                        frame,
                        Keyword.BluePaletteColorLookupTableDescriptor,
                        Keyword.BluePaletteColorLookupTableData);
        int[] out = new int[3 * s.values().length];
        for (int n = 0; n < s.values().length; n++) {
            out[3 * n] = red.colour(s.values()[n]);
            out[3 * n + 1] = green.colour(s.values()[n]);
            out[3 * n + 2] = blue.colour(s.values()[n]);
        }
        return relabelled(s, red.bits, out);
    }

    /** One table of a palette (PS3.3 C.7.6.3.1.5). */
    private record Palette(int first, int bits, int[] entries) {

        static Palette of(Frame frame, Keyword descriptor, Keyword data) {
            DataSet v = frame.values();
            double[] d = v.numbers(descriptor, 3);
            int count = d[0] == 0 ? 1 << 16 : (int) d[0] & 0xFFFF;
            boolean signed = v.integer(Keyword.PixelRepresentation, 0, 1) == 1;
            int first = signed ? (short) (int) d[1] : (int) d[1] & 0xFFFF;
            if (d[2] != 8 && d[2] != 16) {
                throw v.bad(descriptor, "has entries of " + (int) d[2] + " bits, 8 or 16 are read");
            }
            DataSet.Element element =
                    v.element(data.tag())
                            .orElseThrow(() -> v.bad(data, "is missing, the palette needs it"));
            int length = element.bytes().length;
            ByteBuffer in = ByteBuffer.wrap(element.bytes()).order(element.order());
            int[] entries = new int[count];
            if (length == 2 * count) {
                for (int n = 0; n < count; n++) {
                    entries[n] = in.getShort(2 * n) & 0xFFFF;
                }
            } else if (d[2] == 8 && length == count + count % 2) {
                boolean words =
                        element.order() == java.nio.ByteOrder.BIG_ENDIAN
                                && !element.vr().equals("OB");
                for (int n = 0; n < count; n++) {
                    entries[n] = in.get(words ? n ^ 1 : n) & 0xFF;
                }
            } else {
                throw v.bad(data, "has " + length + " bytes, " + 2 * count + " were expected");
            }
            return new Palette(first, (int) d[2], entries);
        }

        /** Numbers below the first entry have its colour, those behind the last have the last's. */
        int colour(int stored) {
            return entries[Math.max(0, Math.min(entries.length - 1, stored - first))];
        }
    }
}
