package org.diapason.io.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.diapason.io.Text;
import org.diapason.io.dicom.DataSet.Element;

/** Makes elements that are to be written; the dictionary gives their representation. */
final class Elements {
    private Elements() {}

    /** Returns a text element of ASCII values; none makes an empty element. */
    static Element text(int tag, String... values) {
        return textAs(tag, vr(tag), values);
    }

    static Element text(Keyword keyword, String... values) {
        return textAs(keyword.tag(), keyword.vr(), values);
    }

    static Element textAs(int tag, String vr, String... values) {
        return value(tag, vr, String.join("\\", values).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Returns the name of a region: at most 64 characters, and no backslash, which would end it.
     *
     * @throws IllegalArgumentException if the character set has not all of its letters
     */
    static Element name(Keyword keyword, Charset charset, String name) {
        if (!charset.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "region \""
                            + name
                            + "\": the series is written in "
                            + charset.name()
                            + ", which has not all of these letters. Give it another name (--name).");
        }
        String safe = name.replace('\\', '_');
        int end = Math.min(64, safe.codePointCount(0, safe.length()));
        String cut = safe.substring(0, safe.offsetByCodePoints(0, end));
        return value(keyword.tag(), keyword.vr(), cut.getBytes(charset));
    }

    /** Returns a decimal string; each number takes at most 16 characters (PS3.5 6.2). */
    static Element decimals(int tag, double... values) {
        String[] texts = new String[values.length];
        for (int n = 0; n < texts.length; n++) {
            texts[n] = decimal(values[n]);
        }
        return text(tag, texts);
    }

    static Element decimals(Keyword keyword, double... values) {
        return decimals(keyword.tag(), values);
    }

    /** Returns binary numbers of as many bytes as the representation has (US, UL, AT). */
    static Element numbers(int tag, int... values) {
        return numbersAs(tag, vr(tag), values);
    }

    static Element numbers(Keyword keyword, int... values) {
        return numbersAs(keyword.tag(), keyword.vr(), values);
    }

    static Element numbersAs(int tag, String vr, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (vr) {
                case "US", "SS" -> bytes.putShort((short) value);
                case "AT" -> bytes.putShort((short) (value >>> 16)).putShort((short) value);
                case "UL", "SL" -> bytes.putInt(value);
                default -> throw new IllegalArgumentException(vr + " holds no whole numbers");
            }
        }
        return value(tag, vr, Arrays.copyOf(bytes.array(), bytes.position()));
    }

    static Element sequence(int tag, DataSet... items) {
        Element sequence = Element.sequence(tag, 0);
        sequence.items().addAll(List.of(items));
        return sequence;
    }

    static Element sequence(Keyword keyword, List<DataSet> items) {
        return sequence(keyword.tag(), items.toArray(DataSet[]::new));
    }

    static Element sequence(Keyword keyword, DataSet... items) {
        return sequence(keyword.tag(), items);
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

    /** Returns a code of any scheme as a sequence of one item. */
    static Element code(Keyword keyword, String value, String scheme, String meaning) {
        return sequence(keyword, code(value, scheme, meaning));
    }

    /** Returns a code of PS3.16, annex D. */
    static DataSet code(String value, String meaning) {
        return code(value, "DCM", meaning);
    }

    private static DataSet code(String value, String scheme, String meaning) {
        return item(text(0x00080100, value), text(0x00080102, scheme), text(0x00080104, meaning));
    }

    /** Returns a decimal string of at most 16 characters (PS3.5 6.2, DS), the closest that fits. */
    static String decimal(double value) {
        String text = Text.of(value);
        for (int digits = 16; text.length() > 16; digits--) {
            text = Text.of(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
        }
        return text;
    }

    private static Element value(int tag, String vr, byte[] bytes) {
        return Element.value(tag, vr, bytes, ByteOrder.LITTLE_ENDIAN, 0);
    }

    private static String vr(int tag) {
        return Dictionary.vr(tag, false)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        Keyword.tagText(tag) + " is not an attribute of DICOM"));
    }
}
