package org.diapason.io.run;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Tree;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON files: written with the same bytes on every JDK, read with the place of everything.
 *
 * <p>NaN and infinities, which JSON cannot say, are written as {@code null}; {@code null} reads as
 * an empty text, and where a number is needed as NaN.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int WIDTH = 100;

    private Json() {}

    /** Returns maps, lists, {@link Numbers}, texts, numbers and truth values as JSON text. */
    public static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "");
        return out.append('\n').toString();
    }

    private static void write(StringBuilder out, Object value, String indent) {
        String flat = flat(value);
        if (flat.length() + indent.length() <= WIDTH
                || !(value instanceof Map || value instanceof List)) {
            out.append(flat);
            return;
        }
        String inner = indent + "  ";
        boolean map = value instanceof Map;
        out.append(map ? '{' : '[');
        String separator = "\n";
        Iterable<?> entries = map ? ((Map<?, ?>) value).entrySet() : (List<?>) value;
        for (Object entry : entries) {
            out.append(separator).append(inner);
            if (entry instanceof Map.Entry<?, ?> e && map) {
                out.append(quoted(String.valueOf(e.getKey()))).append(": ");
                write(out, e.getValue(), inner);
            } else {
                write(out, entry, inner);
            }
            separator = ",\n";
        }
        out.append('\n').append(indent).append(map ? '}' : ']');
    }

    private static String flat(Object value) {
        StringBuilder out = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> e : map.entrySet()) {
                out.append(separator).append(quoted(String.valueOf(e.getKey()))).append(": ");
                out.append(flat(e.getValue()));
                separator = ", ";
            }
            return out.append(map.isEmpty() ? "{}" : "}").toString();
        }
        if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                out.append(separator).append(flat(item));
                separator = ", ";
            }
            return out.append(list.isEmpty() ? "[]" : "]").toString();
        }
        if (value instanceof Numbers numbers) {
            String separator = "[";
            for (int n = 0; n < numbers.size(); n++) {
                out.append(separator).append(number(numbers.get(n)));
                separator = ", ";
            }
            return out.append(numbers.size() == 0 ? "[]" : "]").toString();
        }
        if (value instanceof Double d) {
            return number(d);
        }
        if (value instanceof Float f) {
            return number(f);
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quoted(value.toString());
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Text.of(value) : "null";
    }

    private static String quoted(String text) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator =
                FACTORY.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out)) {
            generator.writeString(text);
        }
        return out.toString();
    }

    /**
     * Reads JSON as settings.
     *
     * @throws DataException if the file is absent or not JSON; with line and column
     */
    public static Tree read(Path file) {
        try {
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new DataException(
                    InputFile.name(file) + ": the file is no JSON: it is no UTF-8 text.", e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    /** Reads JSON text; {@code name} stands in messages. */
    public static Tree parse(String name, String text) {
        try (JsonParser parser =
                FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Tree tree = tree(name, parser);
            if (parser.nextToken() != null) {
                throw new DataException(where(name, parser) + ": something stands after the end.");
            }
            return tree;
        } catch (JacksonException e) {
            throw new DataException(
                    name + place(e.getLocation()) + ": not JSON: " + reason(e) + ".", e);
        }
    }

    /** Without what the parser says of places that it does not know. */
    private static String reason(JacksonException e) {
        return e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*", "");
    }

    private static Tree tree(String name, JsonParser parser) {
        String where = where(name, parser);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Tree> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                String place = where(name, parser);
                parser.nextToken();
                if (fields.put(key, tree(name, parser)) != null) {
                    throw new DataException(place + ": \"" + key + "\" stands here twice.");
                }
            }
            return new Tree.Fields(fields, where);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Tree> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(tree(name, parser));
            }
            return new Tree.Items(items, where);
        }
        if (token == null) {
            throw new DataException(name + ": the file is empty.");
        }
        boolean quoted = token == JsonToken.VALUE_STRING;
        return new Tree.Text(
                token == JsonToken.VALUE_NULL ? "" : parser.getString(), quoted, where);
    }

    private static String where(String name, JsonParser parser) {
        return name + place(parser.currentTokenLocation());
    }

    private static String place(TokenStreamLocation at) {
        return at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
