package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.DataException;

/**
 * One image of a file, which may hold many.
 *
 * @param file where its pixels lie
 * @param index which image of the file it is, from 0
 * @param values what is said of this image: its own functional groups first, then those that all
 *     frames share, then the file
 */
record Frame(DicomFile file, int index, DataSet values) {

    /**
     * Returns the images of a file in the order of the file.
     *
     * @throws DataException if it holds several and does not say where each one lies
     */
    static List<Frame> of(DicomFile file) {
        DataSet all = file.values();
        int frames = all.integer(Keyword.NumberOfFrames, 0, Integer.MAX_VALUE, 1);
        List<DataSet> own = all.items(Keyword.PerFrameFunctionalGroupsSequence);
        if (frames > 1 && own.size() != frames) {
            throw file.bad(
                    "holds "
                            + frames
                            + " frames and "
                            + own.size()
                            + " descriptions of frames, so their places are not known. Split it into"
                            + " single-frame files first.");
        }
        List<Frame> list = new ArrayList<>();
        for (int n = 0; n < Math.max(1, frames); n++) {
            DataSet values = new DataSet(file.name());
            if (n < own.size()) {
                values.addFlat(own.get(n));
            }
            all.items(Keyword.SharedFunctionalGroupsSequence).stream()
                    .limit(1)
                    .forEach(values::addFlat);
            values.addAll(all);
            all.items(Keyword.RadiopharmaceuticalInformationSequence).stream()
                    .limit(1)
                    .forEach(values::addAll);
            list.add(new Frame(file, n, values));
        }
        return list;
    }

    String name() {
        boolean several = file.values().items(Keyword.PerFrameFunctionalGroupsSequence).size() > 1;
        return several ? file.name() + ", frame " + (index + 1) : file.name();
    }

    DataException bad(String what) {
        return new DataException(name() + ": " + what);
    }
}
