package org.diapason.app;

import java.nio.file.Path;
import org.diapason.io.transform.Transforms;
import org.diapason.volume.Affine;
import org.diapason.volume.Transform;

/** A transform as commands are told it: a file, or a word. */
final class NamedTransform {
    /** Both images lie where their files say: one scanner session, one frame. */
    static final String IDENTITY = "identity";

    private NamedTransform() {}

    /** Returns what the file holds, or the transform that moves nothing. */
    static Transform read(Path file) {
        return isIdentity(file) ? Affine.IDENTITY : Transforms.read(file);
    }

    static boolean isIdentity(Path file) {
        return file.toString().equals(IDENTITY);
    }
}
