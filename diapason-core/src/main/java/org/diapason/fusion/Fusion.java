package org.diapason.fusion;

/**
 * The rules of fusion that have a name: what {@code --rule} and the setting {@code rule} of the
 * step fuse choose from.
 *
 * <p>Only {@link Weighted} gives its images roles, by their weights; the base of the multiscale
 * rules may have weights too. All others treat images alike, but where two are equally strong the
 * one that is named first is taken.
 */
public sealed interface Fusion extends FusionRule
        permits Weighted, Max, Min, Energy, SoftmaxEnergy, Pca, Laplacian, Dwt, Swt, Guided {}
