package org.diapason.io.dicom;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * Reads the elements of a DICOM file up to its pixel data (PS3.5, PS3.10).
 *
 * <p>What is kept is bounded, see {@link Keep}; sequences are walked with a cap of {@value
 * #MAX_DEPTH} on nesting and {@value #MAX_ELEMENTS} on elements, so time and memory are bounded by
 * the caps and the size of the file.
 */
final class DicomParser {
    static final int MAX_DEPTH = 32;
    static final int MAX_ELEMENTS = 900_000;

    /** Which elements a reader wants. */
    enum Keep {
        /** The attributes of {@link Keyword} that are read, each at most 128 KiB. */
        KNOWN,
        /** All but pixel data, together at most an eighth of the heap. */
        ALL;

        private boolean value(Keyword keyword, long length) {
            return this == ALL || used(keyword) && length <= 1 << 17;
        }

        private boolean sequence(Keyword keyword) {
            return this == ALL || used(keyword) && keyword.vr().equals("SQ");
        }

        private static boolean used(Keyword keyword) {
            return keyword != null
                    && keyword.use() != Keyword.Use.WRITER
                    && keyword.use() != Keyword.Use.REGION;
        }
    }

    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;

    /** An element may run this far past its item before the file is given up. */
    private static final int OVERRUN = 1024;

    /** What an element costs in memory beside its bytes. */
    private static final int OVERHEAD = 128;

    private static final Object INFLATING = new Object();

    private Bytes in;
    private final Keep keep;
    private final DataSet values;
    private long keptBytes;
    private int elements;
    private PixelData pixels = PixelData.NONE;

    private DicomParser(Bytes in, Keep keep) {
        this.in = in;
        this.keep = keep;
        this.values = new DataSet(in.name());
    }

    /** Returns what the file says, or null where it is no DICOM file at all. */
    static DicomFile read(Path path, Keep keep) {
        try (Bytes in = Bytes.open(path)) {
            return new DicomParser(in, keep).file(path);
        }
    }

    /** Returns what a broken file says before it breaks off; may be nothing. */
    static DataSet untilBroken(Path path) {
        try (Bytes in = Bytes.open(path)) {
            DicomParser parser = new DicomParser(in, Keep.KNOWN);
            try {
                parser.file(path);
            } catch (DataException e) {
                // why it is broken is known; what stands before that is wanted
            }
            return parser.values;
        } catch (DataException e) {
            return new DataSet(InputFile.name(path));
        }
    }

    private DicomFile file(Path path) {
        TransferSyntax syntax = FileHead.read(in, values);
        if (syntax == null) {
            return null;
        }
        in.order(syntax.order());
        long start = in.position();
        if (syntax.deflated()) {
            // one at a time: each takes up to an eighth of the memory, and as much to grow
            synchronized (INFLATING) {
                try (Bytes inflated = in.inflated()) {
                    in = inflated;
                    dataSet(syntax);
                }
            }
        } else {
            dataSet(syntax);
        }
        return new DicomFile(path, syntax, start, values, pixels);
    }

    private void dataSet(TransferSyntax syntax) {
        elements(values, in.size(), syntax.explicit(), false, 0);
        FieldCheck.of(values);
    }

    private int tag() {
        if (++elements > MAX_ELEMENTS) {
            throw in.bad("more than " + MAX_ELEMENTS + " elements: the file is broken.");
        }
        int group = in.u16("a tag");
        return group << 16 | in.u16("a tag");
    }

    private String vr = "UN";

    private long length(DataSet into, boolean explicit, int tag, long end) {
        if (!explicit || tag >>> 16 == 0xFFFE) {
            return implicitLength(into, tag);
        }
        byte[] two = in.peek(2);
        vr = new String(two, StandardCharsets.ISO_8859_1);
        if (FileHead.SHORT.contains(vr)) {
            in.skip(2, "a value representation");
            return in.u16("a length");
        }
        if (FileHead.LONG.contains(vr)) {
            in.skip(2, "a value representation");
            in.skip(2, "a value representation");
            return in.u32("a length");
        }
        byte[] four = in.peek(4);
        long implicit = four.length < 4 ? UNDEFINED : little(four);
        if (implicit <= end - in.position() - 4) {
            warn("vr missing", tag, "has no value representation; read as implicit");
            return implicitLength(into, tag);
        }
        if (vr.matches("[A-Z]{2}")) {
            warn("vr unknown", tag, "has a value representation that is not known; skipped");
            in.skip(2, "a value representation");
            in.skip(2, "a value representation");
            vr = "UN";
            return in.u32("a length");
        }
        throw in.bad(
                Keyword.tagText(tag) + " has an unknown value representation: the file is broken.");
    }

    private long implicitLength(DataSet into, int tag) {
        vr = meant(into, tag);
        return in.u32("a length");
    }

    private long little(byte[] b) {
        boolean little = in.order() == ByteOrder.LITTLE_ENDIAN;
        long number = 0;
        for (int n = 0; n < 4; n++) {
            number |= (b[little ? n : 3 - n] & 0xFFL) << 8 * n;
        }
        return number;
    }

    private void warn(String kind, int tag, String what) {
        values.warnings()
                .add(
                        kind,
                        in.name()
                                + ", byte "
                                + in.position()
                                + ": "
                                + Keyword.tagText(tag)
                                + " "
                                + what
                                + ".");
    }

    /** Returns the representation of an element that does not state it. */
    private String meant(DataSet into, int tag) {
        Keyword known = known(into, tag);
        if (known != null || keep == Keep.KNOWN) {
            return known == null ? "UN" : known.vr();
        }
        boolean signed = values.text(Keyword.PixelRepresentation).orElse("0").equals("1");
        return Dictionary.vr(tag, signed).orElse("UN");
    }

    /** Returns the attribute of a tag; of a private sequence only in the block of its creator. */
    private static Keyword known(DataSet into, int tag) {
        Keyword known = Keyword.of(tag);
        boolean whose = known != null && !known.creator().isEmpty() && known.vr().equals("SQ");
        return whose && (into == null || !into.reserved(tag, known.creator())) ? null : known;
    }

    /**
     * Reads elements until {@code end}, or until the end of an item of undefined length.
     *
     * @param into takes what is kept; null where nothing is
     */
    private void elements(DataSet into, long end, boolean explicit, boolean open, int depth) {
        long groupEnd = -1;
        int group = -1;
        while (in.position() < end) {
            long offset = in.position();
            int tag = tag();
            long length = length(into, explicit, tag, end);
            if (tag == ITEM_END || tag == SEQUENCE_END) {
                if (open && tag == ITEM_END) {
                    return;
                }
                warn("stray end", tag, "ends what was not begun; skipped");
                within(end, length, tag);
                in.skip(length, Keyword.tagText(tag));
                continue;
            }
            if (tag >>> 16 != group) {
                if (groupEnd >= 0 && groupEnd != offset) {
                    warn(
                            "group length",
                            group << 16,
                            "states a wrong length of its group; ignored");
                }
                group = tag >>> 16;
                groupEnd = -1;
            }
            if (depth == 0 && PixelData.is(tag)) {
                pixels(Keyword.of(tag), length);
                return;
            }
            if ((tag & 0xFFFF) == 0 && length == 4 && end - in.position() >= 4) {
                groupEnd = in.u32("a group length") + in.position();
                continue;
            }
            Keyword keyword = known(into, tag);
            boolean known = meant(into, tag).equals("SQ");
            if (length == UNDEFINED || vr.equals("SQ") || vr.equals("UN") && known) {
                boolean unknown = vr.equals("UN") || tag >>> 16 == 0xFFFE;
                boolean pieces = vr.startsWith("O");
                DataSet.Element kept = null;
                if (into != null && !pieces && keep.sequence(keyword) && tag >>> 16 != 0xFFFE) {
                    once(into, tag);
                    kept = DataSet.Element.sequence(tag, offset);
                    into.put(kept);
                }
                sequence(into, kept, end, length, explicit && !unknown, depth + 1, tag);
                continue;
            }
            if (length % 2 == 1) {
                warn("odd", tag, "has an odd length of " + length + " bytes");
            }
            if (overruns(end, length, tag)) {
                in.skip(end - in.position(), Keyword.tagText(tag));
            } else {
                value(into, tag, length, offset);
            }
        }
        if (open) {
            throw in.bad("an item is never closed: the file is truncated or broken.");
        }
    }

    /** Says whether an element ends a little behind its item, which is then believed. */
    private boolean overruns(long end, long length, int tag) {
        long over = length - (end - in.position());
        if (over > 0 && over <= OVERRUN && end < in.size() && length <= in.remaining()) {
            warn(
                    "overrun",
                    tag,
                    "says it has "
                            + length
                            + " bytes, "
                            + over
                            + " more than its item holds; skipped to the end of the item");
            return true;
        }
        within(end, length, tag);
        return false;
    }

    private void value(DataSet into, int tag, long length, long offset) {
        Keyword keyword = known(into, tag);
        if (into == null || !keep.value(keyword, length)) {
            in.skip(length, Keyword.tagText(tag));
            return;
        }
        keptBytes += length + OVERHEAD;
        if (keptBytes > Runtime.getRuntime().maxMemory() / 8) {
            throw in.bad(
                    "holds more than "
                            + Runtime.getRuntime().maxMemory() / 8
                            + " bytes beside its pixels, an eighth of the memory. Give Java more"
                            + " memory (-Xmx) if the file is sound.");
        }
        once(into, tag);
        String meant = vr.equals("UN") ? meant(into, tag) : vr;
        byte[] bytes = in.take((int) length, Keyword.tagText(tag));
        into.put(DataSet.Element.value(tag, meant, bytes, in.order(), offset));
    }

    private void once(DataSet into, int tag) {
        if (into.element(tag).isPresent()) {
            warn("twice", tag, "stands twice in one data set; the first was taken");
        }
    }

    /** Reads items; {@code kept} takes them, null where they are only walked over. */
    private void sequence(
            DataSet into,
            DataSet.Element kept,
            long end,
            long length,
            boolean explicit,
            int depth,
            int tag) {
        if (depth > MAX_DEPTH) {
            throw in.bad("sequences are nested deeper than " + MAX_DEPTH + ": the file is broken.");
        }
        boolean open = length == UNDEFINED;
        if (!open) {
            if (overruns(end, length, tag)) {
                in.skip(end - in.position(), Keyword.tagText(tag));
                return;
            }
            if (kept == null) {
                in.skip(length, Keyword.tagText(tag));
                return;
            }
        }
        long stop = open ? end : in.position() + length;
        while (in.position() < stop) {
            int item = tag();
            long itemLength = in.u32("an item length");
            if (item == SEQUENCE_END && open) {
                return;
            }
            if ((item == SEQUENCE_END || item == ITEM_END) && itemLength == 0) {
                warn("stray end", item, "ends what was not begun; skipped");
                continue;
            }
            if (item != ITEM) {
                throw in.bad(
                        "expected an item of "
                                + Keyword.tagText(tag)
                                + ", found "
                                + Keyword.tagText(item)
                                + ": the file is broken.");
            }
            boolean openItem = itemLength == UNDEFINED;
            boolean over = !openItem && overruns(stop, itemLength, item);
            long itemEnd = openItem || over ? stop : in.position() + itemLength;
            if (!openItem && kept == null) {
                in.skip(itemEnd - in.position(), Keyword.tagText(tag));
            } else {
                DataSet inside = kept == null ? null : into.item();
                keptBytes += OVERHEAD;
                if (inside != null) {
                    kept.items().add(inside);
                }
                elements(inside, itemEnd, explicit, openItem, depth);
            }
        }
        if (open) {
            throw in.bad("a sequence is never closed: the file is truncated or broken.");
        }
    }

    private void within(long end, long length, int tag) {
        in.need(length, Keyword.tagText(tag));
        if (length > end - in.position()) {
            throw in.bad(
                    Keyword.tagText(tag)
                            + " says it has "
                            + length
                            + " bytes, but its item ends after "
                            + (end - in.position())
                            + ": the file is broken.");
        }
    }

    private void pixels(Keyword keyword, long length) {
        boolean encapsulated = length == UNDEFINED;
        if (!encapsulated) {
            in.need(length, keyword.label());
        }
        pixels = new PixelData(keyword, vr, in.position(), encapsulated ? -1 : length);
    }
}
