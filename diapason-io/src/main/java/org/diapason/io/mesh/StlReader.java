package org.diapason.io.mesh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.surface.Mesh;
import org.diapason.surface.Weld;
import org.diapason.volume.DataException;

/**
 * Reads STL. A file is binary where its size is that of the triangles it counts, whatever its
 * header begins with: programs write "solid" there too; otherwise text where it begins with that
 * word and no byte of it is 0. Normals in the file are not used.
 */
final class StlReader {
    static final int HEAD = 84;
    static final int RECORD = 50;
    private static final int AT_ONCE = 1 << 12;

    /** The mark of UTF-8, as bytes. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    /** Bytes a triangle takes while it is read: corners, half a point and its place in a table. */
    private static final double MEMORY = 60;

    private final String name;
    private final Weld weld = new Weld();
    private final MeshBuilder builder;
    private final List<String> notes = new ArrayList<>();

    private StlReader(Path path) {
        name = InputFile.name(path);
        builder = new MeshBuilder(name);
    }

    static MeshFile read(Path path) {
        StlReader reader = new StlReader(path);
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            byte[] head = in.readNBytes(HEAD);
            long count = head.length < HEAD ? -1 : Integer.toUnsignedLong(count(head));
            boolean fits = size == HEAD + RECORD * count;
            if (!fits && says(head)) {
                try (InputStream again = Files.newInputStream(path)) {
                    reader.text(new Words(path, again, 1));
                }
                return reader.done("ASCII STL");
            }
            reader.binary(in, size, count);
            return reader.done("binary STL");
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    private static int count(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(80);
    }

    /** Says whether text of the format can begin so; the count of a binary file has zeros. */
    private static boolean says(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String begin = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        return begin.stripLeading().toLowerCase(Locale.ROOT).startsWith("solid")
                && text.indexOf(0) < 0;
    }

    private MeshFile done(String kind) {
        if (builder.triangles() == 0) {
            throw new DataException(name + ": holds no triangle.");
        }
        int[] triangles = new int[3 * builder.triangles()];
        for (int c = 0; c < triangles.length; c++) {
            triangles[c] = builder.corner(c);
        }
        return new MeshFile(Mesh.of(weld.points(), triangles), kind, notes);
    }

    private void binary(InputStream in, long size, long count) throws IOException {
        if (count < 0) {
            throw new DataException(
                    name
                            + ": has "
                            + size
                            + " bytes, and an STL file begins with "
                            + HEAD
                            + ". It is truncated or no STL.");
        }
        long needed = HEAD + RECORD * count;
        if (size < needed) {
            throw new DataException(
                    name
                            + ", byte "
                            + size
                            + ": the header counts "
                            + count
                            + " triangles, which take "
                            + needed
                            + " bytes: it is truncated, or no STL. Copy it again.");
        }
        if (size > needed) {
            notes.add(
                    (size - needed)
                            + " bytes stand behind the "
                            + count
                            + " triangles that the header counts; they were left out.");
        }
        Room.need(name, count * MEMORY);
        ByteBuffer records = ByteBuffer.allocate(RECORD * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        for (long done = 0; done < count; ) {
            int many = (int) Math.min(AT_ONCE, count - done);
            if (in.readNBytes(records.array(), 0, RECORD * many) < RECORD * many) {
                throw new EOFException();
            }
            for (int n = 0; n < many; n++) {
                triangle(records, RECORD * n + 12, done + n + 1);
            }
            done += many;
        }
    }

    private void triangle(ByteBuffer records, int at, long number) {
        int a = point(records, at, number);
        int b = point(records, at + 12, number);
        builder.triangle(a, b, point(records, at + 24, number));
    }

    private int point(ByteBuffer records, int at, long number) {
        float x = records.getFloat(at);
        float y = records.getFloat(at + 4);
        float z = records.getFloat(at + 8);
        if (!Float.isFinite(x) || !Float.isFinite(y) || !Float.isFinite(z)) {
            throw new DataException(
                    name
                            + ", triangle "
                            + number
                            + ": a coordinate is not a finite number: the file is broken.");
        }
        return weld.add(x, y, z);
    }

    private void text(Words words) {
        words.expect("solid");
        words.nextLine();
        int[] corner = new int[3];
        int solids = 1;
        String next = words.keyword();
        while (next != null) {
            switch (next) {
                case "facet" -> {
                    words.expect("normal");
                    for (int n = 0; n < 3; n++) {
                        words.needed();
                    }
                    words.expect("outer");
                    words.expect("loop");
                    for (int n = 0; n < 3; n++) {
                        words.expect("vertex");
                        corner[n] = weld.add(words.number(), words.number(), words.number());
                    }
                    words.expect("endloop");
                    words.expect("endfacet");
                    Room.need(name, builder.triangles() * MEMORY);
                    builder.triangle(corner[0], corner[1], corner[2]);
                    next = words.keyword();
                }
                case "endsolid" -> {
                    words.nextLine();
                    String more = words.word();
                    next = more == null ? null : more.toLowerCase(Locale.ROOT);
                }
                case "solid" -> {
                    solids++;
                    words.nextLine();
                    next = words.keyword();
                }
                default ->
                        throw words.bad(
                                "expected \"facet\" or \"endsolid\". It is broken, or no STL.");
            }
        }
        if (solids > 1) {
            notes.add("The file holds " + solids + " solids; they were read as one mesh.");
        }
    }
}
