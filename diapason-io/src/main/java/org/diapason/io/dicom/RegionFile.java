package org.diapason.io.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.io.dicom.DataSet.Element;

/**
 * Makes and writes the data sets of structure sets and segmentations, little endian; items and
 * sequences of stated length.
 */
final class RegionFile {
    private static final Set<String> LONG = Set.of("OB", "OW", "SQ", "UN", "UT");
    private static final int ITEM = 0xFFFEE000;

    private RegionFile() {}

    /** Returns an item with the given elements. */
    static DataSet item(Element... elements) {
        DataSet item = new DataSet("item");
        for (Element element : elements) {
            item.put(element);
        }
        return item;
    }

    /** Returns a text element of ASCII values; none makes an empty element. */
    static Element text(Keyword keyword, String... values) {
        return text(keyword, StandardCharsets.US_ASCII, values);
    }

    private static Element text(Keyword keyword, Charset charset, String... values) {
        return value(keyword, String.join("\\", values).getBytes(charset));
    }

    /**
     * Returns the name of a region: at most 64 characters, and no backslash, which would end it.
     */
    static Element name(Keyword keyword, Charset charset, String name) {
        String safe = name.replace('\\', '_');
        int end = Math.min(64, safe.codePointCount(0, safe.length()));
        return text(keyword, charset, safe.substring(0, safe.offsetByCodePoints(0, end)));
    }

    /** Returns a decimal string; each number takes at most 16 characters. */
    static Element decimals(Keyword keyword, double... values) {
        StringBuilder text = new StringBuilder();
        for (double v : values) {
            text.append(text.isEmpty() ? "" : "\\").append(Elements.decimal(v));
        }
        return text(keyword, text.toString());
    }

    /** Returns binary numbers of as many bytes as the representation has (US, UL, AT). */
    static Element numbers(Keyword keyword, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (keyword.vr()) {
                case "US" -> bytes.putShort((short) value);
                case "AT" -> bytes.putShort((short) (value >>> 16)).putShort((short) value);
                default -> bytes.putInt(value);
            }
        }
        return value(keyword, Arrays.copyOf(bytes.array(), bytes.position()));
    }

    static Element sequence(Keyword keyword, List<DataSet> items) {
        Element sequence = Element.sequence(keyword.tag(), 0);
        sequence.items().addAll(items);
        return sequence;
    }

    static Element sequence(Keyword keyword, DataSet... items) {
        return sequence(keyword, List.of(items));
    }

    /** Returns a coded meaning (PS3.3 8.8) as a sequence of one item. */
    static Element code(Keyword keyword, String value, String scheme, String meaning) {
        return sequence(
                keyword,
                item(
                        text(Keyword.CodeValue, value),
                        text(Keyword.CodingSchemeDesignator, scheme),
                        text(Keyword.CodeMeaning, meaning)));
    }

    private static Element value(Keyword keyword, byte[] bytes) {
        return Element.value(keyword.tag(), keyword.vr(), bytes, ByteOrder.LITTLE_ENDIAN, 0);
    }

    /**
     * Writes a file that appears whole or not at all.
     *
     * @param explicit whether elements state their representation; without, values may be longer
     *     than 64 KiB, as those of contours are
     * @param pixels bytes of the pixel data; none where empty
     */
    static void save(Path file, DataSet values, boolean explicit, byte[] pixels) {
        TransferSyntax syntax =
                explicit ? TransferSyntax.EXPLICIT_LITTLE : TransferSyntax.IMPLICIT_LITTLE;
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        element(meta, 0x00020001, "OB", new byte[] {0, 1}, true);
        String sopClass = References.uid(values, Keyword.SOPClassUID);
        String instance = References.uid(values, Keyword.SOPInstanceUID);
        for (Element e :
                List.of(
                        text(Keyword.MediaStorageSOPClassUID, sopClass),
                        text(Keyword.MediaStorageSOPInstanceUID, instance),
                        text(Keyword.TransferSyntaxUID, syntax.uid()),
                        text(Keyword.ImplementationClassUID, Uids.of("diapason")))) {
            element(meta, e.tag(), e.vr(), e.bytes(), true);
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[128]);
        head.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        element(head, 0x00020000, "UL", little(4, meta.size()), true);
        head.writeBytes(meta.toByteArray());
        elements(head, values, explicit);
        if (pixels.length > 0) {
            element(head, Keyword.PixelData.tag(), "OB", pixels, explicit);
        }
        try {
            WholeFile.write(file, head::writeTo);
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    private static void elements(ByteArrayOutputStream out, DataSet values, boolean explicit) {
        for (Element element : values.elements()) {
            byte[] bytes = element.bytes();
            if (element.isSequence()) {
                ByteArrayOutputStream items = new ByteArrayOutputStream();
                for (DataSet item : element.items()) {
                    ByteArrayOutputStream inside = new ByteArrayOutputStream();
                    elements(inside, item, explicit);
                    items.writeBytes(little(2, ITEM >>> 16));
                    items.writeBytes(little(2, ITEM));
                    items.writeBytes(little(4, inside.size()));
                    items.writeBytes(inside.toByteArray());
                }
                bytes = items.toByteArray();
            }
            element(out, element.tag(), element.vr(), bytes, explicit);
        }
    }

    private static void element(
            ByteArrayOutputStream out, int tag, String stated, byte[] value, boolean explicit) {
        // PS3.5 6.2.2, note 5: what does not fit 16 bits of length
        String vr = value.length > 0xFFFE && !LONG.contains(stated) ? "UN" : stated;
        boolean odd = value.length % 2 == 1;
        int length = value.length + (odd ? 1 : 0);
        out.writeBytes(little(2, tag >>> 16));
        out.writeBytes(little(2, tag));
        if (explicit) {
            out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(LONG.contains(vr) ? new byte[2] : new byte[0]);
        }
        out.writeBytes(little(explicit && !LONG.contains(vr) ? 2 : 4, length));
        out.writeBytes(value);
        if (odd) {
            out.write(vr.equals("UI") || vr.equals("OB") ? 0 : ' ');
        }
    }

    private static byte[] little(int bytes, int value) {
        byte[] little = new byte[bytes];
        for (int b = 0; b < bytes; b++) {
            little[b] = (byte) (value >>> 8 * b);
        }
        return little;
    }
}
