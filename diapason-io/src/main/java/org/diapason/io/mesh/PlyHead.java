package org.diapason.io.mesh;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.raw.TextHead;
import org.diapason.volume.DataException;

/**
 * What the header of a PLY file says of its body.
 *
 * @param text the lines, for messages
 * @param order of the bytes; null where the body is text
 * @param elements in the order of the file
 */
record PlyHead(TextHead text, ByteOrder order, List<Element> elements) {

    /** A type of number and the bytes it takes. */
    enum Type {
        INT8(1, "char", "int8"),
        UINT8(1, "uchar", "uint8"),
        INT16(2, "short", "int16"),
        UINT16(2, "ushort", "uint16"),
        INT32(4, "int", "int32"),
        UINT32(4, "uint", "uint32"),
        FLOAT32(4, "float", "float32"),
        FLOAT64(8, "double", "float64");

        final int bytes;
        private final List<String> names;

        Type(int bytes, String... names) {
            this.bytes = bytes;
            this.names = List.of(names);
        }
    }

    /**
     * A number, or a list of numbers, of each item.
     *
     * @param count the type of the length of a list; null of a single number
     */
    record Property(String name, Type type, Type count) {}

    /** A kind of item, how many there are and what each has. */
    record Element(String name, long count, List<Property> properties) {

        /** Returns the place of a property, −1 where there is none. */
        int place(String property) {
            for (int n = 0; n < properties.size(); n++) {
                if (properties.get(n).name().equals(property)) {
                    return n;
                }
            }
            return -1;
        }

        /** Returns the fewest bytes that an item takes in the file. */
        long least(boolean text) {
            long bytes = 0;
            for (Property p : properties) {
                Type first = p.count() == null ? p.type() : p.count();
                bytes += text ? 2 : first.bytes;
            }
            return bytes;
        }
    }

    static PlyHead read(Path path) {
        TextHead text = TextHead.read(path, line -> line.strip().equals("end_header"));
        List<String> lines = text.lines();
        if (lines.isEmpty() || !lines.get(0).strip().equals("ply")) {
            throw text.bad(1, "a PLY file begins with \"ply\". It is no PLY.");
        }
        ByteOrder order = null;
        boolean format = false;
        List<Element> elements = new ArrayList<>();
        for (int n = 1; n < lines.size(); n++) {
            String[] words = lines.get(n).strip().split("\\s+");
            switch (words[0]) {
                case "format" -> {
                    format = true;
                    order = order(text, n + 1, words);
                }
                case "element" -> elements.add(element(text, n + 1, words));
                case "property" -> {
                    if (elements.isEmpty()) {
                        throw text.bad(n + 1, "a property before any element.");
                    }
                    elements.get(elements.size() - 1)
                            .properties()
                            .add(property(text, n + 1, words));
                }
                default -> {
                    // comments, obj_info and the end
                }
            }
        }
        if (!format || !text.whole()) {
            throw text.bad(lines.size(), "the header has no format or no end. It is broken.");
        }
        return new PlyHead(text, order, elements);
    }

    private static ByteOrder order(TextHead text, int line, String[] words) {
        String what = words.length > 1 ? words[1] : "";
        return switch (what) {
            case "ascii" -> null;
            case "binary_little_endian" -> ByteOrder.LITTLE_ENDIAN;
            case "binary_big_endian" -> ByteOrder.BIG_ENDIAN;
            default ->
                    throw text.bad(
                            line,
                            "expected format ascii, binary_little_endian or binary_big_endian.");
        };
    }

    private static Element element(TextHead text, int line, String[] words) {
        if (words.length == 3 && words[2].matches("[0-9]{1,10}")) {
            return new Element(words[1], Long.parseLong(words[2]), new ArrayList<>());
        }
        throw text.bad(line, "expected \"element\", a name and a count.");
    }

    private static Property property(TextHead text, int line, String[] words) {
        if (words.length == 3) {
            return new Property(words[2], type(text, line, words[1]), null);
        }
        if (words.length == 5 && words[1].equals("list")) {
            return new Property(words[4], type(text, line, words[3]), type(text, line, words[2]));
        }
        throw text.bad(line, "expected a property of one type and name, or a list.");
    }

    private static Type type(TextHead text, int line, String name) {
        for (Type type : Type.values()) {
            if (type.names.contains(name)) {
                return type;
            }
        }
        throw text.bad(line, "a type of number that PLY does not have.");
    }

    /** Returns an element that must be there. */
    Element needed(String name) {
        for (Element e : elements) {
            if (e.name().equals(name)) {
                return e;
            }
        }
        throw new DataException(text.file() + ": the header has no element \"" + name + "\".");
    }
}
