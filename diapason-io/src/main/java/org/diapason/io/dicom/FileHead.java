package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.diapason.volume.DataException;

/**
 * Reads what stands before the data set (preamble and meta group, PS3.10 7.1) and finds out how the
 * data set is really written, whatever the meta group says.
 */
final class FileHead {
    static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    static final Set<String> SHORT =
            Set.of(
                    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN",
                    "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");

    private static final int META = 132;
    private static final int FARTHEST = 8192;

    private final Bytes in;
    private final DataSet values;
    private long statedEnd = -1;
    private String statedSyntax;

    private FileHead(Bytes in, DataSet values) {
        this.in = in;
        this.values = values;
    }

    /** Returns how the data set is written, where it now begins; null for no DICOM file. */
    static TransferSyntax read(Bytes in, DataSet values) {
        return new FileHead(in, values).read();
    }

    private TransferSyntax read() {
        byte[] head = in.peek(META);
        boolean part10 =
                head.length == META
                        && new String(head, 128, 4, StandardCharsets.US_ASCII).equals("DICM");
        if (part10) {
            in.seek(META);
            preamble(head);
        } else if (sniff() == null) {
            return null;
        }
        boolean lost = false;
        try {
            meta();
        } catch (DataException e) {
            scan(e);
            lost = true;
        }
        if (!lost && statedEnd >= 0 && statedEnd != in.position()) {
            warn(
                    "meta length",
                    "the length of the meta group (0002,0000) says it ends at byte "
                            + statedEnd
                            + ", and it ends here; taken as it stands.");
        }
        TransferSyntax seen = sniff();
        return part10 && statedSyntax == null ? unstated(seen) : decided(seen);
    }

    private TransferSyntax unstated(TransferSyntax seen) {
        if (seen == null) {
            throw in.bad(
                    "the file states no transfer syntax (0002,0010) and its data set does not look"
                            + " like one. Export it again.");
        }
        warn(
                "no syntax",
                "the file states no transfer syntax (0002,0010); its data set looks like "
                        + seen.label()
                        + " and was read so.");
        return seen;
    }

    private TransferSyntax decided(TransferSyntax seen) {
        if (statedSyntax == null && seen == null) {
            return null;
        }
        if (statedSyntax == null) {
            warn("no meta", "the file has no meta group; read as " + seen.label() + ".");
            return seen;
        }
        TransferSyntax says = TransferSyntax.of(statedSyntax);
        boolean lies =
                seen != null
                        && !says.deflated()
                        && (seen.explicit() != says.explicit() || seen.order() != says.order());
        if (lies) {
            warn(
                    "syntax lies",
                    "the meta group says "
                            + says.label()
                            + ", the data set is written in "
                            + seen.label()
                            + " and was read so.");
        }
        if (!lies) {
            return says;
        }
        // a writer that lies about the data set still says how its pixels are packed
        return says.plain()
                ? seen
                : new TransferSyntax(statedSyntax, seen.explicit(), seen.order());
    }

    /** A preamble may make the file a program or an archive too; it is never written again. */
    private void preamble(byte[] head) {
        String begin = new String(head, 0, 4, StandardCharsets.ISO_8859_1);
        String what =
                begin.startsWith("MZ")
                        ? "a Windows program"
                        : begin.equals("\u007fELF")
                                ? "a Linux program"
                                : begin.startsWith("PK\3\4")
                                        ? "a ZIP archive"
                                        : begin.startsWith("#!") ? "a script" : "";
        if (!what.isEmpty()) {
            warn(
                    "preamble",
                    "the preamble makes the file "
                            + what
                            + " as well. It was not run and is not copied; do not open the file"
                            + " with anything but a DICOM program.");
        }
    }

    private void meta() {
        while (in.remaining() >= 8 && group() == 2) {
            long offset = in.position();
            int tag = in.u16("a tag") << 16 | in.u16("a tag");
            String vr = new String(in.peek(2), StandardCharsets.ISO_8859_1);
            boolean explicit = LONG.contains(vr) || SHORT.contains(vr);
            in.skip(explicit ? 2 : 0, "a value representation");
            if (LONG.contains(vr)) {
                in.skip(2, "a value representation");
            }
            boolean four = !explicit || LONG.contains(vr);
            long length = four ? in.u32("a length") : in.u16("a length");
            in.need(length, Keyword.tagText(tag));
            if (tag == 0x00020000 && length == 4) {
                statedEnd = in.u32("the length of the meta group") + in.position();
            } else if (tag == Keyword.TransferSyntaxUID.tag() && length <= 1024) {
                byte[] uid = in.take((int) length, "TransferSyntaxUID");
                values.put(DataSet.Element.value(tag, "UI", uid, in.order(), offset));
                statedSyntax = values.text(Keyword.TransferSyntaxUID).orElse(null);
            } else {
                in.skip(length, Keyword.tagText(tag));
            }
        }
    }

    /** Looks for the data set behind a meta group that cannot be followed. */
    private void scan(DataException why) {
        long end = Math.min(in.size() - 8, META + FARTHEST);
        for (long at = META; at <= end; at += 2) {
            in.seek(at);
            if (group() != 2 && sniff() != null) {
                warn(
                        "meta broken",
                        "the meta group cannot be followed; the data set was found behind it.");
                return;
            }
        }
        throw why;
    }

    private void warn(String kind, String what) {
        values.warnings().add(kind, in.name() + ", byte " + in.position() + ": " + what);
    }

    private int group() {
        byte[] next = in.peek(2);
        return next.length < 2 ? -1 : next[0] & 0xFF | (next[1] & 0xFF) << 8;
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
}
