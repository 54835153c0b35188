package org.diapason.io.mesh;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.surface.Mesh;

/** Points and faces of Wavefront OBJ; what else is in the file is left out. */
final class ObjFile {
    private static final int MOST_CORNERS = 1 << 20;

    private ObjFile() {}

    static MeshFile read(Path path) {
        MeshBuilder mesh = new MeshBuilder(InputFile.name(path));
        try (InputStream in = Files.newInputStream(path)) {
            Words words = new Words(path, in, 1);
            int[] corners = new int[8];
            do {
                String what = words.inLine();
                if ("v".equals(what)) {
                    double x = words.number(words.inLine());
                    double y = words.number(words.inLine());
                    mesh.point(x, y, words.number(words.inLine()));
                } else if ("f".equals(what)) {
                    int many = 0;
                    String corner = inFace(words);
                    for (; corner != null; corner = inFace(words)) {
                        if (many == MOST_CORNERS) {
                            throw words.bad("a face of more than " + many + " corners.");
                        }
                        if (many == corners.length) {
                            corners = Arrays.copyOf(corners, 2 * many);
                        }
                        corners[many++] = corner(words, corner, mesh.points());
                    }
                    if (many < 3) {
                        throw words.bad("a face of " + many + " corners.");
                    }
                    for (int n = 2; n < many; n++) {
                        mesh.triangle(corners[0], corners[n - 1], corners[n]);
                    }
                }
            } while (words.nextLine());
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
        return new MeshFile(mesh.build(), "OBJ", List.of());
    }

    /** Returns the next corner of a face; one line may go on in the next behind a backslash. */
    private static String inFace(Words words) {
        String next = words.inLine();
        while ("\\".equals(next)) {
            words.nextLine();
            next = words.inLine();
        }
        return next;
    }

    /** Returns a point counted from 0; files count from 1, or back from the last with −1. */
    private static int corner(Words words, String text, int points) {
        int slash = text.indexOf('/');
        double number = words.number(slash < 0 ? text : text.substring(0, slash));
        double point = number < 0 ? points + number : number - 1;
        if (point != Math.rint(point) || point < 0 || point >= points) {
            throw words.bad(
                    "names point "
                            + Text.of(number)
                            + ", and "
                            + points
                            + " were given before. The file is broken.");
        }
        return (int) point;
    }

    static void write(Path path, Mesh mesh, String about) throws IOException {
        WholeFile.write(
                path,
                out -> {
                    Writer to =
                            new BufferedWriter(
                                    new OutputStreamWriter(out, StandardCharsets.US_ASCII),
                                    1 << 16);
                    to.write("# " + about + "\n");
                    double[] p = mesh.points();
                    for (int n = 0; n < p.length; n += 3) {
                        to.write("v " + Text.of(p[n]) + " " + Text.of(p[n + 1]) + " ");
                        to.write(Text.of(p[n + 2]) + "\n");
                    }
                    int[] t = mesh.triangles();
                    for (int n = 0; n < t.length; n += 3) {
                        to.write("f " + (t[n] + 1) + " " + (t[n + 1] + 1) + " ");
                        to.write((t[n + 2] + 1) + "\n");
                    }
                    to.flush();
                });
    }
}
