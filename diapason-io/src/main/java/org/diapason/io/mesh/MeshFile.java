package org.diapason.io.mesh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.surface.Mesh;
import org.diapason.volume.DataException;

/**
 * A surface as its file has it.
 *
 * @param mesh points in the file's coordinates; 3MF in mm, the others without a unit, by custom mm
 * @param kind the format in words, {@code binary STL}
 * @param notes what the user must know of how it was read, in whole sentences
 */
public record MeshFile(Mesh mesh, String kind, List<String> notes) {

    public MeshFile {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a surface. Polygons of more than three corners are cut into fans from their first.
     *
     * <p>STL has no common points: those equal in every coordinate become one, those that only lie
     * close stay two. The other formats keep their points as they are.
     *
     * @throws IllegalArgumentException if the end of the name is none that is read
     * @throws DataException if the file is missing, broken or holds no triangle
     */
    public static MeshFile read(Path path) {
        MeshFormat format = MeshFormat.of(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(InputFile.name(path) + ": there is no such file.");
        }
        return switch (format) {
            case STL -> StlReader.read(path);
            case OBJ -> ObjFile.read(path);
            case PLY -> PlyReader.read(path);
            case THREE_MF -> ThreeMfReader.read(path);
        };
    }

    /**
     * Writes a surface in the format that the end of the name says: coordinates as floats in STL,
     * without loss in the others; whole or not at all, the same bytes for the same mesh.
     *
     * @param text whether STL and PLY are written as text
     * @param about one line that says what the coordinates are; ASCII, kept as a comment, in binary
     *     STL its first 80 letters
     * @throws IllegalArgumentException if no format has that end, or {@code about} is no such line
     * @throws DataException if the file cannot be written, or has too many triangles
     */
    public static void write(Path path, Mesh mesh, boolean text, String about) {
        MeshFormat format = MeshFormat.of(path);
        if (!about.matches("[ -~]*")) {
            throw new IllegalArgumentException("about must be one line of ASCII");
        }
        try {
            switch (format) {
                case STL -> StlWriter.write(path, mesh, text, about);
                case OBJ -> ObjFile.write(path, mesh, about);
                case PLY -> PlyWriter.write(path, mesh, text, about);
                case THREE_MF -> ThreeMfWriter.write(path, mesh, about);
            }
        } catch (java.io.IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }
}
