package org.diapason.io.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import org.diapason.volume.DataException;

/** Walks through the pages of a TIFF file (TIFF 6.0) and checks them against the file. */
final class TiffHead {
    private static final int[] WIDTH = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_FIELDS = 500;

    private final String file;
    private final ByteBuffer in;
    private int page;
    private long parts;

    private TiffHead(String file, ByteBuffer in) {
        this.file = file;
        this.in = in;
    }

    static PictureHead of(String file, ByteBuffer in) {
        if (in.limit() < 8 || in.get(0) != in.get(1) || in.get(0) != 'I' && in.get(0) != 'M') {
            throw PictureHead.bad(file, 0, "this is not a TIFF file.");
        }
        in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (in.getShort(2) != 42) {
            throw PictureHead.bad(
                    file,
                    2,
                    in.getShort(2) == 43
                            ? "this is BigTIFF, which is not read. Save it as TIFF."
                            : "this is not a TIFF file.");
        }
        return new TiffHead(file, in).pages();
    }

    private PictureHead pages() {
        PictureHead first = null;
        Set<Long> seen = new HashSet<>();
        long next = in.getInt(4) & 0xFFFFFFFFL;
        int pages = 0;
        while (next != 0) {
            if (!seen.add(next) || seen.size() > MOST_PAGES) {
                throw bad(next, "the pages run in a circle, or there are more than " + MOST_PAGES);
            }
            page = at(next, 2);
            int fields = in.getShort(page) & 0xFFFF;
            at(next, 2 + 12L * fields + 4);
            if (fields > MOST_FIELDS) {
                throw bad(next, fields + " fields on a page");
            }
            PictureHead head = head(pages + 1);
            if (first != null && !like(first, head)) {
                throw bad(
                        next,
                        "page "
                                + (pages + 1)
                                + " has another size, kind of number or orientation than page 1;"
                                + " pages are read as slices of one image. Save the others apart");
            }
            first = first == null ? head : first;
            pages++;
            next = in.getInt(page + 2 + 12 * fields) & 0xFFFFFFFFL;
        }
        if (first == null) {
            throw bad(4, "there is no page");
        }
        return new PictureHead(
                        first.columns(),
                        first.rows(),
                        pages,
                        first.bands(),
                        first.spacingI(),
                        first.spacingJ(),
                        first.source(),
                        Upright.known(first.orientation()),
                        first.samples())
                .requireRoom(file, 4);
    }

    private static boolean like(PictureHead a, PictureHead b) {
        return a.columns() == b.columns()
                && a.rows() == b.rows()
                && a.bands() == b.bands()
                && (b.orientation() == 0 || a.orientation() == b.orientation())
                && a.samples() == b.samples();
    }

    private PictureHead head(int number) {
        long columns = value(256, 0, -1);
        long rows = value(257, 0, -1);
        long colour = value(262, 0, -1);
        long samples = value(277, 0, 1);
        long bits = value(258, 0, 1);
        long format = value(339, 0, 1);
        boolean readable =
                columns > 0
                        && rows > 0
                        && columns * rows < Integer.MAX_VALUE - 8
                        && samples >= 1
                        && samples <= 4;
        if (!readable) {
            throw bad(
                    page,
                    columns + " × " + rows + " pixels of " + samples + " numbers cannot be read");
        }
        boolean known = colour == 1 && samples <= 2 || colour == 2 && samples >= 3;
        boolean depth =
                format == 3 ? bits == 32 : (bits == 8 || bits == 16 || bits == 32 && format < 3);
        for (int s = 1; s < samples; s++) {
            depth &= value(258, s, bits) == bits && value(339, s, format) == format;
        }
        if (!known || !depth) {
            throw bad(
                    page,
                    "page "
                            + number
                            + " has photometric interpretation "
                            + colour
                            + (colour == 5 ? " (CMYK)" : "")
                            + " with "
                            + samples
                            + " numbers of "
                            + bits
                            + " bits and sample format "
                            + format
                            + "; grey (1) and RGB (2) of 8, 16 or 32 bits or 32-bit floats"
                            + " are read. Save it as one of them");
        }
        requireStrips(columns * rows * samples * bits / 8, samples * bits / 8);
        double unit = value(296, 0, 2) == 2 ? 25.4 : value(296, 0, 2) == 3 ? 10 : Double.NaN;
        return new PictureHead(
                (int) columns,
                (int) rows,
                1,
                (int) samples,
                unit / ratio(282),
                unit / ratio(283),
                "TIFF resolution",
                (int) value(274, 0, 0),
                format == 2 && bits == 8
                        ? PictureHead.Samples.SIGNED_8
                        : format == 1 && bits == 32
                                ? PictureHead.Samples.UNSIGNED_32
                                : PictureHead.Samples.PLAIN);
    }

    /** Compares where the pixels lie with the file. */
    private void requireStrips(long pixels, long bytesAPixel) {
        boolean tiled = field(322) != null;
        Field from = field(tiled ? 324 : 273);
        Field size = field(tiled ? 325 : 279);
        long count = from == null ? 0 : from.count;
        parts += count;
        if (parts > in.limit()) {
            throw bad(
                    page, "its pages name more than " + in.limit() + " strips, one for each byte");
        }
        long total = 0;
        for (int n = 0; n < count; n++) {
            long first = value(from, n, -1);
            long bytes = value(size, n, -1);
            if (first < 0 || bytes < 0 || first + bytes > in.limit()) {
                throw bad(
                        page,
                        "the pixels lie at bytes "
                                + first
                                + " to "
                                + (first + bytes)
                                + ", the file has "
                                + in.limit()
                                + ": it is truncated");
            }
            total += bytes;
        }
        boolean plain = value(259, 0, 1) == 1;
        if (count < 1 || (plain ? pixels > total : pixels > total * 1040)) {
            throw bad(page, "the picture needs " + pixels + " bytes, the file gives it " + total);
        }
        double tile = tiled ? (double) value(322, 0, 0) * value(323, 0, 0) * bytesAPixel : 1;
        if (tile < 1 || tile > 1 << 26) {
            throw bad(page, "its tiles are larger than 64 MiB or empty");
        }
    }

    /**
     * One field of the page.
     *
     * @param at its first byte of 12
     * @param type the type of its numbers
     * @param count how many there are
     * @param data where they begin; 0 where the type has no size known here
     */
    private record Field(int at, int type, long count, int data) {}

    /** Returns a field, null where the page has no such field. */
    private Field field(int tag) {
        int fields = in.getShort(page) & 0xFFFF;
        for (int n = 0; n < fields; n++) {
            int at = page + 2 + 12 * n;
            if ((in.getShort(at) & 0xFFFF) == tag) {
                int type = in.getShort(at + 2) & 0xFFFF;
                long count = in.getInt(at + 4) & 0xFFFFFFFFL;
                long bytes = type < WIDTH.length ? count * WIDTH[type] : 0;
                long offset = in.getInt(at + 8) & 0xFFFFFFFFL;
                return new Field(at, type, count, bytes <= 4 ? at + 8 : at(offset, bytes));
            }
        }
        return null;
    }

    private long value(int tag, int n, long otherwise) {
        return value(field(tag), n, otherwise);
    }

    /** Returns the n-th number of a field of shorts or longs. */
    private long value(Field field, int n, long otherwise) {
        if (field == null || n >= field.count) {
            return otherwise;
        }
        int at = field.data + n * WIDTH[Math.min(field.type, 4)];
        return switch (field.type) {
            case 1 -> in.get(at) & 0xFF;
            case 3 -> in.getShort(at) & 0xFFFF;
            case 4 -> in.getInt(at) & 0xFFFFFFFFL;
            default ->
                    throw bad(
                            field.at,
                            "field " + (in.getShort(field.at) & 0xFFFF) + " is no whole number");
        };
    }

    /** Returns a ratio of two longs, NaN where the page has no such field. */
    private double ratio(int tag) {
        Field field = field(tag);
        if (field == null || field.type != 5 || field.count != 1) {
            return Double.NaN;
        }
        int at = field.data;
        return (in.getInt(at) & 0xFFFFFFFFL) / (double) (in.getInt(at + 4) & 0xFFFFFFFFL);
    }

    private int at(long offset, long bytes) {
        if (offset < 8 || offset + bytes > in.limit()) {
            throw bad(offset, "a page or field lies outside the file");
        }
        return (int) offset;
    }

    private DataException bad(long offset, String what) {
        return PictureHead.bad(file, offset, what + ".");
    }
}
