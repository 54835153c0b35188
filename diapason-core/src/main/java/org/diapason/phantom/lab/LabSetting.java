package org.diapason.phantom.lab;

import org.diapason.volume.Numbers;

/**
 * What of a prior is set unlike the usual, beside its weight.
 *
 * @param name {@code eta}, {@code gamma} or {@code neighbours}; empty where all is as usual
 * @param value what it is set to
 */
public record LabSetting(String name, double value) {
    /** All as usual. */
    static final LabSetting USUAL = new LabSetting("", 0);

    /** Returns its value if it is this that is set, otherwise the usual one. */
    double or(String asked, double usual) {
        return name.equals(asked) ? value : usual;
    }

    /** Returns it as it is written in tables: {@code eta 0.2}; empty where all is as usual. */
    public String words() {
        return name.isEmpty() ? "" : name + " " + Numbers.plain(value);
    }
}
