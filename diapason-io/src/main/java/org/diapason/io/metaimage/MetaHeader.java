package org.diapason.io.metaimage;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diapason.io.raw.DataFiles;
import org.diapason.io.raw.SampleType;
import org.diapason.io.raw.TextHead;
import org.diapason.volume.DataException;

/**
 * The fields of a MetaImage header by name, each with its line.
 *
 * @param head the lines
 * @param fields field names in lower case, and their values
 * @param places the line of each field
 */
record MetaHeader(TextHead head, Map<String, String> fields, Map<String, Integer> places) {
    private static final String DATA = "elementdatafile";

    static MetaHeader read(Path path) {
        TextHead head = TextHead.read(path, line -> field(line).equals(DATA) && !isList(line));
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        List<String> lines = head.lines();
        for (int n = 0; n < lines.size() && !fields.containsKey(DATA); n++) {
            String line = lines.get(n);
            if (line.isBlank()) {
                continue;
            }
            int equal = line.indexOf('=');
            if (equal < 1) {
                throw head.bad(
                        n + 1,
                        "expected \"Field = value\": this is not a MetaImage file, or it is"
                                + " broken.");
            }
            String field = field(line);
            if (places.put(field, n + 1) != null) {
                throw head.bad(n + 1, "\"" + field + "\" is there twice. Remove one.");
            }
            fields.put(field, line.substring(equal + 1).strip());
        }
        MetaHeader header = new MetaHeader(head, fields, places);
        String type = header.text("objecttype", "Image");
        if (!type.equalsIgnoreCase("Image")) {
            throw header.bad("objecttype", "ObjectType is \"" + type + "\", an Image is needed.");
        }
        return header;
    }

    private static String field(String line) {
        int equal = line.indexOf('=');
        return equal < 0 ? "" : line.substring(0, equal).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isList(String line) {
        return line.substring(line.indexOf('=') + 1).strip().startsWith("LIST");
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String text(String field, String otherwise) {
        return fields.getOrDefault(field, otherwise);
    }

    DataException bad(String field, String what) {
        return head.bad(places.getOrDefault(field, 1), what);
    }

    private String needed(String field, String name) {
        if (!has(field)) {
            throw new DataException(
                    head.file() + ": the header has no " + name + ". Write the image again.");
        }
        return fields.get(field);
    }

    boolean isTrue(String field) {
        String text = text(field, "False").toLowerCase(Locale.ROOT);
        return text.startsWith("t") || text.equals("1") || text.startsWith("y");
    }

    long whole(String field, long otherwise) {
        return has(field) ? whole(field, fields.get(field)) : otherwise;
    }

    private long whole(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw bad(field, "\"" + text + "\" is not a whole number.");
        }
    }

    /** Returns numbers of the first of the fields that is there, null where none is. */
    double[] reals(int count, String... names) {
        for (String field : names) {
            if (!has(field)) {
                continue;
            }
            String[] words = fields.get(field).split("\\s+");
            double[] reals = new double[words.length];
            if (words.length != count) {
                throw bad(field, "found " + words.length + " numbers, " + count + " are needed.");
            }
            for (int n = 0; n < words.length; n++) {
                try {
                    reals[n] = Double.parseDouble(words[n]);
                } catch (NumberFormatException e) {
                    throw bad(field, "\"" + words[n] + "\" is not a number.");
                }
            }
            return reals;
        }
        return null;
    }

    /** Returns the sizes of all axes, the fastest first. */
    int[] sizes() {
        long axes = whole("ndims", needed("ndims", "NDims"));
        String[] words = needed("dimsize", "DimSize").split("\\s+");
        if (axes < 1 || axes > 4 || words.length != axes) {
            throw bad(
                    "dimsize",
                    "NDims is "
                            + axes
                            + " and DimSize has "
                            + words.length
                            + " numbers; 1 to 4 axes are read.");
        }
        int[] sizes = new int[words.length];
        for (int a = 0; a < sizes.length; a++) {
            long n = whole("dimsize", words[a]);
            if (n < 1 || n > Integer.MAX_VALUE - 8) {
                throw bad("dimsize", "axis " + (a + 1) + " has " + n + " voxels.");
            }
            sizes[a] = (int) n;
        }
        return sizes;
    }

    SampleType type() {
        String type = needed("elementtype", "ElementType").toUpperCase(Locale.ROOT);
        return switch (type.endsWith("_ARRAY") ? type.substring(0, type.length() - 6) : type) {
            case "MET_CHAR" -> SampleType.INT8;
            case "MET_UCHAR" -> SampleType.UINT8;
            case "MET_SHORT" -> SampleType.INT16;
            case "MET_USHORT" -> SampleType.UINT16;
            // 4 bytes on every machine, whatever its C says (metaTypes.h)
            case "MET_INT", "MET_LONG" -> SampleType.INT32;
            case "MET_UINT", "MET_ULONG" -> SampleType.UINT32;
            case "MET_LONG_LONG" -> SampleType.INT64;
            case "MET_ULONG_LONG" -> SampleType.UINT64;
            case "MET_FLOAT" -> SampleType.FLOAT32;
            case "MET_DOUBLE" -> SampleType.FLOAT64;
            default ->
                    throw bad(
                            "elementtype",
                            "ElementType "
                                    + type
                                    + " is not read; integers of 8 to 64 bits, MET_FLOAT and"
                                    + " MET_DOUBLE are.");
        };
    }

    ByteOrder order() {
        String field =
                has("elementbyteordermsb") ? "elementbyteordermsb" : "binarydatabyteordermsb";
        return isTrue(field) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Returns where the numbers lie. */
    DataFiles data(Path path) {
        boolean packed = isTrue("compresseddata");
        boolean text = has("binarydata") && !isTrue("binarydata");
        DataFiles.Packing packing =
                text
                        ? DataFiles.Packing.TEXT
                        : packed ? DataFiles.Packing.ZLIB : DataFiles.Packing.RAW;
        String value = needed(DATA, "ElementDataFile");
        if (value.equalsIgnoreCase("LOCAL")) {
            return new DataFiles(List.of(path), packing, head.bytes(), 0, 0);
        }
        long skip = whole("headersize", 0);
        if (skip < -1 || skip > 1 << 26 || skip == -1 && packing != DataFiles.Packing.RAW) {
            throw bad(
                    "headersize",
                    "HeaderSize is "
                            + skip
                            + "; 0 to 67108864 is read, and -1 (the end of the file) of raw data.");
        }
        long offset = Math.max(0, skip);
        return new DataFiles(files(path, value), packing, offset, 0, Math.min(0, skip));
    }

    private List<Path> files(Path path, String value) {
        int line = places.get(DATA);
        String[] words = value.split("\\s+");
        if (words[0].equals("LIST")) {
            List<Path> files = new ArrayList<>();
            for (String name : head.lines().subList(line, head.lines().size())) {
                if (!name.isBlank()) {
                    files.add(DataFiles.beside(path, name.strip(), head.place(line)));
                }
            }
            if (files.isEmpty()) {
                throw bad(DATA, "LIST is followed by no file.");
            }
            return files;
        }
        if (words.length == 4 && words[0].contains("%")) {
            return DataFiles.numbered(
                    path,
                    words[0],
                    whole(DATA, words[1]),
                    whole(DATA, words[2]),
                    whole(DATA, words[3]),
                    head.place(line));
        }
        return List.of(DataFiles.beside(path, value, head.place(line)));
    }
}
