package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.compositing.GradientMosaic;
import org.diapason.volume.Numbers;

/** How a gradient mosaic was solved, in words and as fields. */
record GradientMosaicText(GradientMosaic.Result result) {

    String words() {
        int channels = result.planes().size();
        return "gradient: "
                + result.unknowns()
                + " voxels × "
                + channels
                + (channels == 1 ? " channel, " : " channels, ")
                + result.iterations()
                + " iterations, relative residual "
                + Numbers.power(result.relativeResidual(), 1)
                + ", error at most "
                + Numbers.power(result.maxErrorBound(), 2)
                + ", largest change "
                + Numbers.fixed(result.largestChange(), 3);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unknowns", result.unknowns());
        fields.put("channels", result.planes().size());
        fields.put("iterations", result.iterations());
        fields.put("relativeResidual", result.relativeResidual());
        fields.put("maxErrorBound", result.maxErrorBound());
        fields.put("tolerance", result.tolerance());
        fields.put("largestChange", result.largestChange());
        return fields;
    }
}
