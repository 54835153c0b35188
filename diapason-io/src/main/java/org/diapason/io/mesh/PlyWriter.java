package org.diapason.io.mesh;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.surface.Mesh;

/**
 * Writes PLY, little endian or text. Coordinates are floats where every one is a float, else
 * doubles: nothing is lost.
 */
final class PlyWriter {
    private static final int AT_ONCE = 1 << 12;

    private PlyWriter() {}

    static void write(Path path, Mesh mesh, boolean text, String about) throws IOException {
        boolean floats = true;
        for (double x : mesh.points()) {
            floats &= (float) x == x;
        }
        boolean small = floats;
        WholeFile.write(
                path,
                out -> {
                    out.write(head(mesh, text, small, about).getBytes(StandardCharsets.US_ASCII));
                    if (text) {
                        text(mesh, out);
                    } else {
                        points(mesh.points(), small, out);
                        faces(mesh.triangles(), out);
                    }
                });
    }

    private static String head(Mesh mesh, boolean text, boolean floats, String about) {
        String type = floats ? "float" : "double";
        return "ply\nformat "
                + (text ? "ascii" : "binary_little_endian")
                + " 1.0\ncomment "
                + about
                + "\nelement vertex "
                + mesh.points().length / 3
                + "\nproperty "
                + type
                + " x\nproperty "
                + type
                + " y\nproperty "
                + type
                + " z\nelement face "
                + mesh.triangles().length / 3
                + "\nproperty list uchar int vertex_indices\nend_header\n";
    }

    private static void text(Mesh mesh, OutputStream out) throws IOException {
        Writer to =
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), 1 << 16);
        double[] p = mesh.points();
        for (int n = 0; n < p.length; n += 3) {
            to.write(Text.of(p[n]) + " " + Text.of(p[n + 1]) + " " + Text.of(p[n + 2]) + "\n");
        }
        int[] t = mesh.triangles();
        for (int n = 0; n < t.length; n += 3) {
            to.write("3 " + t[n] + " " + t[n + 1] + " " + t[n + 2] + "\n");
        }
        to.flush();
    }

    private static void points(double[] points, boolean floats, OutputStream out)
            throws IOException {
        ByteBuffer part = ByteBuffer.allocate(24 * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < points.length; n++) {
            if (floats) {
                part.putFloat((float) points[n]);
            } else {
                part.putDouble(points[n]);
            }
            if (part.remaining() < 8 || n + 1 == points.length) {
                out.write(part.array(), 0, part.position());
                part.clear();
            }
        }
    }

    private static void faces(int[] triangles, OutputStream out) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(13 * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < triangles.length; t += 3) {
            part.put((byte) 3);
            part.putInt(triangles[t]).putInt(triangles[t + 1]).putInt(triangles[t + 2]);
            if (!part.hasRemaining() || t + 3 == triangles.length) {
                out.write(part.array(), 0, part.position());
                part.clear();
            }
        }
    }
}
