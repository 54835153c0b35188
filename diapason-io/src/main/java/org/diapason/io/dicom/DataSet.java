package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** Controls, escapes, marks that turn the direction of writing, breaks of lines. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final String file;
    private final DataSet parent;
    private final Warnings warnings;
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
        this(file, null, new Warnings());
    }

    private DataSet(String file, DataSet parent, Warnings warnings) {
        this.file = file;
        this.parent = parent;
        this.warnings = warnings;
    }

    /** Returns an empty item of one of this set's sequences; it inherits the character set. */
    DataSet item() {
        return new DataSet(file, this, warnings);
    }

    /** Returns the name of the file, for messages. */
    String file() {
        return file;
    }

    /** Returns the faults that were put right, of the whole file. */
    Warnings warnings() {
        return warnings;
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
        Element element = find(sequence);
        return element == null ? List.of() : Collections.unmodifiableList(element.items);
    }

    /**
     * Adds what another data set says and this one does not, with the elements that the first item
     * of each of its sequences holds (functional groups, PS3.3 C.7.6.16), and theirs. Private
     * sequences are left out: they may say the same as the standard's, and otherwise. Mappings to
     * real-world values stay whole.
     */
    void addFlat(DataSet other) {
        for (Element element : other.elements.values()) {
            boolean whole = element.tag == Keyword.RealWorldValueMappingSequence.tag();
            if (!element.isSequence() || whole) {
                put(element);
            } else if (!element.items.isEmpty() && (element.tag >>> 16 & 1) == 0) {
                addFlat(element.items.get(0));
            }
        }
    }

    /** Says under another keyword, too, what one says; of two values the older one stays. */
    void alias(Keyword from, Keyword to) {
        Element e = elements.get(from.tag());
        if (e != null) {
            put(new Element(to.tag(), e.vr, e.bytes, e.order, e.offset, e.items));
        }
    }

    /** Says a private attribute as another data set does, in the first block of its group. */
    void take(Keyword keyword, DataSet from) {
        Element e = from.find(keyword);
        if (e != null) {
            byte[] creator = keyword.creator().getBytes(StandardCharsets.US_ASCII);
            int block = keyword.tag() & 0xFFFF0000 | 0x10;
            put(Element.value(block, "LO", creator, e.order, e.offset));
            put(new Element(keyword.tag(), e.vr, e.bytes, e.order, e.offset, e.items));
        }
    }

    /** Says whether the block that a private tag lies in is reserved by a creator. */
    boolean reserved(int tag, String creator) {
        Element e = elements.get(tag & 0xFFFF0000 | tag >>> 8 & 0xFF);
        return e != null && clean(decode(e).value()).equalsIgnoreCase(creator);
    }

    /** Says whether two data sets hold the same bytes under a keyword, or both none. */
    boolean same(Keyword keyword, DataSet other) {
        Element ours = elements.get(keyword.tag());
        Element theirs = other.elements.get(keyword.tag());
        return ours == theirs
                || ours != null
                        && theirs != null
                        && ours.vr.equals(theirs.vr)
                        && ours.order == theirs.order
                        && Arrays.equals(ours.bytes, theirs.bytes);
    }

    /** Adds what another data set says and this one does not, sequences as they are. */
    void addAll(DataSet other) {
        other.elements.values().forEach(this::put);
    }

    /** Returns a value as text, several separated by backslashes; blank counts as absent. */
    Optional<String> text(Keyword keyword) {
        Element value = find(keyword);
        if (value == null) {
            return Optional.empty();
        }
        String text =
                binary(value.vr) > 0 ? numbersText(keyword, value) : clean(decode(value).value());
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /**
     * Returns the element of an attribute. A private one stands in the block that its creator
     * reserved; in the first block also where no creator is named, as some exports lose it.
     */
    private Element find(Keyword keyword) {
        if (keyword.creator().isEmpty()) {
            return elements.get(keyword.tag());
        }
        int group = keyword.tag() & 0xFFFF0000;
        for (Element e : elements.subMap(group | 0x10, group | 0x100).values()) {
            Element found = elements.get(group | (e.tag & 0xFF) << 8 | keyword.tag() & 0xFF);
            if (found != null && clean(decode(e).value()).equalsIgnoreCase(keyword.creator())) {
                return found;
            }
        }
        return elements.containsKey(group | 0x10) ? null : elements.get(keyword.tag());
    }

    /** Returns the text of an element that holds no numbers in binary form. */
    static String text(Element element) {
        return clean(new String(element.bytes, StandardCharsets.ISO_8859_1));
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
        Element value = find(keyword);
        String where = value == null ? "" : ", byte " + value.offset;
        return new DataException(file + where + ": " + keyword.label() + " " + what + ".");
    }

    private double parse(Keyword keyword, String text) {
        if (FieldCheck.finite(text)) {
            return Double.parseDouble(text);
        }
        throw bad(keyword, "is not a number: found " + Tags.quote(text));
    }

    /** Returns the text of an element, with all that could steer a terminal. */
    SpecificCharacterSet.Text decode(Element value) {
        boolean text =
                switch (value.vr) {
                    case "LO", "LT", "PN", "SH", "ST", "UC", "UT" -> true;
                    default -> false;
                };
        boolean plain = !text || SpecificCharacterSet.plain(value.bytes);
        return (plain ? SpecificCharacterSet.ASCII : characterSet()).decode(value.bytes);
    }

    private SpecificCharacterSet characterSet() {
        Element stated = elements.get(Keyword.SpecificCharacterSet.tag());
        if (stated == null) {
            return parent == null ? SpecificCharacterSet.ASCII : parent.characterSet();
        }
        String terms = new String(stated.bytes, StandardCharsets.US_ASCII).replace('\0', ' ');
        List<String> list = new ArrayList<>();
        for (String term : terms.split("\\\\", -1)) {
            list.add(term.strip());
        }
        return new SpecificCharacterSet(list);
    }

    /** Takes out what could steer a terminal, turn lines around or hide. */
    static String clean(String text) {
        if (printable(text)) {
            return text.strip();
        }
        return STEERING.matcher(text.replace('\0', ' ').strip()).replaceAll("?");
    }

    /** Says whether a text is all printable ASCII, as nearly every one is. */
    static boolean printable(String text) {
        for (int n = 0; n < text.length(); n++) {
            if (text.charAt(n) < ' ' || text.charAt(n) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a faulty value for a message: cut, with letters and, in dates and UIDs, digits
     * replaced, since what stands in the wrong field may be a name.
     */
    static String shown(String vr, String text) {
        String cut = text.length() > 32 ? text.substring(0, 32) + "…" : text;
        boolean number = cut.matches("[-+0-9eE., ]*");
        String masked = number ? cut : cut.replaceAll("\\p{L}", "a");
        return switch (vr) {
            case "DA", "DT", "TM", "UI" -> masked.replaceAll("\\p{Nd}", "9");
            default -> masked;
        };
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
