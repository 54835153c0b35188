package org.diapason.compositing;

import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;

/**
 * The differences of the source where an edge lies, none elsewhere: texture flattening (Pérez,
 * equations 14 and 15). An edge lies between two pixels if either is one of its pixels. The paper
 * takes target and source to be the same image.
 *
 * @param edges on the grid of the target
 */
public record Flatten(Mask edges) implements Guidance {
    @Override
    public Field over(Patch patch) {
        if (!edges.geometry().isClose(patch.whole(), Blend.SAME_GRID_VOXELS)) {
            throw new RefusedException(
                    "the edges lie on another grid than the target. Draw them on the target's.");
        }
        boolean[] edge = patch.cut(edges.voxels());
        return (p, q, n, v) -> {
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, n, v[c]);
                for (int m = 0; m < n; m++) {
                    v[c][m] = edge[p + m] || edge[q + m] ? v[c][m] : 0;
                }
            }
        };
    }
}
