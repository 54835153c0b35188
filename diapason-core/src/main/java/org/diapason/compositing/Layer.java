package org.diapason.compositing;

import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/**
 * An image that lies on another one's grid.
 *
 * @param volume its values
 * @param i where its first voxel lies on that grid, which may be outside of it; so j, k
 */
public record Layer(Volume volume, int i, int j, int k) {

    /** Returns an image whose first voxel is that of the other. */
    public static Layer of(Volume volume) {
        return new Layer(volume, 0, 0, 0);
    }

    /** Says whether a voxel of the other grid lies on this image. */
    boolean covers(Geometry other, int voxel) {
        Geometry g = volume.geometry();
        int x = voxel % other.ni() - i;
        int y = voxel / other.ni() % other.nj() - j;
        int z = voxel / (other.ni() * other.nj()) - k;
        return x >= 0 && x < g.ni() && y >= 0 && y < g.nj() && z >= 0 && z < g.nk();
    }
}
