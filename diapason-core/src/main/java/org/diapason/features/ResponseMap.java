package org.diapason.features;

import org.diapason.features.filter.Filter;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Response maps of images that have voxels without a value, such as CT around its round field. */
final class ResponseMap {
    private ResponseMap() {}

    /**
     * Returns the response of a filter, NaN where the image has no finite value.
     *
     * <p>A filter needs a value at every voxel. Where there is none it is given the lowest of the
     * image (air around a body, as for the cubic B-spline); how many is noted under {@code start}
     * and warned of, since responses within the filter's reach depend on it.
     *
     * @throws DataException if no voxel has a value
     */
    static float[] of(Filter filter, Volume volume, String who, String start, Trace trace) {
        float[] values = volume.values();
        float lowest = Float.POSITIVE_INFINITY;
        int gaps = 0;
        for (float v : values) {
            boolean finite = Float.isFinite(v);
            gaps += finite ? 0 : 1;
            lowest = finite && v < lowest ? v : lowest;
        }
        if (gaps == 0) {
            return filter.respond(volume.geometry(), values);
        }
        if (gaps == values.length) {
            throw new DataException(who + ": no voxel has a value. Leave this exam out.");
        }
        float[] filled = values.clone();
        for (int v = 0; v < filled.length; v++) {
            filled[v] = Float.isFinite(filled[v]) ? filled[v] : lowest;
        }
        float[] response = filter.respond(volume.geometry(), filled);
        for (int v = 0; v < response.length; v++) {
            response[v] = Float.isFinite(values[v]) ? response[v] : Float.NaN;
        }
        trace.note(start + "filled", gaps);
        trace.note(start + "filledWith", lowest);
        trace.warn(
                who
                        + ": "
                        + gaps
                        + " of "
                        + values.length
                        + " voxels have no value and were given the lowest, "
                        + Numbers.fixed(lowest, 2)
                        + ", for the filter "
                        + filter.label()
                        + "; responses within its reach of them depend on that.");
        return response;
    }
}
