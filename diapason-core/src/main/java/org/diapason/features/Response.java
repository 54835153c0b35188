package org.diapason.features;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.features.filter.Filter;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;

/**
 * Adds the response map of a filter to the exam, as an image of its own.
 *
 * <p>The map of image {@code ct} is named {@code ct.<filter>}, {@code ct.log-1.5mm-3d}: what
 * columns of its features start with. It lies on the grid of the image, its quantity is unknown.
 * Features of a response need no map: see the setting filters of ibsi.
 *
 * <p>Voxels without a finite value are given the lowest value of the image, with a warning; the map
 * is NaN there. Refused: a grid that does not carry the filter.
 *
 * <p>Method: Depeursinge et al., Standardised convolutional filtering for radiomics (IBSI 2),
 * arXiv:2006.05470; Whybra et al. 2024, Radiology 310(2):e231319, doi:10.1148/radiol.231319.
 *
 * @param image which images, a pattern on their names
 * @param filter the filter
 */
public record Response(@Default("*") String image, Filter filter) implements Step<Exam> {

    @Override
    public Optional<String> source(String made) {
        String end = "." + filter.label();
        return made.endsWith(end)
                ? Optional.of(made.substring(0, made.length() - end.length()))
                        .filter(name -> Globs.matches(image, name))
                : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        SortedMap<String, Image> maps = new TreeMap<>();
        Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    String map = name + "." + filter.label();
                    String who = "exam " + exam.id() + ", image " + name;
                    float[] response = ResponseMap.of(filter, one.volume(), who, map + ".", trace);
                    maps.put(map, DerivedImage.of(one, response));
                    trace.note(name + ".map", map);
                    return one;
                });
        return DerivedImage.added(exam, maps);
    }
}
