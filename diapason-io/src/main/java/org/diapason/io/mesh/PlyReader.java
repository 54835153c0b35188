package org.diapason.io.mesh;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.surface.Mesh;
import org.diapason.volume.DataException;

/** Points and faces of a PLY file, text or binary of either byte order. */
final class PlyReader {
    private final PlyHead head;
    private final InputStream in;
    private final Words words;
    private final ByteBuffer scalar = ByteBuffer.allocate(8);
    private final MeshBuilder mesh;
    private long item;
    private String element = "";

    private PlyReader(PlyHead head, Path path, InputStream in) {
        this.head = head;
        this.in = in;
        mesh = new MeshBuilder(head.text().file());
        words = new Words(path, in, head.text().lines().size() + 1);
        if (head.order() != null) {
            scalar.order(head.order());
        }
    }

    static MeshFile read(Path path) {
        PlyHead head = PlyHead.read(path);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            requireRoom(head, Files.size(path) - head.text().bytes());
            in.skipNBytes(head.text().bytes());
            Mesh mesh = new PlyReader(head, path, in).mesh();
            String kind = head.order() == null ? "ASCII PLY" : "binary PLY";
            return new MeshFile(mesh, kind, List.of());
        } catch (EOFException e) {
            throw new DataException(
                    InputFile.name(path) + ": ends before its last face. Copy it again.", e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Compares what the header counts with the file before anything is allocated. */
    private static void requireRoom(PlyHead head, long bytes) {
        String name = head.text().file();
        PlyHead.Element vertex = head.needed("vertex");
        PlyHead.Element face = head.needed("face");
        for (String axis : List.of("x", "y", "z")) {
            int place = vertex.place(axis);
            if (place < 0 || vertex.properties().get(place).count() != null) {
                throw new DataException(name + ": its points have no number \"" + axis + "\".");
            }
        }
        if (corners(face) < 0) {
            throw new DataException(name + ": its faces have no list \"vertex_indices\".");
        }
        double needed = 0;
        for (PlyHead.Element e : head.elements()) {
            needed += (double) e.count() * e.least(head.order() == null);
        }
        if (needed > bytes + 1.0) {
            throw new DataException(
                    name
                            + ": the header counts at least "
                            + Math.round(needed)
                            + " bytes of points and faces, the file has "
                            + bytes
                            + ": it is truncated or broken. Copy it again.");
        }
        Room.need(name, 36.0 * vertex.count() + 18.0 * face.count());
    }

    private static int corners(PlyHead.Element face) {
        int place = Math.max(face.place("vertex_indices"), face.place("vertex_index"));
        return place >= 0 && face.properties().get(place).count() != null ? place : -1;
    }

    private Mesh mesh() throws IOException {
        for (PlyHead.Element e : head.elements()) {
            element = e.name();
            int corners = e.name().equals("face") ? corners(e) : -1;
            int[] axes = {-1, -1, -1};
            if (e.name().equals("vertex")) {
                axes = new int[] {e.place("x"), e.place("y"), e.place("z")};
            }
            double[] values = new double[e.properties().size()];
            for (item = 0; item < e.count() && values.length > 0; item++) {
                for (int n = 0; n < values.length; n++) {
                    PlyHead.Property p = e.properties().get(n);
                    if (n == corners) {
                        face(p);
                    } else if (p.count() != null) {
                        for (long left = length(p); left > 0; left--) {
                            next(p.type());
                        }
                    } else {
                        values[n] = next(p.type());
                    }
                }
                if (axes[0] >= 0) {
                    mesh.point(values[axes[0]], values[axes[1]], values[axes[2]]);
                }
            }
        }
        return mesh.build();
    }

    private String where() {
        return head.text().file() + ", " + element + " " + (item + 1);
    }

    private long length(PlyHead.Property p) throws IOException {
        double length = next(p.count());
        if (length < 0 || length != Math.rint(length) || length > Integer.MAX_VALUE) {
            throw new DataException(where() + ": a list of no sound length.");
        }
        return (long) length;
    }

    private void face(PlyHead.Property p) throws IOException {
        long many = length(p);
        if (many < 3) {
            throw new DataException(where() + ": a face of " + many + " corners.");
        }
        int first = corner(p);
        int before = corner(p);
        for (long n = 2; n < many; n++) {
            int now = corner(p);
            mesh.triangle(first, before, now);
            before = now;
        }
    }

    private int corner(PlyHead.Property p) throws IOException {
        double corner = next(p.type());
        if (corner != Math.rint(corner) || corner < 0 || corner > Integer.MAX_VALUE) {
            throw new DataException(where() + ": a corner that is no number of a point.");
        }
        return (int) corner;
    }

    private double next(PlyHead.Type type) throws IOException {
        if (head.order() == null) {
            return words.number();
        }
        if (in.readNBytes(scalar.array(), 0, type.bytes) < type.bytes) {
            throw new EOFException();
        }
        return switch (type) {
            case INT8 -> scalar.get(0);
            case UINT8 -> Byte.toUnsignedInt(scalar.get(0));
            case INT16 -> scalar.getShort(0);
            case UINT16 -> Short.toUnsignedInt(scalar.getShort(0));
            case INT32 -> scalar.getInt(0);
            case UINT32 -> Integer.toUnsignedLong(scalar.getInt(0));
            case FLOAT32 -> scalar.getFloat(0);
            case FLOAT64 -> scalar.getDouble(0);
        };
    }
}
