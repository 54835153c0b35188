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
                                + " has another size than page 1; pages are read as slices of one"
                                + " image. Save the others apart");
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
                        first.source())
                .requireRoom(file, 4);
    }

    private static boolean like(PictureHead a, PictureHead b) {
        return a.columns() == b.columns() && a.rows() == b.rows() && a.bands() == b.bands();
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
                            + " with "
                            + samples
                            + " numbers of "
                            + bits
                            + " bits and sample format "
                            + format
                            + "; grey (1) and RGB (2) of 8, 16 or 32 bits or 32-bit floats"
                            + " are read. Save it as one of them");
        }
        requireStrips(columns * rows * samples * bits / 8);
        double unit = value(296, 0, 2) == 2 ? 25.4 : value(296, 0, 2) == 3 ? 10 : Double.NaN;
        return new PictureHead(
                (int) columns,
                (int) rows,
                1,
                (int) samples,
                unit / ratio(282),
                unit / ratio(283),
                "TIFF resolution");
    }

    /** Compares where the pixels lie with the file. */
    private void requireStrips(long pixels) {
        boolean tiled = field(322) > 0;
        long parts = count(tiled ? 324 : 273);
        long total = 0;
        for (int n = 0; n < parts; n++) {
            long from = value(tiled ? 324 : 273, n, -1);
            long bytes = value(tiled ? 325 : 279, n, -1);
            if (from < 0 || bytes < 0 || from + bytes > in.limit()) {
                throw bad(
                        page,
                        "the pixels lie at bytes "
                                + from
                                + " to "
                                + (from + bytes)
                                + ", the file has "
                                + in.limit()
                                + ": it is truncated");
            }
            total += bytes;
        }
        boolean plain = value(259, 0, 1) == 1;
        if (parts < 1 || (plain ? pixels > total : pixels > total * 1040)) {
            throw bad(page, "the picture needs " + pixels + " bytes, the file gives it " + total);
        }
        long tileBytes = tiled ? value(322, 0, 0) * value(323, 0, 0) : 1;
        if (tileBytes < 1 || tileBytes > 1 << 26) {
            throw bad(page, "its tiles are larger than 64 MiB or empty");
        }
    }

    /** Returns the first byte of a field's 12, 0 where the page has no such field. */
    private int field(int tag) {
        int fields = in.getShort(page) & 0xFFFF;
        for (int n = 0; n < fields; n++) {
            int at = page + 2 + 12 * n;
            if ((in.getShort(at) & 0xFFFF) == tag) {
                return at;
            }
        }
        return 0;
    }

    private long count(int tag) {
        int field = field(tag);
        return field == 0 ? 0 : in.getInt(field + 4) & 0xFFFFFFFFL;
    }

    /** Returns the n-th number of a field of shorts or longs. */
    private long value(int tag, int n, long otherwise) {
        int field = field(tag);
        if (field == 0 || n >= count(tag)) {
            return otherwise;
        }
        int type = in.getShort(field + 2) & 0xFFFF;
        if (type != 1 && type != 3 && type != 4) {
            throw bad(field, "field " + tag + " is no whole number");
        }
        int width = WIDTH[type];
        long total = count(tag) * width;
        int from = total <= 4 ? field + 8 : at(in.getInt(field + 8) & 0xFFFFFFFFL, total);
        int at = from + n * width;
        return switch (type) {
            case 1 -> in.get(at) & 0xFF;
            case 3 -> in.getShort(at) & 0xFFFF;
            default -> in.getInt(at) & 0xFFFFFFFFL;
        };
    }

    /** Returns a ratio of two longs, NaN where the page has no such field. */
    private double ratio(int tag) {
        int field = field(tag);
        if (field == 0 || in.getShort(field + 2) != 5 || count(tag) != 1) {
            return Double.NaN;
        }
        int at = at(in.getInt(field + 8) & 0xFFFFFFFFL, 8);
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
