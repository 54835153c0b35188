package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.Tags;

/**
 * Elements of one file as they stand there: values as bytes, sequences as lists of further data
 * sets. What is kept is decided by {@link DicomParser.Keep}.
 */
final class DataSet {
    private static final Pattern STEERING = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f]");

    private final String file;
    private final SortedMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    /**
     * One element; a sequence has items and no bytes.
     *
     * @param offset where it begins in the file, for messages
     */
    record Element(
            int tag, String vr, byte[] bytes, ByteOrder order, long offset, List<DataSet> items) {
        static Element value(int tag, String vr, byte[] bytes, ByteOrder order, long offset) {
            return new Element(tag, vr, bytes, order, offset, List.of());
        }

        static Element sequence(int tag, long offset) {
            return new Element(
                    tag, "SQ", new byte[0], ByteOrder.LITTLE_ENDIAN, offset, new ArrayList<>());
        }

        boolean isSequence() {
            return vr.equals("SQ");
        }
    }

    DataSet(String file) {
        this.file = file;
    }

    /** Keeps an element; of several with one tag, the first. */
    void put(Element element) {
        elements.putIfAbsent(element.tag, element);
    }

    /** Puts an element in the place of what was there. */
    void set(Element element) {
        elements.put(element.tag, element);
    }

    void remove(int tag) {
        elements.remove(tag);
    }

    /** Returns the elements by ascending tag. */
    Collection<Element> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    Optional<Element> element(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /** Returns the items of a sequence, none where it is absent. */
    List<DataSet> items(Keyword sequence) {
        Element element = elements.get(sequence.tag());
        return element == null ? List.of() : Collections.unmodifiableList(element.items);
    }

    /**
     * Adds what another data set says and this one does not, with the elements that the first item
     * of each of its sequences holds (functional groups, PS3.3 C.7.6.16).
     */
    void addFlat(DataSet other) {
        for (Element element : other.elements.values()) {
            if (!element.isSequence()) {
                put(element);
            } else if (!element.items.isEmpty()) {
                element.items.get(0).elements.values().stream()
                        .filter(inner -> !inner.isSequence())
                        .forEach(this::put);
            }
        }
    }

    /** Adds what another data set says and this one does not, sequences as they are. */
    void addAll(DataSet other) {
        other.elements.values().forEach(this::put);
    }

    /** Returns a value as text, several separated by backslashes; blank counts as absent. */
    Optional<String> text(Keyword keyword) {
        Element value = elements.get(keyword.tag());
        if (value == null) {
            return Optional.empty();
        }
        String text = binary(value.vr) > 0 ? numbersText(keyword, value) : clean(value.bytes);
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Returns the text of an element that holds no numbers in binary form. */
    static String text(Element element) {
        return clean(element.bytes);
    }

    /** Returns the only or first number of an attribute. */
    OptionalDouble number(Keyword keyword) {
        Optional<String> text = text(keyword);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(parse(keyword, text.get().split("\\\\", 2)[0].trim()));
    }

    /** Returns exactly {@code count} numbers. */
    double[] numbers(Keyword keyword, int count) {
        double[] numbers = numbers(keyword);
        if (numbers.length != count) {
            throw bad(keyword, "has " + numbers.length + " values, " + count + " were expected");
        }
        return numbers;
    }

    /** Returns all numbers of an attribute that must be there. */
    double[] numbers(Keyword keyword) {
        String text = text(keyword).orElseThrow(() -> missing(keyword));
        String[] parts = text.split("\\\\", -1);
        double[] numbers = new double[parts.length];
        for (int n = 0; n < parts.length; n++) {
            numbers[n] = parse(keyword, parts[n].trim());
        }
        return numbers;
    }

    /** Returns a whole number within bounds; the default where the attribute is absent. */
    int integer(Keyword keyword, int low, int high, int absent) {
        OptionalDouble number = number(keyword);
        if (number.isEmpty()) {
            return absent;
        }
        double value = number.getAsDouble();
        if (value != Math.rint(value) || value < low || value > high) {
            throw bad(
                    keyword,
                    "is "
                            + Text.of(value)
                            + ", a whole number "
                            + low
                            + "–"
                            + high
                            + " was expected");
        }
        return (int) value;
    }

    int integer(Keyword keyword, int low, int high) {
        if (text(keyword).isEmpty()) {
            throw missing(keyword);
        }
        return integer(keyword, low, high, 0);
    }

    DataException missing(Keyword keyword) {
        return new DataException(
                file
                        + ": has no "
                        + keyword.label()
                        + ", so it cannot be placed in a volume. Export the series again with it.");
    }

    DataException bad(Keyword keyword, String what) {
        Element value = elements.get(keyword.tag());
        String where = value == null ? "" : ", byte " + value.offset;
        return new DataException(file + where + ": " + keyword.label() + " " + what + ".");
    }

    private double parse(Keyword keyword, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which says what was found
        }
        throw bad(keyword, "is not a number: found " + Tags.quote(text));
    }

    /** Decodes as Latin-1, which cannot fail, and takes out what could steer a terminal. */
    private static String clean(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
        return STEERING.matcher(text).replaceAll("?");
    }

    private String numbersText(Keyword keyword, Element value) {
        int width = binary(value.vr);
        if (value.bytes.length % width != 0) {
            throw bad(keyword, "has " + value.bytes.length + " bytes, not a multiple of " + width);
        }
        boolean signed = signed(keyword, value.vr);
        ByteBuffer data = ByteBuffer.wrap(value.bytes).order(value.order);
        StringBuilder text = new StringBuilder();
        while (data.remaining() >= width) {
            double number =
                    switch (value.vr) {
                        case "FL" -> data.getFloat();
                        case "FD" -> data.getDouble();
                        case "UL", "SL" -> signed ? data.getInt() : data.getInt() & 0xFFFFFFFFL;
                        default -> signed ? data.getShort() : data.getShort() & 0xFFFF;
                    };
            text.append(text.isEmpty() ? "" : "\\").append(Text.of(number));
        }
        return text.toString();
    }

    /** The padding value has the sign of the pixels (PS3.3 C.7.5.1.1.2), whatever its VR says. */
    private boolean signed(Keyword keyword, String vr) {
        if (keyword == Keyword.PixelPaddingValue || keyword == Keyword.PixelPaddingRangeLimit) {
            return text(Keyword.PixelRepresentation).orElse("0").equals("1");
        }
        return vr.startsWith("S");
    }

    private static int binary(String vr) {
        return switch (vr) {
            case "US", "SS" -> 2;
            case "UL", "SL", "FL" -> 4;
            case "FD" -> 8;
            default -> 0;
        };
    }
}
