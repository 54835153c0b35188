package org.diapason.io.mesh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.step.Spelling;

/** The formats of surfaces, known by the end of the name. */
public enum MeshFormat {
    STL("STL", ".stl"),
    OBJ("OBJ", ".obj"),
    PLY("PLY", ".ply"),
    THREE_MF("3MF", ".3mf");

    private final String label;
    private final String end;

    MeshFormat(String label, String end) {
        this.label = label;
        this.end = end;
    }

    /** Returns the word for people: {@code STL}, {@code 3MF}, … */
    public String label() {
        return label;
    }

    /** Says whether a file may be text or binary. */
    public boolean eitherWay() {
        return this == STL || this == PLY;
    }

    static Optional<MeshFormat> known(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        for (MeshFormat format : values()) {
            if (name.endsWith(format.end)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the format of a name.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest ending
     */
    public static MeshFormat of(Path path) {
        Optional<MeshFormat> known = known(path);
        if (known.isPresent()) {
            return known.get();
        }
        String name = InputFile.name(path);
        int dot = name.lastIndexOf('.');
        String end = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        List<String> ends = new ArrayList<>();
        for (MeshFormat format : values()) {
            ends.add(format.end);
        }
        throw new IllegalArgumentException(
                name
                        + ": surfaces are not files of "
                        + (end.isEmpty() ? "a name without an ending" : "\"" + end + "\"")
                        + "; "
                        + Spelling.hint(end, ends));
    }
}
