package org.diapason.app.report;

import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * An image of a run that was registered to another, all on one grid, to be drawn.
 *
 * @param title which exam, which images
 * @param words the verdict of its certificate
 * @param lengths what both images count in
 * @param fixed the image that stayed
 * @param before the moving image where the files' headers put it
 * @param after the moving image where it was found to lie
 * @param transform what was found
 */
public record RegisteredPair(
        String title,
        String words,
        Lengths lengths,
        Volume fixed,
        Volume before,
        Volume after,
        Transform transform) {}
