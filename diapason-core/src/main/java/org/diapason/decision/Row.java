package org.diapason.decision;

/** A row of what is decided on, as a rule asks for it: by the name of an expert or a column. */
public interface Row {

    /** Returns a number, NaN where there is none. */
    double number(String name);

    /** Returns a text, empty where there is none. */
    String text(String name);

    /**
     * Returns what a label says.
     *
     * @throws org.diapason.volume.RefusedException if its word is neither yes nor no
     */
    Answer answer(String name);
}
