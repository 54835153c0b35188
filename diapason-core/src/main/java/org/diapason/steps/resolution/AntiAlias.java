package org.diapason.steps.resolution;

/** How an image is blurred before it is put on a coarser grid. */
public enum AntiAlias {
    /** Nothing where the known resolution spans two new voxels or more, else {@link #CARDOSO}. */
    AUTO,
    /** σ = sqrt(k² − 1)/2.3548 input voxels, k = new over old spacing. */
    CARDOSO,
    /** Nothing. */
    NONE
}
