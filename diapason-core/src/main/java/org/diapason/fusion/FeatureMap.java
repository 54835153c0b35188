package org.diapason.fusion;

import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Features of several images fused, all on their grid.
 *
 * @param map how strong the feature is, 0 or more; NaN where an image has no value
 * @param relief the slopes that a watershed climbs: the fused edge strength, of texture the edge
 *     strength of the fused energy; NaN as the map
 * @param contours where the feature draws a line (in volumes: a sheet)
 * @param low from which strength on a voxel may be part of a contour
 * @param high from which strength on a contour is there
 * @param scales by what each image was divided before
 */
public record FeatureMap(
        Volume map, Volume relief, Mask contours, double low, double high, Numbers scales) {}
