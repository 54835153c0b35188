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
import org.diapason.math.Parallel;
import org.diapason.surface.Mesh;

/** Writes STL: binary of 84 + 50 n bytes, or text. Normals are those of the rounded corners. */
final class StlWriter {
    private static final int BLOCK = 1 << 12;
    private static final int BLOCKS = 16;
    private static final double NORMAL_DIGITS = 1e6;

    private StlWriter() {}

    static void write(Path path, Mesh mesh, boolean text, String about) throws IOException {
        WholeFile.write(
                path,
                out -> {
                    if (text) {
                        text(mesh, about, out);
                    } else {
                        binary(mesh, about, out);
                    }
                });
    }

    private static void binary(Mesh mesh, String about, OutputStream out) throws IOException {
        int count = mesh.triangles().length / 3;
        ByteBuffer head = ByteBuffer.allocate(StlReader.HEAD).order(ByteOrder.LITTLE_ENDIAN);
        byte[] line = about.getBytes(StandardCharsets.US_ASCII);
        head.put(line, 0, Math.min(80, line.length));
        head.putInt(80, count);
        out.write(head.array());
        byte[] bytes = new byte[StlReader.RECORD * (int) Math.min(count, (long) BLOCK * BLOCKS)];
        for (long first = 0; first < count; first += (long) BLOCK * BLOCKS) {
            int from = (int) first;
            int many = (int) Math.min((long) BLOCK * BLOCKS, count - first);
            Parallel.forEach(
                    (many + BLOCK - 1) / BLOCK,
                    b -> {
                        int at = b * BLOCK;
                        int n = Math.min(BLOCK, many - at);
                        ByteBuffer part = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                        records(mesh, from + at, n, part, StlReader.RECORD * at);
                    });
            out.write(bytes, 0, StlReader.RECORD * many);
        }
    }

    private static void records(Mesh mesh, int from, int many, ByteBuffer out, int at) {
        double[] p = mesh.points();
        int[] t = mesh.triangles();
        float[] c = new float[12];
        for (int f = 0; f < many; f++) {
            corners(p, t, from + f, c);
            int to = at + StlReader.RECORD * f;
            for (int n = 0; n < 12; n++) {
                out.putFloat(to + 4 * n, c[n]);
            }
            out.putShort(to + 48, (short) 0);
        }
    }

    /** Fills in the normal and the three corners of a triangle. */
    private static void corners(double[] p, int[] t, int f, float[] c) {
        for (int n = 0; n < 3; n++) {
            int at = 3 * t[3 * f + n];
            c[3 + 3 * n] = (float) p[at];
            c[4 + 3 * n] = (float) p[at + 1];
            c[5 + 3 * n] = (float) p[at + 2];
        }
        double ux = (double) c[6] - c[3];
        double uy = (double) c[7] - c[4];
        double uz = (double) c[8] - c[5];
        double vx = (double) c[9] - c[3];
        double vy = (double) c[10] - c[4];
        double vz = (double) c[11] - c[5];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double size = Math.sqrt(x * x + y * y + z * z);
        double by = size > 0 ? 1 / size : 0;
        c[0] = (float) (by * x);
        c[1] = (float) (by * y);
        c[2] = (float) (by * z);
    }

    private static void text(Mesh mesh, String about, OutputStream out) throws IOException {
        Writer to =
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), 1 << 16);
        to.write("solid " + about + "\n");
        float[] c = new float[12];
        for (int f = 0; f < mesh.triangles().length / 3; f++) {
            corners(mesh.points(), mesh.triangles(), f, c);
            to.write("facet normal");
            for (int n = 0; n < 3; n++) {
                to.write(" " + Text.of(Math.rint(c[n] * NORMAL_DIGITS) / NORMAL_DIGITS + 0.0));
            }
            to.write("\nouter loop\n");
            for (int n = 3; n < 12; n += 3) {
                to.write("vertex " + Text.of(c[n]) + " " + Text.of(c[n + 1]) + " ");
                to.write(Text.of(c[n + 2]) + "\n");
            }
            to.write("endloop\nendfacet\n");
        }
        to.write("endsolid " + about + "\n");
        to.flush();
    }
}
