package org.diapason.steps.intensity;

/** A tissue of the brain, in the order of brightness on T1. */
public enum Tissue {
    CSF,
    GM,
    WM
}
