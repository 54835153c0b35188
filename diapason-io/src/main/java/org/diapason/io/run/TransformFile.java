package org.diapason.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.io.InputFile;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/** The one place where runs and commands write and read transforms. */
public final class TransformFile {
    private TransformFile() {}

    private record Form(String type, Numbers matrix) {}

    /** Writes a transform, fixed mm to moving mm (LPS). */
    public static void write(Path file, Transform found) throws IOException {
        if (!(found instanceof Affine affine)) {
            throw new IllegalArgumentException(
                    InputFile.name(file) + ": only linear transforms can be written as JSON.");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "affine");
        fields.put("matrix", affine.matrix());
        Files.writeString(file, Json.text(fields));
    }

    /**
     * Reads a transform, fixed mm to moving mm (LPS).
     *
     * @throws DataException if the file holds none
     */
    public static Transform read(Path file) {
        try {
            return new Affine(Settings.read(Form.class, Json.read(file)).matrix());
        } catch (IllegalArgumentException e) {
            throw new DataException(InputFile.name(file) + ": " + e.getMessage(), e);
        }
    }
}
