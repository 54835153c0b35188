package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads the elements of a DICOM file up to its pixel data (PS3.5, PS3.10).
 *
 * <p>What is kept is bounded, see {@link Keep}; sequences are walked with a cap of {@value
 * #MAX_DEPTH} on nesting and {@value #MAX_ELEMENTS} on elements, so time and memory are bounded by
 * the caps and the size of the file.
 */
final class DicomParser {
    static final int MAX_DEPTH = 32;
    static final int MAX_ELEMENTS = 500_000;

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
    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final Set<String> SHORT =
            Set.of(
                    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN",
                    "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");

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
            DicomParser parser = new DicomParser(in, keep);
            TransferSyntax syntax = parser.start();
            if (syntax == null) {
                return null;
            }
            in.order(syntax.order());
            long start = in.position();
            if (syntax.deflated()) {
                try (Bytes inflated = in.inflated()) {
                    parser.in = inflated;
                    parser.dataSet(syntax);
                }
            } else {
                parser.dataSet(syntax);
            }
            return new DicomFile(path, syntax, start, parser.values, parser.pixels);
        }
    }

    private void dataSet(TransferSyntax syntax) {
        elements(values, in.size(), syntax.explicit(), false, 0);
    }

    /** Reads preamble and meta group where present and finds out how the rest is written. */
    private TransferSyntax start() {
        byte[] head = in.peek(132);
        boolean part10 =
                head.length == 132
                        && new String(head, 128, 4, StandardCharsets.US_ASCII).equals("DICM");
        if (part10) {
            in.seek(132);
        } else if (sniff() == null) {
            return null;
        }
        String stated = null;
        while (in.remaining() >= 8 && group() == 2) {
            long offset = in.position();
            int tag = tag();
            long length = length(true, tag);
            in.need(length, Keyword.tagText(tag));
            if (tag == Keyword.TransferSyntaxUID.tag() && length <= 64) {
                byte[] uid = in.take((int) length, "TransferSyntaxUID");
                values.put(DataSet.Element.value(tag, "UI", uid, in.order(), offset));
                stated = values.text(Keyword.TransferSyntaxUID).orElse(null);
            } else {
                in.skip(length, Keyword.tagText(tag));
            }
        }
        TransferSyntax seen = sniff();
        if (stated == null) {
            if (seen == null && part10) {
                throw in.bad(
                        "the file states no transfer syntax (0002,0010) and its data set does not"
                                + " look like one. Export it again.");
            }
            return seen;
        }
        TransferSyntax says = TransferSyntax.of(stated);
        boolean lies =
                seen != null
                        && !says.deflated()
                        && (seen.explicit() != says.explicit() || seen.order() != says.order());
        // a writer that lies about the data set still says how its pixels are compressed
        return !lies
                ? says
                : says.codec().isEmpty()
                        ? seen
                        : new TransferSyntax(stated, seen.explicit(), seen.order());
    }

    private int group() {
        byte[] next = in.peek(2);
        return next[0] & 0xFF | (next[1] & 0xFF) << 8;
    }

    /** Judges by the first element, which is one of a low group; null where it looks like none. */
    private TransferSyntax sniff() {
        byte[] b = in.peek(8);
        if (b.length < 8) {
            return null;
        }
        String vr = new String(b, 4, 2, StandardCharsets.US_ASCII);
        boolean explicit = LONG.contains(vr) || SHORT.contains(vr);
        int little = b[0] & 0xFF | (b[1] & 0xFF) << 8;
        int big = (b[0] & 0xFF) << 8 | b[1] & 0xFF;
        if (big == 8 && explicit) {
            return TransferSyntax.EXPLICIT_BIG;
        }
        if (little != 2 && little != 8) {
            return null;
        }
        if (explicit) {
            return TransferSyntax.EXPLICIT_LITTLE;
        }
        boolean small = b[6] == 0 && b[7] == 0 && (b[4] & 1) == 0;
        return small ? TransferSyntax.IMPLICIT_LITTLE : null;
    }

    private int tag() {
        if (++elements > MAX_ELEMENTS) {
            throw in.bad("more than " + MAX_ELEMENTS + " elements: the file is broken.");
        }
        int group = in.u16("a tag");
        return group << 16 | in.u16("a tag");
    }

    private String vr = "UN";

    private long length(boolean explicit, int tag) {
        if (!explicit || tag >>> 16 == 0xFFFE) {
            vr = meant(tag);
            return in.u32("a length");
        }
        vr = new String(in.take(2, "a value representation"), StandardCharsets.ISO_8859_1);
        if (LONG.contains(vr)) {
            in.skip(2, "a value representation");
            return in.u32("a length");
        }
        if (!SHORT.contains(vr)) {
            throw in.bad(
                    Keyword.tagText(tag)
                            + " has an unknown value representation: the file is broken.");
        }
        return in.u16("a length");
    }

    /** Returns the representation of an element that does not state it. */
    private String meant(int tag) {
        Keyword known = Keyword.of(tag);
        if (known != null || keep == Keep.KNOWN) {
            return known == null ? "UN" : known.vr();
        }
        boolean signed = values.text(Keyword.PixelRepresentation).orElse("0").equals("1");
        return Dictionary.vr(tag, signed).orElse("UN");
    }

    /**
     * Reads elements until {@code end}, or until the end of an item of undefined length.
     *
     * @param into takes what is kept; null where nothing is
     */
    private void elements(DataSet into, long end, boolean explicit, boolean open, int depth) {
        while (in.position() < end) {
            long offset = in.position();
            int tag = tag();
            long length = length(explicit, tag);
            if (open && tag == ITEM_END) {
                return;
            }
            if (depth == 0 && PixelData.is(tag)) {
                pixels(Keyword.of(tag), length);
                return;
            }
            Keyword keyword = Keyword.of(tag);
            boolean known = meant(tag).equals("SQ");
            if (length == UNDEFINED || vr.equals("SQ") || vr.equals("UN") && known) {
                boolean unknown = vr.equals("UN") || tag >>> 16 == 0xFFFE;
                DataSet.Element kept = null;
                if (into != null && keep.sequence(keyword) && tag >>> 16 != 0xFFFE) {
                    kept = DataSet.Element.sequence(tag, offset);
                    into.put(kept);
                }
                sequence(kept, end, length, explicit && !unknown, depth + 1, tag);
            } else {
                within(end, length, tag);
                value(into, tag, length, offset);
            }
        }
        if (open) {
            throw in.bad("an item is never closed: the file is truncated or broken.");
        }
    }

    private void value(DataSet into, int tag, long length, long offset) {
        Keyword keyword = Keyword.of(tag);
        if (into == null || !keep.value(keyword, length)) {
            in.skip(length, Keyword.tagText(tag));
            return;
        }
        keptBytes += length;
        if (keptBytes > Runtime.getRuntime().maxMemory() / 8) {
            throw in.bad(
                    "holds more than "
                            + Runtime.getRuntime().maxMemory() / 8
                            + " bytes beside its pixels, an eighth of the memory. Give Java more"
                            + " memory (-Xmx) if the file is sound.");
        }
        String meant = vr.equals("UN") ? meant(tag) : vr;
        byte[] bytes = in.take((int) length, Keyword.tagText(tag));
        into.put(DataSet.Element.value(tag, meant, bytes, in.order(), offset));
    }

    /** Reads items; {@code kept} takes them, null where they are only walked over. */
    private void sequence(
            DataSet.Element kept, long end, long length, boolean explicit, int depth, int tag) {
        if (depth > MAX_DEPTH) {
            throw in.bad("sequences are nested deeper than " + MAX_DEPTH + ": the file is broken.");
        }
        boolean open = length == UNDEFINED;
        if (!open) {
            within(end, length, tag);
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
            if (item != ITEM) {
                throw in.bad(
                        "expected an item of "
                                + Keyword.tagText(tag)
                                + ", found "
                                + Keyword.tagText(item)
                                + ": the file is broken.");
            }
            boolean openItem = itemLength == UNDEFINED;
            if (!openItem) {
                within(stop, itemLength, item);
            }
            long itemEnd = openItem ? stop : in.position() + itemLength;
            if (!openItem && kept == null) {
                in.skip(itemLength, Keyword.tagText(tag));
            } else {
                DataSet inside = kept == null ? null : new DataSet(in.name());
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
