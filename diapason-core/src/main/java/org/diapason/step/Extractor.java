package org.diapason.step;

import java.util.List;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;

/** Turns an exam into rows of features: the one place where images become rows. */
public interface Extractor {

    /** Returns one row per region; an undefined feature is NaN. */
    FeatureTable apply(Exam exam, Trace trace);

    /** Returns the name of the image it measures. */
    String image();

    /** Returns the name of the mask it measures in. */
    String mask();

    /** Returns what each column means, in the order of the columns. */
    List<FeatureInfo> dictionary();
}
