package org.diapason.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.step.Names;
import org.diapason.volume.Numbers;

/** Writes settings as short texts; long lists are cut, and say so. */
public final class SettingText {
    private static final int MOST = 8;
    private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

    private SettingText() {}

    /** Returns the text of a setting as {@code Settings.write} gives it. */
    public static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((k, v) -> entries.add(Names.kebab((String) k) + " " + of(v)));
            return cut(entries);
        }
        if (value instanceof List<?> list) {
            return cut(list.stream().map(SettingText::of).toList());
        }
        if (value instanceof Numbers numbers) {
            List<String> texts = new ArrayList<>();
            for (double v : numbers.toArray()) {
                texts.add(number(v));
            }
            return cut(texts);
        }
        return value instanceof Double d ? number(d) : String.valueOf(value);
    }

    /** Returns a number with up to six digits that count, without trailing zeros. */
    static String number(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return Double.isFinite(value) ? "0" : Numbers.fixed(value, 0);
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
        return Math.abs(value) >= 1e-6 && Math.abs(value) < 1e9
                ? rounded.toPlainString()
                : rounded.toString();
    }

    private static String cut(List<String> texts) {
        int left = texts.size() - MOST;
        return String.join(", ", texts.subList(0, Math.min(MOST, texts.size())))
                + (left > 0 ? " … and " + left + " more" : "");
    }
}
