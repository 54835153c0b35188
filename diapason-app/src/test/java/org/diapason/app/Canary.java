package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A name, an identifier and a date that nothing else contains, planted into every representation of
 * a DICOM file at every depth, and looked for in everything that comes out.
 */
final class Canary {
    static final String NAME = "Kanarienvogel^Zita";
    static final String ID = "KNRV-77120943";
    static final String DATE = "19370519";
    private static final List<String> TRACES =
            List.of("kanarienvogel", "zita", "knrv", "77120943", "19370519", "1937-05-19");

    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final List<String> EVERY_VR =
            List.of(
                    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB",
                    "OD", "OF", "OL", "OV", "OW", "PN", "SH", "SL", "SS", "ST", "SV", "TM", "UC",
                    "UI", "UL", "UN", "UR", "US", "UT", "UV");

    /** Where names, identifiers and dates stand in real files, in the order of PS3.6. */
    private static final Map<Integer, String> STANDARD =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(0x00080014, "UI 1.2.77120943"),
                            Map.entry(0x00080020, "DA " + DATE),
                            Map.entry(0x00080030, "TM " + NAME),
                            Map.entry(0x00080050, "SH " + ID),
                            Map.entry(0x00080080, "LO Praxis Kanarienvogel"),
                            Map.entry(0x00080081, "ST Zita Street 1"),
                            Map.entry(0x00080090, "PN " + NAME),
                            Map.entry(0x00080092, "ST " + NAME),
                            Map.entry(0x00080119, "UC " + NAME),
                            Map.entry(0x00080120, "UR http://" + ID),
                            Map.entry(0x00081030, "LO CT of Zita"),
                            Map.entry(0x0008103E, "LO Kanarienvogel follow-up"),
                            Map.entry(0x00081070, "PN " + NAME),
                            Map.entry(0x00082111, "ST made for " + NAME),
                            Map.entry(0x00100010, "PN " + NAME),
                            Map.entry(0x00100020, "LO " + ID),
                            Map.entry(0x00100030, "DA " + DATE),
                            Map.entry(0x00101000, "LO " + ID),
                            Map.entry(0x00101001, "PN " + NAME),
                            Map.entry(0x00101010, "AS " + NAME),
                            Map.entry(0x00101040, "LO Zita Street 1"),
                            Map.entry(0x001021B0, "LT " + NAME + " fell"),
                            Map.entry(0x00104000, "LT " + NAME),
                            Map.entry(0x00180015, "CS KANARIENVOGEL"),
                            Map.entry(0x00181000, "LO " + ID),
                            Map.entry(0x00181030, "LO Zita protocol"),
                            Map.entry(0x00181200, "DA " + DATE),
                            Map.entry(0x00200010, "SH " + ID),
                            Map.entry(0x00201002, "IS 77120943"),
                            Map.entry(0x00204000, "LT " + NAME),
                            Map.entry(0x00281090, "CS " + NAME),
                            Map.entry(0x00282000, "OB " + NAME),
                            Map.entry(0x00321060, "LO for Zita"),
                            Map.entry(0x0040A123, "PN " + NAME),
                            Map.entry(0x0040A160, "UT " + NAME),
                            Map.entry(0x0040A13A, "DT " + DATE + "120000"),
                            Map.entry(0x50003000, "OW " + NAME),
                            Map.entry(0x60000022, "LO " + NAME),
                            Map.entry(0x60003000, "OW " + NAME)));

    /** Sequences that readers of images, SUV and history look into, and one of nobody. */
    private static final int[] SEQUENCES = {
        0x00081140, 0x00082112, 0x00081111, 0x00101002, 0x00400275, 0x0040A730, 0x00540016
    };

    private static final int DEPTH = 6;

    private Canary() {}

    /** Plants into a file of explicit VR little endian; what reading needs stays as it is. */
    static void plant(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        // preamble and meta group: names there too
        byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, all, 0, name.length);
        in.position(132 + 8);
        int metaLength = in.getInt();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(all, 0, 132);
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        meta.write(all, 144, metaLength);
        element(meta, 0x00020016, "AE", ID.getBytes(StandardCharsets.US_ASCII));
        element(out, 0x00020000, "UL", little(4, meta.size()));
        meta.writeTo(out);
        in.position(144 + metaLength);
        SortedMap<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);
        while (in.hasRemaining()) {
            int start = in.position();
            int tag = (in.getShort() & 0xFFFF) << 16 | in.getShort() & 0xFFFF;
            String vr = "" + (char) in.get() + (char) in.get();
            int length = LONG.contains(vr) ? in.getInt(in.position() + 2) : in.getShort() & 0xFFFF;
            in.position(in.position() + (LONG.contains(vr) ? 6 : 0) + length);
            elements.put(tag, java.util.Arrays.copyOfRange(all, start, in.position()));
        }
        planted(DEPTH).forEach(elements::put);
        for (byte[] element : elements.values()) {
            out.write(element);
        }
        Files.write(file, out.toByteArray());
    }

    private static SortedMap<Integer, byte[]> planted(int depth) throws IOException {
        SortedMap<Integer, byte[]> planted = new TreeMap<>(Integer::compareUnsigned);
        STANDARD.forEach(
                (tag, text) -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    byte[] value = text.substring(3).getBytes(StandardCharsets.US_ASCII);
                    element(out, tag, text.substring(0, 2), value);
                    planted.put(tag, out.toByteArray());
                });
        put(planted, 0x00190010, "LO", NAME.getBytes(StandardCharsets.US_ASCII));
        for (int n = 0; n < EVERY_VR.size(); n++) {
            byte[] value = (NAME + " " + ID + " ").getBytes(StandardCharsets.US_ASCII);
            put(planted, 0x00191000 + n, EVERY_VR.get(n), value);
        }
        if (depth > 0) {
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            for (byte[] element : planted(depth - 1).values()) {
                item.write(element);
            }
            byte[] inside = item.toByteArray();
            int[] sequences = depth == DEPTH ? SEQUENCES : new int[] {0x00081140};
            for (int tag : sequences) {
                put(planted, tag, "SQ", item(inside, tag == 0x00540016));
            }
            put(planted, 0x00191100, "SQ", item(inside, false));
        }
        return planted;
    }

    /** Returns one item, of undefined length if asked for. */
    private static byte[] item(byte[] inside, boolean open) {
        ByteArrayOutputStream item = new ByteArrayOutputStream();
        item.writeBytes(little(4, 0xE000FFFE));
        item.writeBytes(little(4, open ? -1 : inside.length));
        item.writeBytes(inside);
        if (open) {
            item.writeBytes(little(4, 0xE00DFFFE));
            item.writeBytes(little(4, 0));
        }
        return item.toByteArray();
    }

    private static void put(Map<Integer, byte[]> into, int tag, String vr, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        element(out, tag, vr, value);
        into.put(tag, out.toByteArray());
    }

    private static void element(ByteArrayOutputStream out, int tag, String vr, byte[] value) {
        byte[] even =
                value.length % 2 == 0 ? value : java.util.Arrays.copyOf(value, value.length + 1);
        if (even.length > value.length) {
            even[value.length] = ' ';
        }
        out.writeBytes(little(2, tag >>> 16));
        out.writeBytes(little(2, tag));
        out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        if (LONG.contains(vr)) {
            out.writeBytes(new byte[2]);
            out.writeBytes(little(4, even.length));
        } else {
            out.writeBytes(little(2, even.length));
        }
        out.writeBytes(even);
    }

    private static byte[] little(int bytes, int value) {
        byte[] little = new byte[bytes];
        for (int b = 0; b < bytes; b++) {
            little[b] = (byte) (value >>> 8 * b);
        }
        return little;
    }

    /** Says which traces of the patient a text holds. */
    static List<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return TRACES.stream().filter(lower::contains).toList();
    }

    /** Asserts that neither names nor contents of the files of a folder hold a trace. */
    static int assertAbsent(Path folder) throws IOException {
        int files = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                assertAbsent(folder.relativize(file) + "", folder.relativize(file) + "");
                byte[] bytes = Files.readAllBytes(file);
                assertAbsent(file + "", new String(bytes, StandardCharsets.ISO_8859_1));
                if (file.toString().endsWith(".gz")) {
                    try (GZIPInputStream in =
                            new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                        byte[] plain = in.readAllBytes();
                        assertAbsent(file + "", new String(plain, StandardCharsets.ISO_8859_1));
                    }
                }
                files++;
            }
        }
        return files;
    }

    /** Asserts that a text holds no trace. */
    static void assertAbsent(String where, String text) {
        List<String> found = in(text);
        assertTrue(found.isEmpty(), () -> where + " holds " + found + ": " + near(text, found));
    }

    private static String near(String text, List<String> found) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(found.get(0));
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 60));
    }
}
