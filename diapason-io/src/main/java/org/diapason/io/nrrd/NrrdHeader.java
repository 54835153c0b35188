package org.diapason.io.nrrd;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diapason.io.raw.DataFiles;
import org.diapason.io.raw.SampleType;
import org.diapason.io.raw.TextHead;
import org.diapason.volume.DataException;

/**
 * The fields of an NRRD header by name, each with its line.
 *
 * @param head the lines
 * @param fields field names in lower case, and their values
 * @param places the line of each field
 * @param list the names of data files that follow {@code data file: LIST}
 */
record NrrdHeader(
        TextHead head, Map<String, String> fields, Map<String, Integer> places, List<String> list) {

    static NrrdHeader read(Path path) {
        TextHead head = TextHead.read(path, String::isEmpty);
        List<String> lines = head.lines();
        if (!lines.get(0).matches("NRRD000[1-5]")) {
            throw head.bad(
                    1, "expected NRRD0001 to NRRD0005: this is not an NRRD file, or a newer one.");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        List<String> list = new ArrayList<>();
        for (int n = 1; n < lines.size(); n++) {
            String line = lines.get(n);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (fields.getOrDefault("data file", "").toUpperCase(Locale.ROOT).startsWith("LIST")) {
                list.add(line.strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw head.bad(n + 1, "expected \"field: value\": the header is broken.");
            }
            if (line.startsWith(":=", colon)) {
                continue; // a key and value of somebody's own
            }
            String field = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            field = SYNONYMS.getOrDefault(field, field);
            if (places.put(field, n + 1) != null) {
                throw head.bad(n + 1, "\"" + field + "\" is there twice. Remove one.");
            }
            fields.put(field, line.substring(colon + 1).strip());
        }
        return new NrrdHeader(head, fields, places, list);
    }

    private static final Map<String, String> SYNONYMS =
            Map.of(
                    "datafile", "data file",
                    "lineskip", "line skip",
                    "byteskip", "byte skip",
                    "centers", "centerings",
                    "axismins", "axis mins");

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Returns a field that must be there. */
    String needed(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new DataException(
                    head.file() + ": the header has no \"" + field + "\". Write the image again.");
        }
        return value;
    }

    DataException bad(String field, String what) {
        return head.bad(places.getOrDefault(field, 1), what);
    }

    /** Returns the words of a field, one per axis where it is there. */
    List<String> words(String field, int count) {
        if (!has(field)) {
            return List.of();
        }
        List<String> words = new ArrayList<>(Arrays.asList(fields.get(field).split("\\s+")));
        if (words.size() != count) {
            throw bad(
                    field,
                    "\""
                            + field
                            + "\" has "
                            + words.size()
                            + " entries, "
                            + count
                            + " are needed, one an axis.");
        }
        return words;
    }

    long whole(String field, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw bad(field, "\"" + text + "\" is not a whole number.");
        }
    }

    double real(String field, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw bad(field, "\"" + text + "\" is not a number.");
        }
    }

    /** Returns the sizes of all axes, the fastest first. */
    int[] sizes() {
        long dimension = whole("dimension", needed("dimension"));
        if (dimension < 1 || dimension > 16) {
            throw bad("dimension", "expected 1 to 16 axes, found " + dimension + ".");
        }
        needed("sizes");
        List<String> words = words("sizes", (int) dimension);
        int[] sizes = new int[words.size()];
        double all = 1;
        for (int a = 0; a < sizes.length; a++) {
            long n = whole("sizes", words.get(a));
            all *= n;
            if (n < 1 || all > Integer.MAX_VALUE * 64.0 || n > Integer.MAX_VALUE - 8) {
                throw bad("sizes", "axis " + (a + 1) + " has " + n + " samples.");
            }
            sizes[a] = (int) n;
        }
        return sizes;
    }

    SampleType type() {
        String type = needed("type").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return switch (type) {
            case "signed char", "int8", "int8_t" -> SampleType.INT8;
            case "uchar", "unsigned char", "uint8", "uint8_t" -> SampleType.UINT8;
            case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
                    SampleType.INT16;
            case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
                    SampleType.UINT16;
            case "int", "signed int", "int32", "int32_t" -> SampleType.INT32;
            case "uint", "unsigned int", "uint32", "uint32_t" -> SampleType.UINT32;
            case "longlong",
                    "long long",
                    "long long int",
                    "signed long long",
                    "signed long long int",
                    "int64",
                    "int64_t" ->
                    SampleType.INT64;
            case "ulonglong",
                    "unsigned long long",
                    "unsigned long long int",
                    "uint64",
                    "uint64_t" ->
                    SampleType.UINT64;
            case "float" -> SampleType.FLOAT32;
            case "double" -> SampleType.FLOAT64;
            default ->
                    throw bad(
                            "type",
                            "type \""
                                    + type
                                    + "\" is not read; integers of 8 to 64 bits, float and double"
                                    + " are.");
        };
    }

    ByteOrder order(SampleType type, DataFiles.Packing packing) {
        if (type.bytes() == 1 || packing == DataFiles.Packing.TEXT) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        String endian = needed("endian").toLowerCase(Locale.ROOT);
        if (!endian.equals("little") && !endian.equals("big")) {
            throw bad("endian", "expected little or big, found \"" + endian + "\".");
        }
        return endian.equals("little") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    DataFiles.Packing packing() {
        String encoding = needed("encoding").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "raw" -> DataFiles.Packing.RAW;
            case "gz", "gzip" -> DataFiles.Packing.GZIP;
            case "txt", "text", "ascii" -> DataFiles.Packing.TEXT;
            case "hex" -> DataFiles.Packing.HEX;
            default ->
                    throw bad(
                            "encoding",
                            "encoding \""
                                    + encoding
                                    + "\" is not read; raw, gzip, text and hex are. Write it again"
                                    + " with gzip.");
        };
    }

    /** Returns where the numbers lie. */
    DataFiles data(Path path) {
        DataFiles.Packing packing = packing();
        long lines = has("line skip") ? whole("line skip", fields.get("line skip")) : 0;
        long bytes = has("byte skip") ? whole("byte skip", fields.get("byte skip")) : 0;
        boolean atEnd = bytes == -1 && packing == DataFiles.Packing.RAW;
        if (lines < 0 || bytes < 0 && !atEnd || bytes > 1 << 26) {
            throw bad(
                    "byte skip",
                    "line skip and byte skip count from 0 to 67108864; only raw data may stand at"
                            + " the end of the file (-1).");
        }
        if (!has("data file")) {
            if (!head.whole()) {
                throw new DataException(
                        head.file()
                                + ": the file ends inside its header, and no data file is named."
                                + " Copy it again.");
            }
            return new DataFiles(List.of(path), packing, head.bytes(), lines, bytes);
        }
        return new DataFiles(files(path), packing, 0, lines, bytes);
    }

    private List<Path> files(Path path) {
        String value = fields.get("data file");
        int line = places.get("data file");
        String[] words = value.split("\\s+");
        if (words[0].equalsIgnoreCase("LIST")) {
            List<Path> files = new ArrayList<>();
            for (String name : list) {
                files.add(DataFiles.beside(path, name, head.place(line)));
            }
            if (files.isEmpty()) {
                throw bad("data file", "LIST is followed by no file.");
            }
            return files;
        }
        if (words.length >= 4 && words[0].contains("%")) {
            return DataFiles.numbered(
                    path,
                    words[0],
                    whole("data file", words[1]),
                    whole("data file", words[2]),
                    whole("data file", words[3]),
                    head.place(line));
        }
        return List.of(DataFiles.beside(path, value, head.place(line)));
    }
}
