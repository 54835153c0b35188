package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.diapason.io.dicom.DataSet.Element;

/** Makes the elements of structure sets and segmentations. */
final class RegionFile {
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
}
