package org.diapason.phantom;

import org.diapason.volume.Affine;
import org.diapason.volume.Transform;

/**
 * Where the places of a still object go when it moves, and where they came from, in world mm (LPS);
 * exact both ways, so that an object can be drawn after it moved instead of being resampled.
 */
public interface Motion {
    /** Nothing moves. */
    Motion NONE = of(Affine.IDENTITY);

    /** Moves a place of the still object to where it is now. */
    void there(double[] place);

    /** Moves a place to where the still object has what is seen there now. */
    void back(double[] place);

    /** Moves the places of a row of neighbours, as {@link #back(double[])} does. */
    default void back(double[][] row) {
        for (double[] place : row) {
            back(place);
        }
    }

    /** Returns a linear motion. */
    static Motion of(Affine there) {
        return of(there, there.inverse());
    }

    /** Returns the motion of a transform and its exact inverse. */
    static Motion of(Transform there, Transform back) {
        return new Motion() {
            @Override
            public void there(double[] place) {
                there.apply(place);
            }

            @Override
            public void back(double[] place) {
                back.apply(place);
            }
        };
    }

    /** Returns this motion and a linear one after it. */
    default Motion then(Affine next) {
        Affine before = next.inverse();
        Motion first = this;
        return new Motion() {
            @Override
            public void there(double[] place) {
                first.there(place);
                next.apply(place);
            }

            @Override
            public void back(double[] place) {
                before.apply(place);
                first.back(place);
            }

            @Override
            public void back(double[][] row) {
                for (double[] place : row) {
                    before.apply(place);
                }
                first.back(row);
            }
        };
    }
}
