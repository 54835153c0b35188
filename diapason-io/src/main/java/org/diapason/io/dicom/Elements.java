package org.diapason.io.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.diapason.io.Text;
import org.diapason.io.dicom.DataSet.Element;

/** Makes elements that are to be written; the dictionary gives their representation. */
final class Elements {
    private Elements() {}

    /** Returns a text element of ASCII values; none makes an empty element. */
    static Element text(int tag, String... values) {
        return textAs(tag, vr(tag), values);
    }

    static Element textAs(int tag, String vr, String... values) {
        byte[] bytes = String.join("\\", values).getBytes(StandardCharsets.US_ASCII);
        return Element.value(tag, vr, bytes, ByteOrder.LITTLE_ENDIAN, 0);
    }

    /** Returns a decimal string; each number takes at most 16 characters (PS3.5 6.2). */
    static Element decimals(int tag, double... values) {
        String[] texts = new String[values.length];
        for (int n = 0; n < texts.length; n++) {
            texts[n] = decimal(values[n]);
        }
        return text(tag, texts);
    }

    /** Returns 16-bit numbers. */
    static Element shorts(int tag, int... values) {
        return shorts(tag, vr(tag), values);
    }

    static Element shorts(int tag, String vr, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return Element.value(tag, vr, bytes.array(), ByteOrder.LITTLE_ENDIAN, 0);
    }

    static Element sequence(int tag, DataSet... items) {
        Element sequence = Element.sequence(tag, 0);
        sequence.items().addAll(java.util.List.of(items));
        return sequence;
    }

    /** Returns one item with the given elements. */
    static DataSet item(Element... elements) {
        DataSet item = new DataSet("item");
        for (Element element : elements) {
            item.put(element);
        }
        return item;
    }

    /** Returns a code of PS3.16, annex D: a sequence of one item. */
    static Element code(int tag, String value, String meaning) {
        return sequence(tag, code(value, meaning));
    }

    static DataSet code(String value, String meaning) {
        return item(text(0x00080100, value), text(0x00080102, "DCM"), text(0x00080104, meaning));
    }

    /** Returns a decimal string of at most 16 characters (PS3.5 6.2, DS), the closest that fits. */
    static String decimal(double value) {
        String text = Text.of(value);
        for (int digits = 16; text.length() > 16; digits--) {
            text = Text.of(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
        }
        return text;
    }

    private static String vr(int tag) {
        return Dictionary.vr(tag, false)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        Keyword.tagText(tag) + " is not an attribute of DICOM"));
    }
}
